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

/** Sets the sandbox's clock and tells the other processes. */
export async function setClockOffset(db: Queryable, offsetMs: number): Promise<void> {
  await db.query(
    `insert into sandbox_clock (offset_ms) values ($1) on conflict (one) do update set offset_ms = excluded.offset_ms`,
    [offsetMs],
  )
  await db.query('select pg_notify($1, $2)', [CLOCK_CHANNEL, String(offsetMs)])
}
