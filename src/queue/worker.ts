import { type Job, UnrecoverableError } from 'bullmq'
import type { Pool } from 'pg'
import { Problem } from '../domain/problems.ts'
import { inTransaction, type Transaction } from '../storage/database.ts'
import { closeRecovered, type Failure, recordFailure } from '../storage/failed-job.ts'
import * as outbox from '../storage/outbox.ts'
import type { Closable, QueuedWork, Queues } from './queues.ts'

/**
 * Does the work of one entry. It can be called again for the same entry, at once or days later, so its effect
 * must be single by a stored key; `outboxId` is one.
 *
 * @throws Problem a refusal: final, never tried again
 * @throws anything else a fault: tried again later
 */
export type Handler = (job: QueuedWork) => Promise<void>

export interface WorkerOptions {
  readonly pool: Pool
  readonly now: () => Date
  readonly concurrency?: number
  readonly lockMs?: number
  readonly stalledCheckMs?: number
  /** Times that an entry may be given out, or lose its worker, before it is taken for one that kills them. */
  readonly maxDeliveries?: number
  /**
   * What has to happen when the work won't be tried again, in the transaction that records the failure: for a
   * settlement, deferring it to manual reimbursement. Called again when that transaction fails.
   */
  readonly onExhausted?: (tx: Transaction, job: QueuedWork, failure: Failure) => Promise<void>
  /** Told of each fault with its cause. The cause may name a person: redact before writing it down. */
  readonly onFault?: (error: unknown, job: QueuedWork, failure: Failure) => void
}

/*
 * The job of a worker that was killed comes to another one after the lock has run out and two looks at most: 20 seconds,
 * well inside the 60 that a pharmacy waits for a settlement (MZ-6.7). A process that is stuck for longer than the lock
 * loses the job to another, which is harmless: the work has its effect once.
 */
const LOCK_MS = 10_000
const STALLED_CHECK_MS = 5_000

/** Says why without saying about whom: a problem code, an SQLSTATE or system error code, or the error's class. */
export function reasonOf(error: unknown): string {
  const { code, name } = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>
  for (const word of [code, name]) {
    if (typeof word === 'string' && /^[A-Za-z0-9_.-]{1,64}$/.test(word)) return word
  }
  return 'unknown'
}

/** True for an error that says of itself that an operator should know at once, such as an answer that can't be read. */
function isShownAtOnce(error: unknown): boolean {
  return (error as { isShownAtOnce?: unknown } | null)?.isShownAtOnce === true
}

/**
 * Starts to work off a queue.
 *
 * An entry that was done, given up or purged is passed over; one whose handler returned is acknowledged in the
 * outbox before the queue forgets it.
 *
 * @returns its `close`, which waits for running jobs; `queues.close()` closes it too
 * @throws Error when PostgreSQL carries the queue and is away
 * @see MZ-6.7
 */
export async function startWorker(
  queues: Queues,
  name: string,
  handler: Handler,
  options: WorkerOptions,
): Promise<Closable> {
  queues.queue(name) // an unknown name is a mistake of the program
  const { pool, now, maxDeliveries = 10 } = options

  /** Records the failure once and lets the owner act on it, both or neither. */
  async function giveUp(entry: outbox.OutboxEntry, job: QueuedWork, failure: Failure): Promise<void> {
    await inTransaction(pool, async (tx) => {
      const isNew = await recordFailure(tx, entry, failure, now())
      if (isNew) await options.onExhausted?.(tx, job, failure)
    })
  }

  /** Shows a fault to the operator while the work is still tried again. Closed by the hub when a later try succeeds. */
  async function showAtOnce(entry: outbox.OutboxEntry, failure: Failure): Promise<void> {
    await inTransaction(pool, async (tx) => {
      await recordFailure(tx, entry, failure, now())
    })
  }

  /** @returns why the work failed, or undefined when it is done or needs nothing */
  async function attempt(job: Job<QueuedWork>): Promise<{ failure: Failure; isFinal: boolean } | undefined> {
    const work = job.data
    const entry = await outbox.findOpen(pool, work)
    if (entry === undefined) return undefined
    const deliveries = entry.attempts + job.stalledCounter
    if (deliveries > maxDeliveries) {
      const failure: Failure = { kind: 'fault', reason: 'too-many-deliveries', attempts: deliveries }
      await giveUp(entry, work, failure)
      return { failure, isFinal: true }
    }
    try {
      await handler(work)
    } catch (error) {
      const tries = job.attemptsMade + 1
      const kind = error instanceof Problem ? 'refusal' : 'fault'
      const failure: Failure = { kind, reason: reasonOf(error), attempts: tries }
      if (kind === 'fault') options.onFault?.(error, work, failure)
      if (kind === 'refusal' || tries >= queues.attempts) await giveUp(entry, work, failure)
      else if (isShownAtOnce(error)) await showAtOnce(entry, failure)
      return { failure, isFinal: kind === 'refusal' }
    }
    await outbox.markDone(pool, work, now())
    // What was shown at once has come right by itself.
    if (job.attemptsMade > 0) await inTransaction(pool, (tx) => closeRecovered(tx, work, now()))
    return undefined
  }

  /** Tells BullMQ the outcome; its server keeps the message, so it gets the reason and never the cause. */
  async function process(job: Job<QueuedWork>): Promise<void> {
    let outcome: Awaited<ReturnType<typeof attempt>>
    try {
      outcome = await attempt(job)
    } catch (error) {
      queues.onError(error as Error)
      throw new Error(reasonOf(error))
    }
    if (outcome?.isFinal) throw new UnrecoverableError(outcome.failure.reason)
    if (outcome !== undefined) throw new Error(outcome.failure.reason)
  }

  const worker = await queues.backend.openWorker(queues.fullName(name), process, {
    concurrency: options.concurrency ?? 8,
    lockMs: options.lockMs ?? LOCK_MS,
    stalledCheckMs: options.stalledCheckMs ?? STALLED_CHECK_MS,
  })
  const closable: Closable = {
    async close(force = false) {
      queues.workers.delete(closable)
      await worker.close(force)
    },
  }
  queues.workers.add(closable)
  return closable
}
