import { canonicalJson } from '../../domain/primitives/canonical-json.ts'
import type { ProblemCode } from '../../domain/problems.ts'
import {
  type AmountWinner,
  differingBearers,
  makesUp,
  type PayerAnswer,
  type PayerClaim,
} from '../../domain/settlement/payer-gateway.ts'
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
 * - When the settlement was deferred, reversed or declined meanwhile, what the payer paid is taken back.
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
    if (settlement.status !== 'requested' || request.status !== 'asked') {
      // Left once more: the earlier cancellation may have reached the payer before the payment did.
      if (answer.outcome === 'accepted' && settlement.status !== 'settled') {
        await leavePayerCancel(tx, regionCode, settlementId, 'answered-late', now)
      }
      return
    }
    const prepared = preparedOf(request.prepared)
    const refuse = async (code: ProblemCode) =>
      await decline(deps, tx, row, settlement, prepared.policyVersion, code, [], now)
    if (answer.outcome === 'refused') {
      await requests.move(tx, regionCode, settlementId, ['asked'], 'refused', { at: now })
      return await refuse('payer-refused')
    }
    await requests.move(tx, regionCode, settlementId, ['asked'], 'accepted', { at: now })
    const claim = JSON.parse(request.claim) as PayerClaim
    if (differingBearers(claim.totals, answer.totals).length === 0) {
      return await complete(deps, tx, row, settlement, prepared, now)
    }
    await flag(tx, request, 'amount-differs', json(claim.totals), json(answer.totals), now)
    if (amountWinner === 'payer' && makesUp(answer.totals, claim.chargeFen)) {
      const decided = await toldOtherwise(tx, settlement, withTotals(prepared, answer.totals))
      return await complete(deps, tx, row, settlement, decided, now)
    }
    await leavePayerCancel(tx, regionCode, settlementId, 'amount-differs', now)
    await refuse('payer-amount-differs')
  })
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
