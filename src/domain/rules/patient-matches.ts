import type { PatientMember } from '../facts.ts'
import type { Bilingual } from '../finding.ts'
import { parameters } from './parameter-schemas.ts'
import { defineRule, type Objection } from './rule.ts'

const WORDS: Readonly<Record<PatientMember, Bilingual>> = {
  name: {
    zh: '处方上的患者姓名与参保名录不一致，请核对姓名的每个字。',
    en: 'The name of the patient differs from the register; check every character of it.',
  },
  idNumber: {
    zh: '处方上的患者证件号码与参保名录不一致，请核对证件。',
    en: 'The identity number of the patient differs from the register; check it against the paper.',
  },
  sex: {
    zh: '处方上的患者性别与参保名录不一致，请核对；不能确定的填 unstated。',
    en: 'The sex of the patient differs from the register; check it, or send `unstated`.',
  },
  birthDate: {
    zh: '处方上的患者出生日期与参保名录不一致，请核对。',
    en: 'The birth date of the patient differs from the register; check it.',
  },
}

/** Nobody was compared, or facts were kept before the members were told apart. */
const SOMETHING: Objection = {
  path: '/patient/idNumber',
  message: {
    zh: '处方上的患者姓名、证件号码、性别或出生日期与参保名录不一致，请核对患者身份。',
    en: 'Name, identity number, sex or birth date differ from the register; check who the patient is.',
  },
}

/** Is the patient in the document the registered person, and not somebody else? @see MZ-6.1, MZ-6.5, SX-8.1 */
export const patientMatches = defineRule<object>({
  name: 'patient-matches',
  sentence: {
    zh: '处方上的患者身份须与参保名录一致。',
    en: 'The patient named in the prescription is the insured person of the register.',
  },
  parameters: parameters(),
  needs: () => ['person'],
  check({ patientMatches: matches, patientDiffers }) {
    if (matches === true) return []
    return (
      patientDiffers?.map((member) => ({ path: `/patient/${member}`, message: WORDS[member] })) ?? [SOMETHING]
    )
  },
})
