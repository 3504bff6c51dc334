import { createHash } from 'node:crypto'
import { canonicalJson } from '../../domain/primitives/canonical-json.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { fenToJson } from '../../domain/primitives/money.ts'
import {
  type PayerClaim,
  type PayerGateway,
  PayerUnavailable,
  PayerUnreadable,
  type RemotePayer,
  totalsToJson,
} from '../../domain/settlement/payer-gateway.ts'
import { inTransaction, type Transaction } from '../../storage/database.ts'
import * as differences from '../../storage/payer-difference.ts'
import * as requests from '../../storage/payer-request.ts'
import * as settlements from '../../storage/settlement.ts'
import type { Deps } from '../deps.ts'
import { lockPrescription } from '../lifecycle.ts'
import { prepare, type SettlementJob, settlePrescription } from '../settle-prescription.ts'
import { preparedToText } from './prepared-json.ts'
import { recordPayerAnswer } from './record-payer-answer.ts'

/**
 * Settles one request with whoever pays. The built-in payer is one transaction. A core system is asked between two:
 *
 * 1. adjudicate, and store what will be asked and posted, under the settlement's id;
 * 2. ask the payer, with a time-out and outside any transaction;
 * 3. store its answer, and post or decline.
 *
 * Whatever dies in between, the job runs again and the payer is asked the same question under the same key.
 *
 * @throws PayerUnavailable, PayerUnreadable, or whatever the database throws; the job is tried again, and deferred when all tries failed
 * @see MZ-6.6, MZ-6.7
 */
export async function settleWithPayer(deps: Deps, job: SettlementJob, payer: PayerGateway): Promise<void> {
  if (payer.kind === 'built-in') return await settlePrescription(deps, job)
  const claim = await askedClaim(deps, job)
  if (claim === undefined) return
  await askPayer(deps, job, claim, payer)
}

/**
 * Asks beside the settling. Again, about a settlement that was deferred while nobody knew what the payer had done: nothing
 * is asked any more once that is known, or a person has decided. And anew, about what a patient kept after a return: the
 * payment for all of it is cancelled first, so that the payer never holds both.
 *
 * @throws PayerUnavailable, PayerUnreadable; the job is tried again, and waits for an operator when all tries failed
 * @see MZ-6.7
 */
export async function askPayerAgain(deps: Deps, job: SettlementJob, payer: PayerGateway): Promise<void> {
  if (payer.kind === 'built-in') return
  const asked = await inTransaction(deps.pool, async (tx) => {
    const request = await requests.lock(tx, job.regionCode, job.settlementId)
    if (request === undefined || !isOpen(request)) return undefined
    await requests.countTry(tx, job.regionCode, job.settlementId)
    const claim = JSON.parse(request.claim) as PayerClaim
    return { claim, replaced: await replacedBy(tx, claim), status: request.status }
  })
  if (asked === undefined) return
  const { claim, replaced, status } = asked
  for (const settlementId of replaced) await payer.cancel(job.regionCode, settlementId)
  if (status === 'asked-anew') return await askPayer(deps, job, claim, payer)
  await askPayer(deps, job, claim, payer).catch((error: unknown) => {
    // Whoever watches hears of it at once: the patient may have paid what the payer has paid too.
    if (error instanceof PayerUnavailable) throw Object.assign(error, { isShownAtOnce: true })
    throw error
  })
}

/** All that a claim stands in place of, the oldest first: of several returns in a row none may have been asked about yet. */
async function replacedBy(tx: Transaction, { regionCode, replaces }: PayerClaim): Promise<string[]> {
  if (replaces === undefined) return []
  const earlier = await requests.lock(tx, regionCode, replaces)
  if (earlier === undefined) return [replaces]
  return [...(await replacedBy(tx, JSON.parse(earlier.claim) as PayerClaim)), replaces]
}

function isOpen({ status, answer }: requests.PayerRequestRow): boolean {
  return (status === 'unresolved' || status === 'asked-anew') && answer === undefined
}

/** Steps 2 and 3. An answer that can't be used is listed for the agency before the job fails. */
async function askPayer(
  deps: Deps,
  job: SettlementJob,
  claim: PayerClaim,
  payer: RemotePayer,
): Promise<void> {
  const answer = await payer.settle(claim).catch(async (error: unknown) => {
    if (error instanceof PayerUnreadable) await listUnreadable(deps, claim, error)
    throw error
  })
  await recordPayerAnswer(deps, job, answer, payer.amountWinner)
}

async function listUnreadable(
  deps: Deps,
  { regionCode, settlementId, day }: PayerClaim,
  { fault: cause, status }: PayerUnreadable,
): Promise<void> {
  await inTransaction(deps.pool, async (tx) => {
    const now = deps.clock()
    const request = await requests.lock(tx, regionCode, settlementId)
    if (request === undefined || request.answer !== undefined) return
    await requests.noteUnreadable(tx, regionCode, settlementId, cause, now)
    const ours = canonicalJson({ status: request.status })
    const theirs = canonicalJson({ status, cause })
    const kind = 'answer-unreadable'
    await differences.flag(tx, regionCode, { day, settlementId, kind, ours, theirs }, now)
  })
}

/** Step 1. @returns undefined when nothing is to be asked any more, or the settlement was declined */
async function askedClaim(deps: Deps, job: SettlementJob): Promise<PayerClaim | undefined> {
  return await inTransaction(deps.pool, async (tx) => {
    const now = deps.clock()
    const { regionCode, settlementId } = job
    const seen = await settlements.find(tx, regionCode, settlementId)
    if (seen === undefined) throw new Error(`no settlement ${settlementId}`)
    const row = await lockPrescription(tx, regionCode, seen.prescriptionNo, now)
    const settlement = await settlements.find(tx, regionCode, settlementId)
    if (settlement?.status !== 'requested') return undefined
    const earlier = await requests.lock(tx, regionCode, settlementId)
    if (earlier !== undefined) {
      await requests.countTry(tx, regionCode, settlementId)
      return JSON.parse(earlier.claim) as PayerClaim
    }
    const prepared = await prepare(deps, tx, row, settlement, now)
    if (prepared === undefined) return undefined
    const { personId } = settlement
    if (await requests.isYearAsked(tx, regionCode, personId, prepared.year)) {
      throw new PayerUnavailable(
        "the payer has not answered about another settlement of this person's year yet",
      )
    }
    const claim: PayerClaim = {
      settlementId,
      regionCode,
      prescriptionNo: settlement.prescriptionNo,
      personId,
      pharmacyId: settlement.pharmacyId,
      hospitalId: settlement.hospitalId,
      day: dayOf(settlement.requestedAt),
      scheme: prepared.split.input.scheme,
      chargeFen: fenToJson(prepared.split.charge),
      totals: totalsToJson(prepared.split.totals),
    }
    const text = canonicalJson(claim)
    await requests.add(
      tx,
      {
        regionCode,
        settlementId,
        personId,
        year: prepared.year,
        day: claim.day,
        digest: createHash('sha256').update(text).digest(),
        claim: text,
        prepared: preparedToText(prepared),
        status: 'asked',
      },
      now,
    )
    return claim
  })
}
