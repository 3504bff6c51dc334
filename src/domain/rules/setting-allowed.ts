import { parameters, someOf } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'
import { terms } from './terms.ts'

interface Parameters {
  readonly settings: readonly string[]
}

/** Is the benefit for outpatients, inpatients or both? @see FS-2.2, CQ-2.3, SX-14 */
export const settingAllowed = defineRule<Parameters>({
  name: 'setting-allowed',
  sentence: { zh: '适用于：{settings}患者。', en: 'The benefit is for: {settings}.' },
  parameters: parameters({ settings: someOf(['outpatient', 'inpatient']) }),
  check: (facts, { settings }) =>
    settings.includes(facts.prescription.setting)
      ? []
      : [
          {
            path: '/setting',
            message: {
              zh: `本项待遇仅限${terms(settings).zh}患者。`,
              en: `The benefit is for ${terms(settings).en} only.`,
            },
          },
        ],
})
