import type { DrugFacts, InstitutionFacts, PersonFacts, PractitionerFacts } from '../facts.ts'
import type { CivilDay } from '../primitives/civil-day.ts'
import type { RegisterEntry } from '../registers.ts'
import type { AdmissionFields, When } from './workflow.ts'

export type AdmissionStatus = 'open' | 'approved' | 'refused' | 'withdrawn'

/** An application as the engine sees it. */
export interface Application {
  readonly applicationNo: string
  readonly workflow: string
  readonly subject: { readonly kind: 'person' | 'institution'; readonly id: string }
  /** The hospital that applied; absent when the agency opened it. */
  readonly applicantId?: string
  readonly fields: AdmissionFields
  readonly status: AdmissionStatus
  readonly step: string
  /** Codes of the papers that are there. */
  readonly papers: readonly string[]
  /** Who signed each step last, by step. */
  readonly signedBy: Readonly<Record<string, string>>
}

/** Who acts, as the request says; the institution is the caller's own. */
export interface Actor {
  readonly kind: 'hospital' | 'agency'
  /** The client; for the agency an act is signed by client and officer. */
  readonly id: string
  readonly institutionId?: string
  readonly physicianId?: string
  /** Staff number in the insurance office or agency. */
  readonly officerNo?: string
}

/** A designation of the region that holds today, with the place of its institution. */
export interface LiveDesignation {
  readonly institutionId: string
  readonly kind: string
  readonly basis: 'by-right' | 'application'
  readonly institutionKind: string
  readonly countyCode: string
}

/** What the registers say, read in the transaction of the decision. Plain JSON without names. */
export interface AdmissionFacts {
  readonly today: CivilDay
  readonly regionCode: string
  readonly person?: PersonFacts
  /** The person's qualifications of all periods, with their keys. */
  readonly qualifications: readonly RegisterEntry<'qualification'>[]
  readonly institutions: Readonly<Record<string, InstitutionFacts>>
  readonly physicians: Readonly<Record<string, PractitionerFacts>>
  readonly drugs: Readonly<Record<string, DrugFacts>>
  readonly designated: readonly LiveDesignation[]
  /** Drugs that were handed over to the person before. */
  readonly suppliedDrugs: readonly string[]
}

/** Does a condition of the workflow hold for this application? */
export function isWhen(when: When | undefined, application: Application, facts: AdmissionFacts): boolean {
  if (when === undefined) return true
  if (when.geneTest !== undefined && needsGeneTest(application, facts) !== when.geneTest) return false
  if (when.field === undefined) return true
  const value = application.fields[when.field]
  return typeof value === 'string' && (when.in?.includes(value) ?? true)
}

/** True when one of the drugs has a restriction that rests on a gene test (CQ-4.2, SX-4.1). */
export function needsGeneTest(application: Application, facts: AdmissionFacts): boolean {
  return (application.fields.drugCodes ?? []).some((code) => facts.drugs[code]?.geneTestRequired === true)
}
