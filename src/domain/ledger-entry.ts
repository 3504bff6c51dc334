import type { CivilDay } from './primitives/civil-day.ts'
import type { Posting } from './settlement/postings.ts'
import type { YearMovements } from './settlement/settlement-record.ts'

export type LedgerEntryKind =
  /** A settlement takes the balances of the year; nobody is owed anything yet. */
  | 'reservation'
  /** The medicine was handed over: now it is money. */
  | 'settlement'
  /** Takes back a reservation before the hand-over. */
  | 'release'
  /** Takes back all that a settlement did, after the hand-over. */
  | 'reversal'
  | 'adjustment'
  | 'reimbursement'
  | 'clearing'
  | 'capitation'
  /** Amounts of a person's year from elsewhere: moves the year, and nobody is owed anything. */
  | 'outside'

/** One double entry: its lines sum to zero, or the database refuses the commit. */
export interface NewPosting {
  readonly regionCode: string
  readonly postingId: string
  readonly kind: LedgerEntryKind
  readonly settlementId?: string
  readonly reversesId?: string
  /** The day on which it happened. */
  readonly day: CivilDay
  readonly at: Date
  /** Amounts other than zero. */
  readonly lines: readonly Posting[]
  /** What it moves in a person's year, by measure; amounts may be zero or negative. */
  readonly movements?: YearMovements
}
