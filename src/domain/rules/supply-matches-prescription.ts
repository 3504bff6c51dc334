import { eachSupply } from './lines.ts'
import { parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

/** Is what is supplied what was prescribed? @see MZ-6.5, CQ-4.5, SX-10.1 */
export const supplyMatchesPrescription = defineRule<object>({
  name: 'supply-matches-prescription',
  sentence: {
    zh: '所供药品须与处方逐行一致。',
    en: 'Each supplied line is the drug that the prescription names on that line.',
  },
  parameters: parameters(),
  needs: () => ['supply'],
  check: (facts) =>
    eachSupply(facts, 'lineNo', (supply, line) =>
      line?.drugCode === supply.drugCode
        ? undefined
        : {
            zh: `第${supply.lineNo}行所供药品与处方不符，请按处方调配。`,
            en: `Line ${supply.lineNo}: the drug supplied is not the one prescribed; follow the prescription.`,
          },
    ),
})
