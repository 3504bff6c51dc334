import { canonicalJson } from '../../domain/primitives/canonical-json.ts'
import { decidePayerAnswer } from '../../domain/settlement/decide-payer-answer.ts'
import type { AmountWinner, PayerAnswer, PayerClaim } from '../../domain/settlement/payer-gateway.ts'
import { inTransaction, type Transaction } from '../../storage/database.ts'
import * as differences from '../../storage/payer-difference.ts'
import * as requests from '../../storage/payer-request.ts'
import * as settlements from '../../storage/settlement.ts'
import * as quotes from '../../storage/settlement-quote.ts'
import type { Deps } from '../deps.ts'
import { lockPrescription } from '../lifecycle.ts'
import {
  complete,
  decline,
  differencesFrom,
  type Prepared,
  type SettlementJob,
} from '../settle-prescription.ts'
import { leavePayerCancel } from './cancel-at-payer.ts'
import { preparedOf, withTotals } from './prepared-json.ts'

/**
 * Stores what a payer answered and acts on it; step 3 of a settlement, also for an answer that comes late or twice.
 *
 * - The first answer decides. A second one that says something else is flagged and changes nothing.
 * - Of what a patient kept after a return nothing waits for the answer: an amount that differs is flagged, and so is a
 *   refusal, about which a person decides.
 * - When the settlement was deferred, reversed or declined meanwhile, what the payer paid is taken back; but not when an
 *   answer before could not be used: then a person decides.
 * - Amounts other than ours are flagged. `hub` wins: declined, and taken back at the payer. `payer` wins: its amounts
 *   are billed and posted, provided that they make up the charge.
 *
 * @throws whatever the database throws; nothing is changed then
 */
export async function recordPayerAnswer(
  deps: Deps,
  job: SettlementJob,
  answer: PayerAnswer,
  amountWinner: AmountWinner,
): Promise<void> {
  await inTransaction(deps.pool, async (tx) => {
    const now = deps.clock()
    const { regionCode, settlementId } = job
    const seen = await settlements.find(tx, regionCode, settlementId)
    if (seen === undefined) throw new Error(`no settlement ${settlementId}`)
    const row = await lockPrescription(tx, regionCode, seen.prescriptionNo, now)
    const settlement = (await settlements.find(tx, regionCode, settlementId))!
    const request = await requests.lock(tx, regionCode, settlementId)
    if (request === undefined) throw new Error(`the payer answered about ${settlementId} without being asked`)
    const text = canonicalJson(answer)
    if (request.answer !== undefined && request.answer !== text) {
      await flag(tx, request, 'answered-differently', request.answer, text, now)
    }
    await requests.keepAnswer(tx, regionCode, settlementId, text, now)
    await differences.markAnswered(tx, regionCode, settlementId, ['answer-unreadable'], now)
    const claim = JSON.parse(request.claim) as PayerClaim
    const move = (to: requests.PayerRequestStatus) =>
      requests.move(tx, regionCode, settlementId, ['asked', 'asked-anew', 'unresolved'], to, { at: now })
    const consequence = decidePayerAnswer(
      {
        settlement: settlement.status,
        request: request.status,
        wasUnreadable: request.unreadableCause !== undefined,
        chargeFen: claim.chargeFen,
        asked: claim.totals,
        amountWinner,
      },
      answer,
    )
    const isKnown = consequence.kind === 'take-back' || consequence.kind === 'close'
    if (isKnown) await differences.markAnswered(tx, regionCode, settlementId, ['deferred-unanswered'], now)
    switch (consequence.kind) {
      case 'nothing':
        return
      case 'close':
        await move('refused')
        return
      case 'take-back':
        return await leavePayerCancel(tx, regionCode, settlementId, 'answered-late', now)
      case 'confirm':
        await move('accepted')
        return consequence.isSame ? undefined : await flagAmounts(tx, request, claim, answer, now)
      case 'refused-anew':
        await move('unresolved')
        return await flag(tx, request, 'refused-anew', json({ status: 'settled' }), text, now)
      case 'ask-person':
        return await flag(tx, request, 'paid-there-only', json({ status: 'deferred' }), text, now)
      case 'decline': {
        await move(answer.outcome)
        if (consequence.takeBack) {
          await flagAmounts(tx, request, claim, answer, now)
          await leavePayerCancel(tx, regionCode, settlementId, 'amount-differs', now)
        }
        const { policyVersion } = preparedFor(request)
        return await decline(deps, tx, row, settlement, policyVersion, consequence.code, [], now)
      }
      case 'complete': {
        await move('accepted')
        const prepared = preparedFor(request)
        if (consequence.with === 'ours' || answer.outcome !== 'accepted')
          return await complete(deps, tx, row, settlement, prepared, now)
        await flagAmounts(tx, request, claim, answer, now)
        const decided = await toldOtherwise(tx, settlement, withTotals(prepared, answer.totals))
        return await complete(deps, tx, row, settlement, decided, now)
      }
    }
  })
}

function preparedFor({ settlementId, prepared }: requests.PayerRequestRow): Prepared {
  if (prepared === undefined) throw new Error(`nothing waits for the payer's answer about ${settlementId}`)
  return preparedOf(prepared)
}

async function flagAmounts(
  tx: Transaction,
  request: requests.PayerRequestRow,
  claim: PayerClaim,
  answer: PayerAnswer,
  now: Date,
): Promise<void> {
  if (answer.outcome === 'accepted')
    await flag(tx, request, 'amount-differs', json(claim.totals), json(answer.totals), now)
}

/** What pharmacy and patient were told is compared with the bill that they will sign. */
async function toldOtherwise(
  tx: Transaction,
  { regionCode, prescriptionNo, pharmacyId }: settlements.SettlementRow,
  decided: Prepared,
): Promise<Prepared> {
  const told = await quotes.list(tx, regionCode, prescriptionNo, pharmacyId)
  if (told.length === 0) return decided
  return { ...decided, quoteDifferences: differencesFrom(told, JSON.parse(decided.adjudication)) }
}

function json(value: object): string {
  return canonicalJson(value)
}

async function flag(
  tx: Transaction,
  { regionCode, settlementId, day }: requests.PayerRequestRow,
  kind: differences.DifferenceKind,
  ours: string,
  theirs: string,
  now: Date,
): Promise<void> {
  await differences.flag(tx, regionCode, { day, settlementId, kind, ours, theirs }, now)
}
