import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import t, { type Test } from 'tap'
import { openQueues, type Queues } from '../../src/queue/queues.ts'
import { inTransaction } from '../../src/storage/database.ts'
import * as outbox from '../../src/storage/outbox.ts'
import { freshDatabase, type Scope } from '../support/database.ts'

export const REGION = '441400'
export const now = new Date('2026-11-21T02:00:00Z')

/** A database, queues of its own on one of the backends, and a table in which effects can be counted. */
export interface Bench {
  readonly pool: Pool
  readonly url: string
  readonly queues: Queues
  readonly errors: Error[]
  /** Another process's view of the same queues. */
  reopen(): Promise<Queues>
}

export interface BenchOptions {
  readonly attempts?: number
  readonly redisUrl?: string
}

/** Opens a bench that is taken down when the test ends. */
export async function aBench(
  t: Scope,
  kind: 'postgres' | 'redis',
  options: BenchOptions = {},
): Promise<Bench> {
  const { pool, url } = await freshDatabase(t, 16)
  await pool.query('create table effect (outbox_id bigint primary key, times integer not null default 1)')
  const prefix = `t${randomUUID().slice(0, 8)}`
  const errors: Error[] = []
  const reopen = async () => {
    const queues = await openQueues({
      backend:
        kind === 'postgres'
          ? { kind, databaseUrl: url, maxWorkers: 4 }
          : { kind, redisUrl: options.redisUrl ?? (process.env['TEST_REDIS_URL'] as string) },
      names: ['settlement', 'notice'],
      prefix,
      attempts: options.attempts ?? 3,
      backoffMs: 20,
      onError: (error) => errors.push(error),
    })
    t.teardown(() => queues.close(2_000))
    if (options.redisUrl === undefined) await eventually(() => queues.backend.ready())
    return queues
  }
  return { pool, url, queues: await reopen(), errors, reopen }
}

/** Runs the same body on both backends; without Redis that half is skipped by name. */
export function onBoth(name: string, body: (t: Test, kind: 'postgres' | 'redis') => Promise<void>): void {
  t.test(`${name} (PostgreSQL)`, async (t) => body(t, 'postgres'))
  const skip = process.env['TEST_REDIS_URL'] === undefined ? 'no Redis here' : false
  t.test(`${name} (Redis)`, { skip }, async (t) => body(t, 'redis'))
}
/** Leaves `count` entries in one transaction. */
export async function leave(pool: Pool, count = 1, queue = 'settlement'): Promise<string[]> {
  return await inTransaction(pool, (tx) =>
    outbox.addAll(
      tx,
      Array.from({ length: count }, (_, index) => ({
        regionCode: REGION,
        queue,
        body: { prescriptionNo: `P${index}` },
      })),
      now,
    ),
  )
}

/** Waits until the claim is true. @throws Error after ten seconds */
export async function eventually(claim: () => Promise<boolean> | boolean, ms = 10_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await claim())) {
    if (Date.now() > end) throw new Error(`not true after ${ms} ms: ${claim}`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}

/** How many entries were acknowledged. */
export async function doneCount(pool: Pool): Promise<number> {
  const { rows } = await pool.query('select count(*)::integer as n from outbox where done_at is not null')
  return rows[0].n
}
