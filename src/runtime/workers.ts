import type { Pool } from 'pg'
import type { PayerGateway } from '../domain/settlement/payer-gateway.ts'
import { PAYER_CANCEL_QUEUE, PAYER_QUESTION_QUEUE } from '../domain/settlement/payer-gateway.ts'
import type { Notifier } from '../notifier/notification.ts'
import { notificationHandler } from '../notifier/notification-handler.ts'
import type { QueuedWork, Queues } from '../queue/queues.ts'
import { type Handler, startWorker, type WorkerOptions } from '../queue/worker.ts'
import { CLEARING_QUEUE, computeMonth } from '../usecases/clearing/close-month.ts'
import { deferExhausted } from '../usecases/defer-settlement.ts'
import type { Deps } from '../usecases/deps.ts'
import type { Centre } from '../usecases/national/centre.ts'
import { sendUpward, UPWARD_QUEUE } from '../usecases/national/upward.ts'
import { cancelAtPayer } from '../usecases/payer/cancel-at-payer.ts'
import { askPayerAgain, settleWithPayer } from '../usecases/payer/settle-with-payer.ts'
import type { SettlementJob } from '../usecases/settle-prescription.ts'

/** The queues that exist; an outbox entry for another one waits. */
export const QUEUES = [
  'settlement',
  'notification',
  PAYER_CANCEL_QUEUE,
  PAYER_QUESTION_QUEUE,
  CLEARING_QUEUE,
  UPWARD_QUEUE,
] as const

export interface WorkerParts {
  readonly deps: Deps
  readonly queues: Queues
  readonly payer: PayerGateway
  readonly notifier: Notifier
  /** The centre above, where there is one. */
  readonly centre?: Centre
  /**
   * For what a worker holds while the work itself takes connections of `deps.pool`. Two pools, because one that runs
   * empty with everybody waiting for a second connection never gets on.
   */
  readonly pool: Pool
  readonly concurrency: number
  readonly onFault: NonNullable<WorkerOptions['onFault']>
}

/** Starts one worker a queue. */
export async function startWorkers(parts: WorkerParts): Promise<void> {
  const { deps, queues, payer, notifier, centre, pool, onFault } = parts
  const common = { pool, now: deps.clock, concurrency: parts.concurrency, onFault }
  const handlers: Record<(typeof QUEUES)[number], Handler> = {
    settlement: (job) => settleWithPayer(deps, settlementOf(job), payer),
    notification: notificationHandler(deps, notifier),
    [PAYER_QUESTION_QUEUE]: (job) => askPayerAgain(deps, settlementOf(job), payer),
    [PAYER_CANCEL_QUEUE]: (job) => cancelAtPayer(deps, settlementOf(job), payer),
    [CLEARING_QUEUE]: (job) =>
      computeMonth(deps, { regionCode: job.regionCode, month: textOf(job, 'month') }),
    [UPWARD_QUEUE]: async (job) => {
      // Work from before the centre was taken out of the settings waits for it to come back.
      if (centre === undefined) throw new RangeError('no centre is named')
      await sendUpward(deps, centre, job.regionCode, textOf(job, 'prescriptionNo'))
    },
  }
  for (const name of QUEUES) {
    await startWorker(queues, name, handlers[name], {
      ...common,
      // MZ-6.7: what cannot be settled is not left hanging.
      ...(name === 'settlement'
        ? { onExhausted: async (tx, job) => await deferExhausted(deps, tx, settlementOf(job)) }
        : {}),
      // One month at a time: the database does the adding up.
      ...(name === CLEARING_QUEUE ? { concurrency: 1 } : {}),
    })
  }
}

function settlementOf(job: QueuedWork): SettlementJob {
  return { regionCode: job.regionCode, settlementId: textOf(job, 'settlementId') }
}

function textOf(job: QueuedWork, name: string): string {
  const value = job.body[name]
  if (typeof value !== 'string') throw new RangeError(`work without ${name}`)
  return value
}
