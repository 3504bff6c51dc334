import type { Pool } from 'pg'
import type { Running } from './outbox-relay.ts'

/** Work that comes round by the clock: marking what has expired, releasing holds, purging. */
export interface Sweep {
  readonly name: string
  /** Milliseconds from the end of one run to the start of the next. */
  readonly everyMs: number
  /** Idempotent. Returns how many things it changed. */
  run(): Promise<number>
}

export interface SweepOptions {
  /** One of its connections is held while a sweep runs. */
  readonly pool: Pool
  /** Told of each run that changed something, with its length in milliseconds. */
  readonly onSwept?: (name: string, changed: number, ms: number) => void
  readonly onError?: (error: Error, name: string) => void
}

/** First key of the advisory locks of sweeps; the second is made from the name. */
const LOCK = 7_270_016

/**
 * Runs the sweep unless another process is at it.
 *
 * The lock belongs to the connection, so it ends with a process that is killed.
 *
 * @returns how many things were changed; undefined when another process is at it
 */
export async function sweepOnce(pool: Pool, sweep: Sweep): Promise<number | undefined> {
  const client = await pool.connect()
  let broken = false
  const lost = () => {
    broken = true
  }
  client.on('error', lost)
  try {
    const { rows } = await client.query<{ got: boolean }>(
      'select pg_try_advisory_lock($1, hashtext($2)) as got',
      [LOCK, sweep.name],
    )
    if (rows[0]?.got !== true) return undefined
    try {
      return await sweep.run()
    } finally {
      try {
        await client.query('select pg_advisory_unlock($1, hashtext($2))', [LOCK, sweep.name])
      } catch {
        broken = true // closing the connection frees the lock
      }
    }
  } finally {
    client.off('error', lost)
    client.release(broken)
  }
}

/** Runs each sweep now and then again and again, each at its own pace. A failed run is reported and repeated. */
export function startSweeps(sweeps: readonly Sweep[], options: SweepOptions): Running {
  const { pool, onSwept = () => {}, onError = () => {} } = options
  let stopped = false
  const wake = new Set<() => void>()

  async function loop(sweep: Sweep): Promise<void> {
    while (!stopped) {
      const start = performance.now()
      try {
        const changed = await sweepOnce(pool, sweep)
        if (changed !== undefined && changed > 0) onSwept(sweep.name, changed, performance.now() - start)
      } catch (error) {
        onError(error as Error, sweep.name)
      }
      if (!stopped) await pause(sweep.everyMs)
    }
  }
  async function pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer)
        wake.delete(end)
        resolve()
      }
      const timer = setTimeout(end, ms)
      wake.add(end)
    })
  }

  const loops = sweeps.map(loop)
  return {
    async stop() {
      stopped = true
      for (const end of [...wake]) end()
      await Promise.all(loops)
    },
  }
}
