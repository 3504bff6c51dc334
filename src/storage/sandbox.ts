import type { Queryable } from './database.ts'

/** Channel on which the processes of a sandbox hear that its clock was set. */
export const CLOCK_CHANNEL = 'hub_sandbox_clock'

/** A named set of sandbox keys; undefined when there is none. */
export async function findKeys<T>(db: Queryable, name: string): Promise<T | undefined> {
  const { rows } = await db.query<{ body: T }>('select body from sandbox_keys where name = $1', [name])
  return rows[0]?.body
}

/** Keeps a named set of sandbox keys. */
export async function keepKeys(db: Queryable, name: string, body: unknown): Promise<void> {
  await db.query('insert into sandbox_keys (name, body) values ($1, $2)', [name, JSON.stringify(body)])
}

/** Milliseconds by which the sandbox's clock is ahead; 0 when it was never set. */
export async function readClockOffset(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ offset_ms: string }>('select offset_ms from sandbox_clock')
  return Number(rows[0]?.offset_ms ?? 0)
}

/**
 * Dates work that was left while the clock was ahead as if it had been left now, when the clock goes back: nothing
 * would happen to it before that time comes again. Delays that were meant stay as long as they were.
 *
 * @param now by the clock that was set back
 */
export async function redateWork(db: Queryable, now: Date): Promise<void> {
  await db.query(
    `update outbox
        set created_at = least(created_at, $1),
            available_at = available_at - greatest(created_at - $1, interval '0'),
            sent_at = case when sent_at > $1 then $1 else sent_at end
      where done_at is null and (created_at > $1 or sent_at > $1)`,
    [now],
  )
}

/** Sets the sandbox's clock and tells the other processes. */
export async function setClockOffset(db: Queryable, offsetMs: number): Promise<void> {
  await db.query(
    `insert into sandbox_clock (offset_ms) values ($1) on conflict (one) do update set offset_ms = excluded.offset_ms`,
    [offsetMs],
  )
  await db.query('select pg_notify($1, $2)', [CLOCK_CHANNEL, String(offsetMs)])
}
