import { fallsUnder } from './icd.ts'
import { parameters, texts } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

interface Parameters {
  /** ICD-10 prefixes. */
  readonly codes: readonly string[]
}

/** Is one of the benefit's own diseases diagnosed? @see FS-2.1 */
export const diagnosisAmong = defineRule<Parameters>({
  name: 'diagnosis-among',
  sentence: {
    zh: '诊断须属于本项待遇的病种（ICD-10：{codes}）。',
    en: 'A diagnosis is one of the diseases of the benefit (ICD-10: {codes}).',
  },
  parameters: parameters({ codes: texts }),
  check: (facts, { codes }) =>
    facts.prescription.diagnoses.some(({ code }) => fallsUnder(code, codes))
      ? []
      : [
          {
            path: '/diagnoses',
            message: {
              zh: '诊断不属于本项待遇的病种，请核对诊断。',
              en: 'No diagnosis is a disease of this benefit; check the diagnoses.',
            },
          },
        ],
})
