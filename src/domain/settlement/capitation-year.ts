import type { BasisPoints, Fen } from '../primitives/money.ts'
import type { Scheme } from '../registers.ts'
import type { Posting } from './postings.ts'

/** What a year of capitation moved for one institution; fen, all as seen by it. */
export interface CapitationUse {
  /** Granted for the persons who chose it. */
  readonly budget: Fen
  /** Paid of it in advance. */
  readonly advanced: Fen
  /** The fund's part of what its persons got, wherever they got it. */
  readonly used: Fen
  /** What of that it supplied itself. */
  readonly earned: Fen
}

/** How a year of capitation ends. */
export interface CapitationOutcome extends CapitationUse {
  /** What was not used; zero for an over-run. */
  readonly surplus: Fen
  /** The institution's part of the surplus (结余留用). */
  readonly kept: Fen
  /** What was used beyond the budget; zero for a surplus. */
  readonly overrun: Fen
  /** The fund's part of the over-run (合理超支分担). */
  readonly shared: Fen
  /** What the institution still gets through clearing; negative: what it pays back. */
  readonly due: Fen
}

/**
 * How much of a year is used, and how it ends.
 *
 * The institution has in the end what it supplied itself, and its part of the surplus; of an over-run it bears what
 * the fund doesn't share. Advances are set off. The shares are cut to a whole fen: the odd one stays with the fund.
 *
 * @param keptBp the institution's part of a surplus
 * @param sharedBp the fund's part of an over-run
 * @see FS-3.5a
 */
export function capitationOutcome(
  use: CapitationUse,
  keptBp: BasisPoints,
  sharedBp: BasisPoints,
): CapitationOutcome {
  const left = use.budget - use.used
  const surplus = left > 0n ? left : 0n
  const overrun = left < 0n ? -left : 0n
  const kept = (surplus * keptBp) / 10_000n
  const shared = (overrun * sharedBp) / 10_000n
  return {
    ...use,
    surplus,
    kept,
    overrun,
    shared,
    due: use.earned - use.advanced + kept - (overrun - shared),
  }
}

/**
 * The entries of a grant: the fund sets the budget aside, and what is paid in advance becomes due to the institution.
 *
 * @returns balanced, amounts other than zero
 * @see FS-3.5a
 */
export function grantLines(institutionId: string, scheme: Scheme, budget: Fen, advance: Fen): Posting[] {
  return nonZero([
    [`fund:basic:${scheme}`, -budget],
    [`capitation:${institutionId}`, budget],
    [`institution:${institutionId}:prepaid`, -advance],
    [`institution:${institutionId}:receivable`, advance],
  ])
}

/**
 * The entries that end a year: the capitation account and the advances go to zero.
 *
 * @returns balanced, amounts other than zero; empty when everything came out even
 * @see FS-3.5a
 */
export function outcomeLines(institutionId: string, scheme: Scheme, outcome: CapitationOutcome): Posting[] {
  const { surplus, kept, overrun, shared, earned, advanced, due } = outcome
  return nonZero([
    [`fund:basic:${scheme}`, surplus - kept - shared],
    [`capitation:${institutionId}`, overrun - surplus],
    [`institution:${institutionId}:prepaid`, advanced - earned],
    [`institution:${institutionId}:receivable`, due],
  ])
}

function nonZero(lines: readonly (readonly [string, Fen])[]): Posting[] {
  return lines.filter(([, amount]) => amount !== 0n).map(([account, amount]) => ({ account, amount }))
}
