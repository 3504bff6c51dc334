import { parameters, yesNo } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

interface Parameters {
  readonly allowed: boolean
}

/** May a prescription be a long-term one here? @see SC-N3, FS-3.4 */
export const longTermAllowed = defineRule<Parameters>({
  name: 'long-term-allowed',
  sentence: { zh: '是否允许长期处方：{allowed}。', en: 'Long-term prescriptions are allowed: {allowed}.' },
  parameters: parameters({ allowed: yesNo }),
  check: (facts, { allowed }) =>
    allowed || !facts.prescription.longTerm
      ? []
      : [
          {
            path: '/longTerm',
            message: {
              zh: '本统筹区不允许长期处方，请按普通处方开具。',
              en: 'The policy does not allow long-term prescriptions; issue an ordinary one.',
            },
          },
        ],
})
