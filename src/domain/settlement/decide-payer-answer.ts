import {
  type AmountWinner,
  differingBearers,
  makesUp,
  type PaidTotals,
  type PayerAnswer,
} from './payer-gateway.ts'

/** How a settlement and the question about it stand when an answer comes. */
export interface PayerSituation {
  readonly settlement: 'requested' | 'settled' | 'declined' | 'deferred' | 'reversed'
  readonly request:
    | 'asked'
    | 'asked-anew'
    | 'unresolved'
    | 'accepted'
    | 'refused'
    | 'cancelling'
    | 'cancelled'
    | 'kept'
  /** Whether an answer came before that could not be used. */
  readonly wasUnreadable: boolean
  readonly chargeFen: number
  readonly asked: PaidTotals
  readonly amountWinner: AmountWinner
}

/**
 * What an answer leads to.
 *
 * - `complete`: settle; `with` says whose amounts are billed.
 * - `decline`: the pharmacy may ask again; `takeBack` when the payer has paid.
 * - `take-back`: nothing waits for the payment any more; it is cancelled at the payer.
 * - `ask-person`: the payer paid, and it was our reading that failed: a person decides what stands.
 * - `confirm`: it pays for what the patient kept; `isSame` unless by other amounts, which are listed.
 * - `refused-anew`: it does not, and the goods are with the patient: a person decides.
 * - `close`: it did not pay what was given up.
 * - `nothing`: known already.
 */
export type PayerConsequence =
  | { readonly kind: 'complete'; readonly with: 'ours' | 'theirs' }
  | {
      readonly kind: 'decline'
      readonly code: 'payer-refused' | 'payer-amount-differs'
      readonly takeBack: boolean
    }
  | { readonly kind: 'confirm'; readonly isSame: boolean }
  | { readonly kind: 'refused-anew' | 'take-back' | 'ask-person' | 'close' | 'nothing' }

/** Decides what an answer of the payer leads to, whenever it comes. Pure. @see MZ-6.6, MZ-6.7 */
export function decidePayerAnswer(situation: PayerSituation, answer: PayerAnswer): PayerConsequence {
  const { settlement, request, asked, chargeFen } = situation
  if (settlement === 'requested' && request === 'asked') {
    if (answer.outcome === 'refused') return { kind: 'decline', code: 'payer-refused', takeBack: false }
    if (differingBearers(asked, answer.totals).length === 0) return { kind: 'complete', with: 'ours' }
    if (situation.amountWinner === 'payer' && makesUp(answer.totals, chargeFen))
      return { kind: 'complete', with: 'theirs' }
    return { kind: 'decline', code: 'payer-amount-differs', takeBack: true }
  }
  if (settlement === 'settled' && request === 'asked-anew') {
    if (answer.outcome === 'refused') return { kind: 'refused-anew' }
    return { kind: 'confirm', isSame: differingBearers(asked, answer.totals).length === 0 }
  }
  if (answer.outcome === 'refused') return { kind: request === 'unresolved' ? 'close' : 'nothing' }
  if (settlement === 'settled' || request === 'kept') return { kind: 'nothing' }
  if (request === 'unresolved' && situation.wasUnreadable) return { kind: 'ask-person' }
  // Left once more: an earlier cancellation may have reached the payer before the payment did.
  return { kind: 'take-back' }
}
