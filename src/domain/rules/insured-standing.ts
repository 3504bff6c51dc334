import { parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'
import { pathOf } from './subject.ts'

/** Does the patient enjoy the benefits of the insurance at present? @see CQ-2.1 */
export const insuredStanding = defineRule<object>({
  name: 'insured-standing',
  sentence: { zh: '患者须正常享受医保待遇。', en: 'The benefits of the patient are not suspended.' },
  parameters: parameters(),
  needs: () => ['person'],
  check: (facts) =>
    facts.person!.standing === 'active'
      ? []
      : [
          {
            ...pathOf('person'),
            message: {
              zh: '患者医保待遇已暂停，请先到参保地经办机构恢复待遇。',
              en: 'The benefits of the patient are suspended; the agency must restore them first.',
            },
          },
        ],
})
