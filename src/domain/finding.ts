/** What a finding does to the step: refuse it, let the fund pay nothing, or only warn. */
export type Effect = 'reject' | 'not-covered' | 'warn'

/** A sentence for people, in both languages. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}

/** How sure a figure is: stated by a document, made up for the sandbox, or not known. */
export type FigureStatus = 'cited' | 'decided' | 'sample' | 'unset'

/** What one rule of a policy found against one step. Plain JSON: stored, answered and recomputed as it is. */
export interface Finding {
  /** The duty, as listed in the policy file: `MZ-4.3b`. */
  readonly ruleId: string
  /** The rule of the vocabulary that found it: `responsible-physician`. */
  readonly rule: string
  /** Where the duty stands in its document: `四（三）`. */
  readonly article: string
  readonly effect: Effect
  /**
   * JSON pointer to the field at fault, when it is one: into the prescription document, `/lines/0/drugCode`, or for what
   * is supplied into the request, `/lines/0/traceCodes`.
   */
  readonly path?: string
  /** The line concerned; a finding without it concerns the whole prescription. */
  readonly lineNo?: number
  /**
   * Decimal text, with the effect `not-covered`: as much of the line's whole prescribed quantity as may be covered, where
   * only what lies above it is not (SX-17.5). Without it nothing of the line is.
   */
  readonly coveredQuantity?: string
  /** True when a figure behind the finding is only a sandbox sample. */
  readonly restsOnSample?: boolean
  /** Further duties of which the same sentence is to be said. */
  readonly alsoRuleIds?: readonly string[]
  readonly message: Bilingual
}

/** True when one of the findings refuses the step. */
export function isRefused(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.effect === 'reject')
}

/**
 * True when a finding faults the prescription, not the one who acts: it points to a field of the document. A pharmacist
 * may always refuse a prescription that is at fault.
 */
export function faultsDocument(finding: Finding): boolean {
  return finding.path !== undefined
}
