import { inForce } from '../facts.ts'
import { fallsUnder } from './icd.ts'
import { judgedDay } from './judged-day.ts'
import { oneOf, parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'
import { pathOf } from './subject.ts'

interface Parameters {
  readonly role: string
}

/**
 * Does the physician's filing cover the disease? One who is not filed at all is the question of `practitioner-filed`.
 *
 * @see MZ-4.3b, CQ-4.4
 */
export const physicianTreatsDisease = defineRule<Parameters>({
  name: 'physician-treats-disease',
  sentence: {
    zh: '开方医师作为{role}备案的治疗病种须包含本次诊断。',
    en: 'The diseases for which the physician is filed as {role} cover a diagnosis of the prescription.',
  },
  parameters: parameters({ role: oneOf(['responsible-physician', 'assessor']) }),
  needs: () => ['physician', 'hospital'],
  check(facts, { role }) {
    const filings = inForce(facts.physician!.filings, judgedDay(facts)).filter(
      (filing) => filing.role === role && filing.institutionId === facts.hospital!.institutionId,
    )
    const covers = filings.some(
      ({ diseases }) =>
        diseases.length === 0 || facts.prescription.diagnoses.some(({ code }) => fallsUnder(code, diseases)),
    )
    if (filings.length === 0 || covers) return []
    const message = {
      zh: '本次诊断不在开方医师备案的治疗病种内，请由相应专业的责任医师开具。',
      en: 'The diagnosis is not among the diseases for which the physician is filed; the matching one must prescribe.',
    }
    return [{ ...pathOf('physician'), message }]
  },
})
