import type { Queryable, Transaction } from './database.ts'

/** What a queue carries: ids and plain values, never copies of records and never personal data. */
export type OutboxBody = Readonly<Record<string, string | number | boolean | null>>

/** Names one entry. `outboxId` is a decimal string, because a bigint doesn't fit a JSON number. */
export interface OutboxKey {
  readonly regionCode: string
  readonly outboxId: string
}

export interface OutboxEntry extends OutboxKey {
  readonly queue: string
  readonly body: OutboxBody
  /** How often the entry was given to the queue before. */
  readonly attempts: number
}

/** Work for `addAll`. */
export interface NewOutboxEntry {
  readonly regionCode: string
  readonly queue: string
  readonly body: OutboxBody
  readonly availableAt?: Date
}

/** PostgreSQL channel on which a commit that left work wakes the relays. */
export const OUTBOX_CHANNEL = 'hub_outbox'

const ENTRY = `region_code as "regionCode", outbox_id as "outboxId", queue, body, attempts`

/** Splits keys into the two arrays that `unnest` takes. */
function columns(keys: readonly OutboxKey[]): [string[], string[]] {
  return [keys.map((key) => key.regionCode), keys.map((key) => key.outboxId)]
}

/**
 * Leaves work for a queue. It exists when the caller's transaction commits, and not before.
 *
 * @param now instant of the request
 * @param availableAt not to be sent earlier; `now` when left out
 * @returns the id of the entry
 */
export async function add(
  tx: Transaction,
  regionCode: string,
  queue: string,
  body: OutboxBody,
  now: Date,
  availableAt?: Date,
): Promise<string> {
  const entry = { regionCode, queue, body, ...(availableAt && { availableAt }) }
  const [outboxId] = await addAll(tx, [entry], now)
  return outboxId as string
}

/**
 * Leaves several pieces of work in one statement, with one wake-up.
 *
 * The wake-up is a NOTIFY, and PostgreSQL lets one notifying transaction commit at a time: with 16 writers of one
 * row each, 2,000 to 4,000 commits a second instead of 9,000 to 19,000. Work that may wait for the relay's next look
 * is better inserted without it, and many small transactions are better made into few.
 *
 * @returns the ids, in the order of `entries`
 */
export async function addAll(
  tx: Queryable,
  entries: readonly NewOutboxEntry[],
  now: Date,
): Promise<string[]> {
  if (entries.length === 0) return []
  const { rows } = await tx.query<{ outboxId: string }>({
    name: 'outbox-add',
    text: `
    with given as (
      select * from unnest($1::text[], $2::text[], $3::jsonb[], $4::timestamptz[])
        with ordinality as given (region_code, queue, body, available_at, place)
    ), entry as (
      insert into outbox (region_code, queue, body, created_at, available_at)
      select region_code, queue, body, $5, greatest(available_at, $5)
        from given
       order by place
      returning outbox_id
    ), woken as (
      select pg_notify($6, '')
    )
    select outbox_id as "outboxId"
      from entry, woken
     order by outbox_id`,
    values: [
      entries.map((entry) => entry.regionCode),
      entries.map((entry) => entry.queue),
      entries.map((entry) => JSON.stringify(entry.body)),
      entries.map((entry) => entry.availableAt ?? now),
      now,
      OUTBOX_CHANNEL,
    ],
  })
  return rows.map((row) => row.outboxId)
}

/** Which of some queues have work that is due and unsent, in their order. */
export async function queuesDue(db: Queryable, queues: readonly string[], now: Date): Promise<string[]> {
  const { rows } = await db.query<{ queue: string }>(
    `
    select asked.queue
      from unnest($1::text[]) with ordinality as asked (queue, place)
     where exists (
       select from outbox
        where sent_at is null
          and done_at is null
          and available_at <= $2
          and outbox.queue = asked.queue)
     order by place`,
    [queues, now],
  )
  return rows.map(({ queue }) => queue)
}

/**
 * Locks work of one queue that is due, oldest first, passing over what another relay is sending.
 */
export async function lockUnsent(
  tx: Transaction,
  queue: string,
  now: Date,
  limit: number,
): Promise<OutboxEntry[]> {
  const { rows } = await tx.query<OutboxEntry>(
    `
    select ${ENTRY}
      from outbox
     where sent_at is null
       and done_at is null
       and available_at <= $2
       and queue = $1
     order by available_at, outbox_id
     limit $3
       for update skip locked`,
    [queue, now, limit],
  )
  return rows
}

/** Notes that the queue has the entries. */
export async function markSent(tx: Transaction, keys: readonly OutboxKey[], now: Date): Promise<void> {
  await tx.query(
    `
    update outbox
       set sent_at = $3, attempts = attempts + 1
      from unnest($1::text[], $2::bigint[]) as sent (region_code, outbox_id)
     where outbox.region_code = sent.region_code
       and outbox.outbox_id = sent.outbox_id`,
    [...columns(keys), now],
  )
}

/**
 * What a worker needs to know before it starts.
 *
 * @returns undefined when there is nothing to do: the entry was done, was given up, or is gone
 */
export async function findOpen(db: Queryable, key: OutboxKey): Promise<OutboxEntry | undefined> {
  const { rows } = await db.query<OutboxEntry>({
    name: 'outbox-find-open',
    text: `
    select ${ENTRY}
      from outbox
     where region_code = $1
       and outbox_id = $2
       and done_at is null`,
    values: [key.regionCode, key.outboxId],
  })
  return rows[0]
}

/**
 * Acknowledges: the work's own transaction has committed. Harmless when said twice.
 *
 * @returns false when it had been acknowledged before
 */
export async function markDone(db: Queryable, key: OutboxKey, now: Date): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'outbox-done',
    text: `
    update outbox
       set done_at = $3, sent_at = coalesce(sent_at, $3)
     where region_code = $1
       and outbox_id = $2
       and done_at is null`,
    values: [key.regionCode, key.outboxId, now],
  })
  return rowCount === 1
}

/**
 * Locks entries that the queue got long ago and no worker acknowledged, oldest first, leaving out those that
 * wait for an operator.
 *
 * @param sentBefore exclusive bound of `sent_at`
 * @param after where the page before ended
 */
export async function lockUnacknowledged(
  tx: Transaction,
  queues: readonly string[],
  sentBefore: Date,
  limit: number,
  after: string = '0',
): Promise<OutboxEntry[]> {
  const { rows } = await tx.query<OutboxEntry>(
    `
    select ${ENTRY}
      from outbox
     where sent_at < $2
       and done_at is null
       and queue = any($1)
       and outbox_id > $4
       and not exists (
             select from failed_job
              where failed_job.region_code = outbox.region_code
                and failed_job.outbox_id = outbox.outbox_id
                and failed_job.resolved_at is null)
     order by outbox_id
     limit $3
       for update skip locked`,
    [queues, sentBefore, limit, after],
  )
  return rows
}

/** Puts entries back, to be sent again from `now` on, and wakes the relays. */
export async function putBack(tx: Transaction, keys: readonly OutboxKey[], now: Date): Promise<void> {
  await tx.query(
    `
    with back as (
      update outbox
         set sent_at = null, available_at = greatest(created_at, $3)
        from unnest($1::text[], $2::bigint[]) as lost (region_code, outbox_id)
       where outbox.region_code = lost.region_code
         and outbox.outbox_id = lost.outbox_id
         and outbox.done_at is null
      returning 1
    )
    select pg_notify($4, '')
      from (select from back limit 1) as any_back`,
    [...columns(keys), now, OUTBOX_CHANNEL],
  )
}

/** Starts the count of deliveries afresh: an operator decided to try again. */
export async function forgetAttempts(tx: Transaction, key: OutboxKey): Promise<void> {
  await tx.query(
    `
    update outbox
       set attempts = least(attempts, 1)
     where region_code = $1
       and outbox_id = $2`,
    [key.regionCode, key.outboxId],
  )
}

/**
 * Removes entries that were acknowledged before `doneBefore`, at most `limit`.
 *
 * Keep them some days: they show what was sent when, and stop a late second delivery.
 *
 * @returns how many were removed
 */
export async function purgeSent(db: Queryable, doneBefore: Date, limit: number): Promise<number> {
  const { rowCount } = await db.query(
    `
    delete from outbox
     where (region_code, outbox_id) in (
             select region_code, outbox_id
               from outbox
              where done_at < $1
              order by done_at
              limit $2
                for update skip locked)`,
    [doneBefore, limit],
  )
  return rowCount ?? 0
}

/** How far the relay and the workers are behind. Ages in whole milliseconds, 0 when nothing waits. */
export interface OutboxLag {
  readonly unsent: number
  readonly oldestUnsentMs: number
  readonly unacknowledged: number
  readonly oldestUnacknowledgedMs: number
}

/** Measures the lag. Entries that are due later don't count. */
export async function lag(db: Queryable, now: Date): Promise<OutboxLag> {
  const { rows } = await db.query<OutboxLag>(
    `
    select unsent.n::integer as "unsent", unsent.age as "oldestUnsentMs",
           sent.n::integer as "unacknowledged", sent.age as "oldestUnacknowledgedMs"
      from (select count(*) as n,
                   coalesce(floor(extract(epoch from $1 - min(available_at)) * 1000), 0)::float8 as age
              from outbox
             where sent_at is null and done_at is null and available_at <= $1) as unsent,
           (select count(*) as n,
                   coalesce(greatest(floor(extract(epoch from $1 - min(sent_at)) * 1000), 0), 0)::float8 as age
              from outbox
             where sent_at is not null and done_at is null) as sent`,
    [now],
  )
  return rows[0] as OutboxLag
}
