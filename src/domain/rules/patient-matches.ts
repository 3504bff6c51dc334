import { parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

/** Is the patient in the document the registered person, and not somebody else? @see MZ-6.1, MZ-6.5, SX-8.1 */
export const patientMatches = defineRule<object>({
  name: 'patient-matches',
  sentence: {
    zh: '处方上的患者身份须与参保名录一致。',
    en: 'The patient named in the prescription is the insured person of the register.',
  },
  parameters: parameters(),
  needs: () => ['person'],
  check: (facts) =>
    facts.patientMatches === true
      ? []
      : [
          {
            path: '/patient/idNumber',
            message: {
              zh: '处方上的患者姓名、证件号码、性别或出生日期与参保名录不一致，请核对患者身份。',
              en: 'Name, identity number, sex or birth date differ from the register; check who the patient is.',
            },
          },
        ],
})
