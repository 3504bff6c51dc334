import type { CivilDay } from '../primitives/civil-day.ts'
import { type Fen, fenToJson } from '../primitives/money.ts'
import type { Scheme } from '../registers.ts'
import { type Payer as Bearer, PAYERS } from './adjudication.ts'

/** The queue whose jobs take settlements back at the payer. */
export const PAYER_CANCEL_QUEUE = 'payer-cancel'

/** Fen by who bears them, as JSON numbers. */
export type PaidTotals = Readonly<Record<Bearer, number>>

/** The queue whose jobs ask beside the settling: about what was deferred unanswered, and about what a patient kept. */
export const PAYER_QUESTION_QUEUE = 'payer-question'

/** What the hub asks a core system to pay. The settlement id is the idempotency key. */
export interface PayerClaim {
  readonly settlementId: string
  readonly regionCode: string
  readonly prescriptionNo: string
  readonly personId: string
  readonly pharmacyId: string
  readonly hospitalId: string
  /** On which the pharmacy asked. The payer lists a settlement under the day on which it booked it: this one or the next. */
  readonly day: CivilDay
  readonly scheme: Scheme
  readonly chargeFen: number
  readonly totals: PaidTotals
  /** The settlement in whose place this one stands, of what a patient kept after a return; it is cancelled first. */
  readonly replaces?: string
}

/** What it says. Asked again under the same key it has to say the same. */
export type PayerAnswer =
  | { readonly outcome: 'accepted'; readonly reference: string; readonly totals: PaidTotals }
  | { readonly outcome: 'refused'; readonly code: string }

/** A settlement in the payer's own list of a day. */
export interface PayerRecord {
  readonly settlementId: string
  readonly state: 'paid' | 'cancelled'
  readonly reference: string
  readonly totals: PaidTotals
}

/** Whose amounts hold when the two differ. */
export type AmountWinner = 'hub' | 'payer'

/** A core system outside the hub. */
export interface RemotePayer {
  readonly kind: 'remote'
  readonly amountWinner: AmountWinner
  /**
   * @throws PayerUnavailable when it gave no answer, PayerUnreadable when its answer can't be used; it may have paid all
   *   the same
   */
  settle(claim: PayerClaim): Promise<PayerAnswer>
  /**
   * Takes a settlement back. One that the payer doesn't know yet must be refused when it arrives afterwards.
   *
   * @throws PayerUnavailable
   */
  cancel(regionCode: string, settlementId: string): Promise<void>
  /** What it booked on a day. @throws PayerUnavailable, PayerUnreadable */
  list(regionCode: string, day: CivilDay): AsyncIterable<PayerRecord>
}

/** Who pays: the hub's own ledger, or a core system. */
export type PayerGateway = { readonly kind: 'built-in' } | RemotePayer

/** The hub adjudicates, keeps the balances and posts by itself. */
export const BUILT_IN_PAYER: PayerGateway = { kind: 'built-in' }

/** The payer gave no answer. Nothing is known about what it did, so it is asked again. */
export class PayerUnavailable extends Error {
  override readonly name = 'PayerUnavailable'
}

/**
 * The payer answered, and its answer can't be used: that is not silence. Nothing is known about what it did, somebody has
 * to look at it, and nothing is cancelled for it.
 */
export class PayerUnreadable extends Error {
  override readonly name = 'PayerUnreadable'
  /** Shown to the operator at once, though the work is tried again. */
  readonly isShownAtOnce = true
  /** Why, as a code: never what the payer said. */
  readonly fault: string
  readonly status: number
  /** For lists and logs. */
  readonly code: string

  /** @param fault a code @param status of the answer */
  constructor(fault: string, status: number) {
    super(`the answer of the payer (${status}) cannot be used: ${fault}`)
    this.fault = fault
    this.status = status
    this.code = `payer-unreadable.${fault}`
  }
}

/** Totals as JSON numbers. @throws RangeError beyond 2^53 - 1 fen */
export function totalsToJson(totals: Readonly<Record<Bearer, Fen>>): PaidTotals {
  return Object.fromEntries(PAYERS.map((bearer) => [bearer, fenToJson(totals[bearer])])) as PaidTotals
}

/** The bearers about whom two totals disagree; empty when they are the same. */
export function differingBearers(ours: PaidTotals, theirs: PaidTotals): Bearer[] {
  return PAYERS.filter((bearer) => ours[bearer] !== theirs[bearer])
}

/** True when the totals are amounts of zero or more that make up the charge. */
export function makesUp(totals: PaidTotals, chargeFen: number): boolean {
  return (
    PAYERS.every((bearer) => Number.isSafeInteger(totals[bearer]) && totals[bearer] >= 0) &&
    PAYERS.reduce((sum, bearer) => sum + totals[bearer], 0) === chargeFen
  )
}
