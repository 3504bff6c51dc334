import { inForce } from '../../facts.ts'
import { TITLES, type Title } from '../../registers.ts'
import { fallsUnder } from '../../rules/icd.ts'
import { oneOf, parameters, someOf, whole } from '../../rules/parameter-schemas.ts'
import type { AdmissionFacts, Application } from '../application.ts'
import { defineCheck, objection, PLACES, type Place, placeFields, placeOf } from './check.ts'

/** Are so many responsible physicians named? @see CQ-4.4 */
export const physicianCount = defineCheck<{ minimum: number; maximum: number }>({
  name: 'physician-count',
  parameters: parameters({ minimum: whole(1), maximum: whole(1) }),
  fields: () => ['physicianIds'],
  check({ fields }, _facts, { minimum, maximum }) {
    const count = fields.physicianIds?.length ?? 0
    if (minimum <= count && count <= maximum) return []
    return objection(
      `责任医师应为${minimum}至${maximum}名。`,
      `Between ${minimum} and ${maximum} responsible physicians must be named.`,
      '/fields/physicianIds',
    )
  },
})

/**
 * Is each named physician filed at the place in one of these roles, licensed, unsanctioned, of the title asked for,
 * and does the filing cover one of the diagnoses? Those of the application, or with `matching: held` those of the
 * qualifications that the person holds for its drugs.
 *
 * @see CQ-4.4, SX-3, SC-D2
 */
export const physiciansFiled = defineCheck<{
  of: Place
  roles: readonly string[]
  minimumTitle?: Title
  matching?: boolean | 'held'
}>({
  name: 'physicians-filed',
  parameters: parameters(
    { of: oneOf(PLACES), roles: someOf(['responsible-physician', 'assessor']) },
    { minimumTitle: oneOf(TITLES), matching: { enum: [true, false, 'held'] } },
  ),
  fields: ({ of, matching }) => [
    ...placeFields(of),
    'physicianIds',
    ...(matching === true ? (['diagnoses'] as const) : []),
  ],
  check(application, facts, { of, roles, minimumTitle, matching = false }) {
    const place = placeOf(of, application, facts)
    const { physicianIds = [] } = application.fields
    const diagnoses =
      matching === 'held' ? heldDiagnoses(application, facts) : (application.fields.diagnoses ?? [])
    return physicianIds.flatMap((id, index) => {
      const physician = facts.physicians[id]
      const filings = inForce(physician?.filings ?? [], facts.today).filter(
        (filing) =>
          roles.includes(filing.role) &&
          filing.institutionId === place?.institutionId &&
          (matching === false ||
            filing.diseases.length === 0 ||
            diagnoses.some((code) => fallsUnder(code, filing.diseases))),
      )
      const titled =
        minimumTitle === undefined ||
        (physician?.title !== undefined && TITLES.indexOf(physician.title) >= TITLES.indexOf(minimumTitle))
      const good =
        physician !== undefined &&
        filings.length > 0 &&
        titled &&
        physician.licenceValidTo >= facts.today &&
        !inForce(physician.sanctions, facts.today).some(
          ({ kind }) => kind === 'suspension' || kind === 'qualification-lost',
        )
      return good
        ? []
        : objection(
            '所选医师未在该医院备案、专业或职称不符、执业证过期或已被停止资格。',
            'The physician is not filed there for the disease, lacks the title or licence, or lost the qualification.',
            `/fields/physicianIds/${index}`,
          )
    })
  },
})

/** The diagnoses for which the person may use the drugs of the application. */
function heldDiagnoses({ fields }: Application, { qualifications, today }: AdmissionFacts): string[] {
  return qualifications
    .filter(({ validFrom, validTo }) => validFrom <= today && (validTo === undefined || today <= validTo))
    .filter(({ data }) => data.drugCodes?.some((code) => fields.drugCodes?.includes(code)) === true)
    .flatMap(({ data }) => data.diagnoses ?? [])
}
