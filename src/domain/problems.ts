import { CLEARING_PROBLEMS } from './clearing/problems.ts'
import type { FieldFault } from './field-fault.ts'
import type { Bilingual, Finding } from './finding.ts'
import { NATIONAL_PROBLEMS } from './national-problems.ts'
import { PRESCRIPTION_PROBLEMS } from './prescription-problems.ts'
import { RECORD_PROBLEMS } from './record-problems.ts'
import { REIMBURSEMENT_PROBLEMS } from './reimbursement/problems.ts'
import { REQUEST_PROBLEMS } from './request-problems.ts'
import { SETTLEMENT_PROBLEMS } from './settlement/problems.ts'
import { SIGNATURE_PROBLEMS } from './signature-problems.ts'
import { STAFF_PROBLEMS } from './staff/problems.ts'
import { WORKFLOW_PROBLEMS } from './workflows/workflow-problems.ts'

/** The families of refusal. Only the HTTP room knows which status each one becomes. */
export type ProblemFamily =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'unknown'
  | 'wrong-method'
  | 'conflict'
  | 'changed'
  | 'unconditional'
  | 'expired'
  | 'refused'
  | 'too-large'
  | 'too-slow'
  | 'unsupported'
  | 'too-many'
  | 'unavailable'
  | 'internal'

/** What a caller may do after the refusal: never again as it is, again after a change, or the same again later. */
export type RetryAdvice = 'never' | 'after-change' | 'later'

export interface ProblemEntry {
  readonly family: ProblemFamily
  readonly title: Bilingual
  /** What to do, in one sentence. */
  readonly remedy: Bilingual
  readonly retry: RetryAdvice
}

/**
 * Every way the hub says no, by what it is about. Codes are public: add, never rename or reuse.
 */
export const PROBLEMS = {
  ...REQUEST_PROBLEMS,
  ...PRESCRIPTION_PROBLEMS,
  ...SETTLEMENT_PROBLEMS,
  ...REIMBURSEMENT_PROBLEMS,
  ...RECORD_PROBLEMS,
  ...CLEARING_PROBLEMS,
  ...SIGNATURE_PROBLEMS,
  ...WORKFLOW_PROBLEMS,
  ...STAFF_PROBLEMS,
  ...NATIONAL_PROBLEMS,
} as const satisfies Record<string, ProblemEntry>

export type ProblemCode = keyof typeof PROBLEMS

/** Facts of a refusal that help the caller, without personal data. */
export type ProblemDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

/** An expected refusal. Anything else that is thrown is a bug and becomes a 500. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly findings: readonly Finding[]
  /** The fields at fault, when the structure of the input is the cause. */
  readonly fields: readonly FieldFault[]
  readonly details: ProblemDetails
  readonly retry: RetryAdvice

  constructor(
    code: ProblemCode,
    options: {
      findings?: readonly Finding[]
      fields?: readonly FieldFault[]
      details?: ProblemDetails
      /** When more is known than the catalogue says of the code. */
      retry?: RetryAdvice
    } = {},
  ) {
    super(PROBLEMS[code].title.en)
    this.code = code
    this.findings = options.findings ?? []
    this.fields = options.fields ?? []
    this.details = options.details ?? {}
    this.retry = options.retry ?? PROBLEMS[code].retry
  }
}
