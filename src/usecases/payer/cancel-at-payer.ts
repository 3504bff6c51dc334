import { canonicalJson } from '../../domain/primitives/canonical-json.ts'
import {
  PAYER_CANCEL_QUEUE,
  PAYER_QUESTION_QUEUE,
  type PayerGateway,
} from '../../domain/settlement/payer-gateway.ts'
import { inTransaction, type Transaction } from '../../storage/database.ts'
import * as outbox from '../../storage/outbox.ts'
import * as differences from '../../storage/payer-difference.ts'
import * as requests from '../../storage/payer-request.ts'
import type { Deps } from '../deps.ts'

/**
 * Leaves the cancellation of a settlement at the payer, if it was ever asked. To be called in the transaction that
 * reverses or declines the settlement, whether or not an answer has come: it may still come.
 */
export async function leavePayerCancel(
  tx: Transaction,
  regionCode: string,
  settlementId: string,
  reason: string,
  now: Date,
): Promise<void> {
  const change = { at: now, reason }
  if (await requests.move(tx, regionCode, settlementId, requests.CANCELLABLE, 'cancelling', change)) {
    await outbox.add(tx, regionCode, PAYER_CANCEL_QUEUE, { settlementId }, now)
  }
}

/**
 * Leaves a deferred settlement to be cleared up with the payer, in the transaction that defers it. Nothing is cancelled:
 * the payer has not answered, or not so that it could be read, and may have paid. It is asked again, and the agency sees
 * that it is open.
 *
 * @see MZ-6.7
 */
export async function leavePayerQuestion(
  tx: Transaction,
  regionCode: string,
  settlementId: string,
  now: Date,
): Promise<void> {
  const request = await requests.lock(tx, regionCode, settlementId)
  if (request === undefined) return
  if (!(await requests.move(tx, regionCode, settlementId, ['asked'], 'unresolved', { at: now }))) return
  await outbox.add(tx, regionCode, PAYER_QUESTION_QUEUE, { settlementId }, now)
  await differences.flag(
    tx,
    regionCode,
    {
      day: request.day,
      settlementId,
      kind: 'deferred-unanswered',
      ours: canonicalJson({ status: 'deferred' }),
      theirs: canonicalJson({
        state: null,
        ...(request.unreadableCause === undefined ? {} : { cause: request.unreadableCause }),
      }),
    },
    now,
  )
}

/**
 * Takes a settlement back at the payer. Idempotent on both sides: it may run any number of times.
 *
 * @throws PayerUnavailable; the job is tried again
 */
export async function cancelAtPayer(
  deps: Pick<Deps, 'pool' | 'clock'>,
  job: { readonly regionCode: string; readonly settlementId: string },
  payer: PayerGateway,
): Promise<void> {
  if (payer.kind === 'built-in') return
  await payer.cancel(job.regionCode, job.settlementId)
  await inTransaction(deps.pool, async (tx) => {
    const now = deps.clock()
    await requests.move(tx, job.regionCode, job.settlementId, ['cancelling'], 'cancelled', { at: now })
    const known = ['answer-unreadable', 'deferred-unanswered', 'refused-anew'] as const
    await differences.markAnswered(tx, job.regionCode, job.settlementId, known, now)
  })
}
