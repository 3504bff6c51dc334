import { addDays, yearOf } from '../../primitives/civil-day.ts'
import type { RegisterEntry } from '../../registers.ts'
import { fallsUnder } from '../../rules/icd.ts'
import { oneOf, parameters, text, texts, whole } from '../../rules/parameter-schemas.ts'
import type { AdmissionFacts, Application } from '../application.ts'
import { defineCheck, objection } from './check.ts'

type Held = RegisterEntry<'qualification'>

/** The person's qualifications of a kind that hold today and cover a drug; one without drugs covers all. */
export function heldToday(facts: AdmissionFacts, kind: string, drugCode?: string): Held[] {
  return facts.qualifications.filter(
    ({ data, validFrom, validTo }) =>
      data.kind === kind &&
      validFrom <= facts.today &&
      (validTo === undefined || facts.today <= validTo) &&
      (drugCode === undefined || (data.drugCodes?.includes(drugCode) ?? true)),
  )
}

/**
 * Does the person hold no qualification of this kind (for the drugs), so that a new one may be given? In the last
 * `renewalDays` before its end it may be renewed. With `within: calendar-year` one that began this year counts too.
 * `per: disease` asks about the diseases of the application only, each a list of ICD-10 prefixes.
 *
 * @see CQ-4.3, SX-4.3, SX-6, FS-2.1, FS-3.6
 */
export const noneHeld = defineCheck<{
  kind: string
  per: 'person' | 'drug' | 'disease'
  diseases?: readonly (readonly string[])[]
  within?: 'calendar-year'
  renewalDays?: number
}>({
  name: 'none-held',
  parameters: parameters(
    { kind: text, per: oneOf(['person', 'drug', 'disease']) },
    {
      diseases: { type: 'array', minItems: 1, items: texts },
      within: oneOf(['calendar-year']),
      renewalDays: whole(0),
    },
  ),
  fields: ({ per }) => (per === 'drug' ? ['drugCodes'] : per === 'disease' ? ['diagnoses'] : []),
  check(application, facts, { kind, per, diseases = [], within, renewalDays }) {
    const drugs = per === 'drug' ? (application.fields.drugCodes ?? []) : [undefined]
    const ofDisease = ({ data }: Held) =>
      per !== 'disease' || sharesDisease(data.diagnoses, application.fields.diagnoses ?? [], diseases)
    const inTheWay = drugs.flatMap((drug) =>
      within === 'calendar-year'
        ? facts.qualifications.filter(
            ({ data, validFrom, validTo }) =>
              data.kind === kind &&
              yearOf(validFrom) <= yearOf(facts.today) &&
              (validTo === undefined || yearOf(validTo) >= yearOf(facts.today)),
          )
        : heldToday(facts, kind, drug).filter(
            ({ validTo }) =>
              renewalDays === undefined ||
              validTo === undefined ||
              addDays(validTo, -renewalDays) >= facts.today,
          ),
    )
    if (!inTheWay.some(ofDisease)) return []
    return objection(
      '患者已有有效备案，不能重复申请；如需变更请走变更流程。',
      'The patient holds one already; a second cannot be given. Ask for a change instead.',
      '/subject',
    )
  },
})

/** One without diagnoses covers all diseases. */
function sharesDisease(
  held: readonly string[] | undefined,
  asked: readonly string[],
  diseases: readonly (readonly string[])[],
): boolean {
  if (held === undefined) return true
  return diseases.some(
    (codes) => asked.some((code) => fallsUnder(code, codes)) && held.some((code) => fallsUnder(code, codes)),
  )
}

/** Does the person hold a qualification of this kind (for each drug) today? @see SX-5, SX-6, SX-7, CQ-4.3 */
export const oneHeld = defineCheck<{ kind: string; per: 'person' | 'drug' }>({
  name: 'one-held',
  parameters: parameters({ kind: text, per: oneOf(['person', 'drug']) }),
  fields: ({ per }) => (per === 'drug' ? ['drugCodes'] : []),
  check(application, facts, { kind, per }) {
    const drugs = per === 'drug' ? (application.fields.drugCodes ?? []) : [undefined]
    if (drugs.length > 0 && drugs.every((drug) => heldToday(facts, kind, drug).length > 0)) return []
    return objection(
      '患者没有有效的备案，或备案已到期，请先申请。',
      'The patient holds no live qualification, or it has run out; apply for it first.',
      '/subject',
    )
  },
})

/**
 * Where the person has chosen a hospital already, is it this one?
 *
 * @see SX-6
 */
export const choiceKept = defineCheck<{ kind: string; of: 'applicant' | 'hospital' }>({
  name: 'choice-kept',
  parameters: parameters({ kind: text, of: oneOf(['applicant', 'hospital']) }),
  fields: ({ of }) => (of === 'hospital' ? ['hospitalId'] : []),
  check(application: Application, facts, { kind, of }) {
    const here = of === 'applicant' ? application.applicantId : application.fields.hospitalId
    if (heldToday(facts, kind).every(({ data }) => data.hospitalId === here)) return []
    return objection(
      '患者的定点医院是另一家，一年内不可变更；请先办理变更，满一年的请先重新选定。',
      'Another hospital is the patient’s, fixed for a year from the choice: have the change approved first or, after the year, the hospital chosen anew.',
      '/subject',
    )
  },
})

/**
 * Is this the hospital where the person is treated with each drug? Its office changes what is fixed there; another
 * hospital takes the whole over.
 *
 * @see SC-D4
 */
export const treatedHere = defineCheck<{ kind: string; of: 'applicant' | 'hospital' }>({
  name: 'treated-here',
  parameters: parameters({ kind: text, of: oneOf(['applicant', 'hospital']) }),
  fields: ({ of }) => (of === 'hospital' ? ['drugCodes', 'hospitalId'] : ['drugCodes']),
  check({ applicantId, fields }, facts, { kind, of }) {
    const here = of === 'applicant' ? applicantId : fields.hospitalId
    const isTreated = (drug: string) =>
      heldToday(facts, kind, drug).some(({ data }) => data.hospitalId === here)
    if (fields.drugCodes?.every(isTreated) === true) return []
    return objection(
      '该院不是患者备案的治疗医院，请由患者的治疗医院办理。',
      'The patient is not treated there with the drug; the treating hospital makes the change.',
      '/subject',
    )
  },
})
