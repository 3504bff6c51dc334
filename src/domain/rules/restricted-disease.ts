import { fallsUnder } from './icd.ts'
import { eachLine } from './lines.ts'
import { parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

/** Does a diagnosis fall under the diseases to which the drug's payment is restricted? @see CQ-2.1, SX-17.3, SC-D4b */
export const restrictedDisease = defineRule<object>({
  name: 'restricted-disease',
  sentence: {
    zh: '诊断须符合药品限定支付范围内的疾病。',
    en: 'A diagnosis falls under the diseases to which payment of the drug is restricted.',
  },
  parameters: parameters(),
  check: (facts) =>
    eachLine(facts, 'drugCode', (line, drug) =>
      drug?.restrictedIcd === undefined ||
      facts.prescription.diagnoses.some(({ code }) => fallsUnder(code, drug.restrictedIcd!))
        ? undefined
        : {
            zh: `诊断不在${line.genericName}的限定支付疾病范围内，请核对诊断或更换药品。`,
            en: `No diagnosis is among the diseases to which ${line.genericName} is restricted; check both.`,
          },
    ),
})
