import type { Figure } from '../rules/policy-version.ts'

/** Why a patient claims by hand (零星报销情形). */
export const OCCASIONS = ['deferred', 'away-treatment', 'living-elsewhere', 'away-not-networked'] as const
export type Occasion = (typeof OCCASIONS)[number]

/** Days of the month on which claims are taken, both included. */
export interface ClaimDays {
  readonly first: number
  readonly last: number
}

/** What one occasion demands. */
export interface OccasionTerms {
  readonly occasion: Occasion
  /** Duty id: `SX-16`. */
  readonly source: string
  readonly article: string
  /** Papers by code: `invoice`, `prescription`, `handbook-page`… */
  readonly papers: Figure<readonly string[]>
  /** Any day when the document names none. */
  readonly claimDays?: Figure<ClaimDays>
}

/** The `reimbursement:` block of a policy version. */
export interface ReimbursementTerms {
  readonly occasions: readonly OccasionTerms[]
}

/** The listed papers that are not there. */
export function missingPapers(listed: readonly string[], received: readonly string[]): string[] {
  return listed.filter((paper) => !received.includes(paper))
}

/** True when claims are taken on this day of the month. @param day civil day @see SX-16 */
export function isClaimDay(day: string, days: ClaimDays): boolean {
  const ofMonth = Number(day.slice(8))
  return days.first <= ofMonth && ofMonth <= days.last
}
