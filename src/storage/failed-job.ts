import type { Queryable, Transaction } from './database.ts'
import {
  forgetAttempts,
  markDone,
  type OutboxBody,
  type OutboxEntry,
  type OutboxKey,
  putBack,
} from './outbox.ts'

/** A refusal stays one however often it is asked; a fault may be over. */
export type FailureKind = 'refusal' | 'fault'

export interface Failure {
  readonly kind: FailureKind
  /** A problem code, an SQLSTATE or the name of an error class; never a message, which may name a person. */
  readonly reason: string
  /** How often the work was tried. */
  readonly attempts: number
}

/** `retried`: sent again. `done-by-hand`: settled outside the hub. `dropped`: needs nothing more. */
export type Resolution = 'retried' | 'done-by-hand' | 'dropped'

export interface FailedJob extends OutboxKey, Failure {
  readonly failureId: string
  readonly queue: string
  readonly body: OutboxBody
  readonly failedAt: Date
  readonly resolvedAt: Date | null
  readonly resolution: Resolution | null
  readonly resolvedBy: string | null
}

/**
 * Records work for an operator: work that won't be tried again by itself, or, with fewer tries, a fault that should be
 * known while the work is still tried.
 *
 * @returns false when the entry already waits for an operator after as many tries; nothing is recorded then
 * @see MZ-6.7
 */
export async function recordFailure(
  tx: Queryable,
  entry: OutboxEntry,
  failure: Failure,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `
    insert into failed_job (region_code, outbox_id, queue, body, kind, reason, attempts, failed_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    on conflict (region_code, outbox_id) where resolved_at is null
    do update set kind = excluded.kind, reason = excluded.reason, attempts = excluded.attempts
     where failed_job.attempts < excluded.attempts`,
    [
      entry.regionCode,
      entry.outboxId,
      entry.queue,
      JSON.stringify(entry.body),
      failure.kind,
      failure.reason,
      failure.attempts,
      now,
    ],
  )
  return rowCount === 1
}

/** Which failures to list. Left out means all; the newest come first. */
export interface FailureFilter {
  readonly regionCode?: string
  readonly queue?: string
  /** Also those that an operator has resolved. */
  readonly withResolved?: boolean
  /** Only those recorded before this one: the page before ended there. */
  readonly beforeFailureId?: string
  readonly limit?: number
}

/** What an operator has to decide. */
export async function listFailed(db: Queryable, filter: FailureFilter = {}): Promise<FailedJob[]> {
  const { rows } = await db.query<FailedJob>(
    `
    select failure_id as "failureId", region_code as "regionCode", outbox_id as "outboxId", queue, body,
           kind, reason, attempts, failed_at as "failedAt", resolved_at as "resolvedAt", resolution,
           resolved_by as "resolvedBy"
      from failed_job
     where ($1::text is null or region_code = $1)
       and ($2::text is null or queue = $2)
       and ($3 or resolved_at is null)
       and ($4::bigint is null or failure_id < $4)
     order by failure_id desc
     limit $5`,
    [
      filter.regionCode ?? null,
      filter.queue ?? null,
      filter.withResolved ?? false,
      filter.beforeFailureId ?? null,
      filter.limit ?? 100,
    ],
  )
  return rows
}

/** Closes the open failure of an entry. False when there is none. */
async function resolve(
  tx: Transaction,
  key: OutboxKey,
  resolution: Resolution,
  by: string,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `
    update failed_job
       set resolved_at = $3, resolution = $4, resolved_by = $5
     where region_code = $1
       and outbox_id = $2
       and resolved_at is null`,
    [key.regionCode, key.outboxId, now, resolution, by],
  )
  return rowCount === 1
}

/**
 * Sends failed work again: it goes back to the outbox, and the relay replaces the failed job in the queue.
 *
 * @param by who decided; an id, not a name
 * @returns false when the entry has no open failure; nothing is changed then
 * @see MZ-6.7
 */
export async function retryFailed(tx: Transaction, key: OutboxKey, by: string, now: Date): Promise<boolean> {
  if (!(await resolve(tx, key, 'retried', by, now))) return false
  await forgetAttempts(tx, key)
  await putBack(tx, [key], now)
  return true
}

/** Closes a failure that was shown while the work was still tried, once a later try succeeded. */
export async function closeRecovered(tx: Transaction, key: OutboxKey, now: Date): Promise<void> {
  await resolve(tx, key, 'retried', 'hub', now)
}

/**
 * Closes failed work without trying again, for example after manual reimbursement.
 *
 * @param by who decided; an id, not a name
 * @returns false when the entry has no open failure; nothing is changed then
 * @see MZ-6.7
 */
export async function resolveFailed(
  tx: Transaction,
  key: OutboxKey,
  resolution: Exclude<Resolution, 'retried'>,
  by: string,
  now: Date,
): Promise<boolean> {
  if (!(await resolve(tx, key, resolution, by, now))) return false
  await markDone(tx, key, now)
  return true
}
