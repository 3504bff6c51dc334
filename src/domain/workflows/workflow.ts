import type { Bilingual } from '../finding.ts'
import type { Figure } from '../rules/policy-version.ts'
import type { Within } from './due-day.ts'

/** What an application says beside its subject. Plain JSON; which of them a workflow asks for is in its file. */
export interface AdmissionFields {
  readonly drugCodes?: readonly string[]
  /** ICD-10 codes, insurance edition. */
  readonly diagnoses?: readonly string[]
  readonly regimen?: string
  /** Where the person is to be treated. */
  readonly hospitalId?: string
  readonly supplierId?: string
  readonly physicianIds?: readonly string[]
  /** A code of the workflow: why a change is asked for. */
  readonly reasonCode?: string
  /** Result of an assessment: of a person (SX-7) or of an institution's year (MZ-5). */
  readonly assessment?: string
  /** Number of the handbook or approval form. */
  readonly documentNo?: string
  readonly agreementNo?: string
  /** What was seen on the spot, or why an exception is asked for. */
  readonly statement?: string
  /** Criterion → met or not. */
  readonly criteria?: Readonly<Record<string, 'met' | 'not-met'>>
}
export type FieldName = keyof AdmissionFields

/** Every field that a workflow may ask for. */
export const FIELD_NAMES = [
  'drugCodes',
  'diagnoses',
  'regimen',
  'hospitalId',
  'supplierId',
  'physicianIds',
  'reasonCode',
  'assessment',
  'documentNo',
  'agreementNo',
  'statement',
  'criteria',
] as const satisfies readonly FieldName[]

/** When a paper, a check or an outcome counts. All that is named must hold. */
export interface When {
  /** One of the drugs has a restriction that rests on a gene test. */
  readonly geneTest?: boolean
  /** The field has one of these values. */
  readonly field?: FieldName
  readonly in?: readonly string[]
}

interface Sourced {
  /** The duty: `SX-4.1`. */
  readonly source: string
  readonly article: string
  readonly note?: string
}

/** A paper (材料) that the application needs. */
export interface PaperNeed extends Sourced {
  readonly code: string
  readonly title: Bilingual
  readonly when?: When
}

/**
 * One condition of the vocabulary as a workflow applies it. `exception` refuses unless the application states why an
 * exception is asked for; then it warns, and the one who decides decides.
 */
export interface AppliedCheck extends Sourced {
  readonly check: string
  readonly effect?: 'reject' | 'exception' | 'warn'
  readonly when?: When
  readonly parameters?: Readonly<Record<string, Figure>>
}

/** Who may take a step. */
export interface StepActor {
  readonly caller: 'hospital' | 'agency'
  /** Hospitals: the one that applied, the one applied for, or the one named as place of treatment. */
  readonly at?: 'applicant' | 'subject' | 'hospitalId'
  readonly as: 'physician' | 'insurance-office' | 'officer'
  /** Physicians: one of these filings at that hospital. */
  readonly roles?: readonly ('responsible-physician' | 'assessor')[]
  /** Physicians: one of those whom the application names, because the insurance office appointed them (SX-4.4). */
  readonly appointed?: true
  /** Steps whose signer may not take this one too. */
  readonly otherThan?: readonly string[]
}

/** One step (环节). The first one is the application itself. */
export interface WorkflowStep extends Sourced {
  readonly name: string
  readonly title: Bilingual
  readonly by: StepActor
  /** How long from the day on which the step becomes due to be taken. */
  readonly withinDays?: Figure<Within>
  /** Fields that must be there when the step is approved, and that its actor may give. */
  readonly needs?: readonly FieldName[]
  readonly mayGive?: readonly FieldName[]
  /** The actor answers each criterion of the drugs. */
  readonly answersCriteria?: boolean
}

/** How long what an outcome writes holds, from the day of the last decision; absent: until further notice. */
export interface Term {
  readonly years?: number
  /** To 31 December. */
  readonly calendarYear?: true
}

/** What an approved application writes into the registers. Values of `fields` name where each member comes from. */
export type Outcome = Sourced & { readonly when?: When } & (
    | {
        readonly write: 'qualification'
        readonly kind: string
        readonly fields?: Readonly<Record<string, FieldName | 'applicantId' | 'today'>>
        readonly set?: Readonly<Record<string, string>>
        readonly term?: Figure<Term>
        /** It stands beside what is held of the kind, and replaces none of it. */
        readonly beside?: boolean
        /** Written only when none of the kind is held: what runs keeps its days (SX-6). */
        readonly unlessHeld?: boolean
      }
    | {
        /** Ends the person's live qualifications of these kinds and writes them anew with changed members. */
        readonly write: 'amend'
        readonly kinds: readonly string[]
        readonly fields: Readonly<Record<string, FieldName | 'applicantId' | 'today'>>
      }
    | {
        readonly write: 'designation'
        readonly kind: string
        readonly basis: 'by-right' | 'application'
        readonly term?: Figure<Term>
      }
    | { readonly write: 'end-designation'; readonly kind: string }
  )

/** One criterion of use (用药认定标准) of a drug. */
export interface Criterion {
  readonly code: string
  readonly text: Bilingual
}

/** One admission workflow of a region. */
export interface Workflow extends Sourced {
  readonly name: string
  readonly title: Bilingual
  readonly subject: 'person' | 'institution'
  readonly papers?: readonly PaperNeed[]
  readonly checks?: readonly AppliedCheck[]
  readonly steps: readonly WorkflowStep[]
  readonly outcomes?: readonly Outcome[]
  /** By national drug code; `*` for the drugs that have none of their own. */
  readonly criteria?: Readonly<Record<string, Figure<readonly Criterion[]>>>
}

/** A sanction that the documents of a region know. */
export interface SanctionRule extends Sourced {
  readonly kind: 'suspension' | 'qualification-lost' | 'benefit-excluded' | 'watch-list' | 'removed'
  readonly subject: 'institution' | 'practitioner' | 'person'
  /** When the document fixes it, nobody may choose another. */
  readonly term?: Figure<Term>
  /** Sanctions that go with it. */
  readonly brings?: readonly SanctionRule['kind'][]
  /** Of a person: qualifications of these kinds end with it, for good; what is wanted again is applied for (FS-4.2b). */
  readonly ends?: readonly string[]
}

/** The `workflows:` block of a policy version. */
export interface WorkflowBook {
  readonly admissions: readonly Workflow[]
  readonly sanctions: readonly SanctionRule[]
}
