import { PAYER_CANCEL_QUEUE, type PayerGateway } from '../../domain/settlement/payer-gateway.ts'
import { inTransaction, type Transaction } from '../../storage/database.ts'
import * as outbox from '../../storage/outbox.ts'
import * as requests from '../../storage/payer-request.ts'
import type { Deps } from '../deps.ts'

/**
 * Leaves the cancellation of a settlement at the payer, if it was ever asked. To be called in the transaction that
 * defers, reverses or declines the settlement, whether or not an answer has come: it may still come.
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
    await requests.move(tx, job.regionCode, job.settlementId, ['cancelling'], 'cancelled', {
      at: deps.clock(),
    })
  })
}
