import type { CivilDay } from './primitives/civil-day.ts'
import type { Posting } from './settlement/postings.ts'
import type { YearMovements } from './settlement/settlement-record.ts'

export type LedgerEntryKind =
  | 'settlement'
  | 'reversal'
  | 'adjustment'
  | 'reimbursement'
  | 'clearing'
  | 'capitation'

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
