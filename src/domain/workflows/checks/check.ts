import type { InstitutionFacts } from '../../facts.ts'
import type { Bilingual } from '../../finding.ts'
import type { AdmissionFacts, Application } from '../application.ts'
import type { FieldName } from '../workflow.ts'

/** What a check objects to; the engine adds duty, article and effect from the workflow. */
export interface CheckObjection {
  readonly path?: string
  readonly message: Bilingual
}

/**
 * One condition of the vocabulary: pure, and named as what must hold. Facts that are missing are objected to, so
 * that nothing passes for want of them.
 */
export interface Check<Parameters extends object = object> {
  readonly name: string
  /** JSON Schema of the parameter values. */
  readonly parameters: object
  /** The fields it reads: a workflow that applies it must ask for them. */
  fields?(parameters: Parameters): readonly FieldName[]
  /** True where the document forbids to apply, not only to be approved: then nothing is opened (FS-4.2b). */
  readonly barsApplying?: true
  check(application: Application, facts: AdmissionFacts, parameters: Parameters): readonly CheckObjection[]
}

/**
 * Gives a check with typed parameters its place. A method is compared without regard to how narrow its parameters
 * are: sound here, because the loader has checked the parameters by its schema.
 */
export function defineCheck<Parameters extends object>(check: Check<Parameters>): Check {
  return Object.freeze(check)
}

/** Which institution of the application a check asks about. */
export const PLACES = ['subject', 'applicant', 'hospital', 'supplier'] as const
export type Place = (typeof PLACES)[number]

const FIELD_OF: Readonly<Partial<Record<Place, FieldName>>> = {
  hospital: 'hospitalId',
  supplier: 'supplierId',
}

/** The field that names the place, where a field does. */
export function placeFields(place: Place): readonly FieldName[] {
  const field = FIELD_OF[place]
  return field === undefined ? [] : [field]
}

/** The institution at a place, or undefined when none is named or the registers don't know it. */
export function placeOf(
  place: Place,
  application: Application,
  facts: AdmissionFacts,
): InstitutionFacts | undefined {
  const { fields, subject, applicantId } = application
  const id =
    place === 'subject'
      ? subject.id
      : place === 'applicant'
        ? applicantId
        : place === 'hospital'
          ? fields.hospitalId
          : fields.supplierId
  return id === undefined ? undefined : facts.institutions[id]
}

/** JSON pointer to the field that names the place. */
export function placePath(place: Place): string {
  const field = FIELD_OF[place]
  return field === undefined ? `/${place}` : `/fields/${field}`
}

/** One objection, as a list. */
export function objection(zh: string, en: string, path?: string): readonly CheckObjection[] {
  return [{ ...(path === undefined ? {} : { path }), message: { zh, en } }]
}

/** Words for places. */
export const PLACE_WORDS: Readonly<Record<Place, Bilingual>> = {
  subject: { zh: '申请机构', en: 'institution applied for' },
  applicant: { zh: '申报医院', en: 'applying hospital' },
  hospital: { zh: '治疗医院', en: 'treating hospital' },
  supplier: { zh: '供药机构', en: 'supplying institution' },
}
