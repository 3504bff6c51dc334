import type { Fen } from '../primitives/money.ts'
import type { Posting } from './postings.ts'

export type SettlementStatus = 'requested' | 'settled' | 'declined' | 'deferred' | 'reversed'

/** What a settlement moved in a person's year, by measure. Fen. */
export interface YearMovements {
  readonly personId: string
  readonly year: number
  readonly measures: ReadonlyMap<string, Fen>
}

/** A settlement (结算) with what it has done so far, as decisions about it see it. */
export interface SettlementRecord {
  readonly settlementId: string
  readonly dispenseId: string
  readonly personId: string
  readonly pharmacyId: string
  readonly hospitalId: string
  readonly status: SettlementStatus
  readonly requestedAt: Date
  readonly decidedAt?: Date
  readonly policyVersion?: string
  /** What the patient paid of it, fen: its own part, and of what is settled anew after a return no more than before. */
  readonly patientFen?: number
  /** An inpatient's whose own part the hospital collects with the stay (MZ-7.4). */
  readonly hospitalCollects: boolean
  /** What its hand-over posts; absent when that was posted with the settlement, or nothing is. */
  readonly entries?: readonly Posting[]
  /** What it posted; absent while it posted nothing. */
  readonly posted?: {
    /** Its newest entry. */
    readonly postingId: string
    /** Sums by account over all its entries; none before the hand-over. */
    readonly lines: readonly Posting[]
    readonly movements?: YearMovements
  }
  /** The file for manual reimbursement of a deferred one. */
  readonly manualFile?: { readonly fileId: string; readonly status: string }
  /** True when a payer outside was ever asked about it. */
  readonly isAskedOfPayer: boolean
}
