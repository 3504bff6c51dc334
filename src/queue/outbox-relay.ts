import type { Pool, PoolClient } from 'pg'
import { inTransaction } from '../storage/database.ts'
import * as outbox from '../storage/outbox.ts'
import { jobIdOf, jobStateOf, type Queues } from './queues.ts'

/** Entries of one queue moved in one transaction. */
const BATCH = 200

/**
 * Moves due outbox entries to their queues, at least once; each queue in its turn and in a transaction of its own, so
 * that ten thousand notifications never stand before one settlement.
 *
 * Several relays may run at once: each takes entries that no other is sending. A crash between sending and
 * noting it sends again, which the job's id makes harmless.
 *
 * @param limit entries of each queue at most
 * @returns how many were sent; 0 also when the queue's server is away, the entries then wait
 * @throws whatever a queue throws; nothing of it is noted as sent then
 */
export async function relayOnce(pool: Pool, queues: Queues, now: Date, limit = BATCH): Promise<number> {
  if (!queues.backend.ready()) return 0
  let sent = 0
  for (const name of await outbox.queuesDue(pool, queues.names, now)) {
    sent += await inTransaction(pool, async (tx) => {
      const entries = await outbox.lockUnsent(tx, name, now, limit)
      if (entries.length === 0) return 0
      await send(queues, name, entries)
      await outbox.markSent(tx, entries, now)
      return entries.length
    })
  }
  return sent
}

/** Gives entries of one queue to it. */
async function send(queues: Queues, name: string, entries: readonly outbox.OutboxEntry[]): Promise<void> {
  const queue = queues.queue(name)
  for (const entry of entries) {
    // Sent before and put back: a finished job of the same id would swallow the new one; a living one may stay.
    if (entry.attempts === 0) continue
    const state = await jobStateOf(queues, entry)
    if (state === 'failed' || state === 'completed') await queue.remove(jobIdOf(entry))
  }
  await queue.addBulk(
    entries.map((entry) => ({
      name,
      data: { regionCode: entry.regionCode, outboxId: entry.outboxId, body: entry.body },
      opts: { jobId: jobIdOf(entry) },
    })),
  )
}

export interface RelayOptions {
  /** One of its connections is held for LISTEN. */
  readonly pool: Pool
  readonly queues: Queues
  readonly now: () => Date
  /** Milliseconds between looks when no wake-up comes: for entries due later, and for a lost LISTEN. */
  readonly pollMs?: number
  readonly batch?: number
  readonly onError?: (error: Error) => void
}

/** Something that runs until it is stopped. */
export interface Running {
  /** Resolves when what was under way has ended. */
  stop(): Promise<void>
}

export interface Relay extends Running {
  /** Looks at once: for work that this process has committed without a NOTIFY. */
  wake(): void
}

/**
 * Relays for as long as the process lives: at each commit that left work, by LISTEN, and every `pollMs`.
 * After a failure it waits, at first 100 ms, then twice as long up to 5 s.
 */
export function startRelay(options: RelayOptions): Relay {
  const { pool, queues, now, pollMs = 500, batch = BATCH, onError = () => {} } = options
  const bell = openBell()
  let stopped = false

  async function run(): Promise<void> {
    let failures = 0
    while (!stopped) {
      try {
        const sent = await relayOnce(pool, queues, now(), batch)
        failures = 0
        if (sent === 0 && !stopped) await bell.wait(pollMs)
      } catch (error) {
        onError(error as Error)
        failures += 1
        await bell.rest(Math.min(50 * 2 ** failures, 5_000), () => stopped)
      }
    }
  }

  const listener = listen(pool, bell.ring, () => stopped, onError)
  const ended = run()
  return {
    wake: bell.ring,
    async stop() {
      stopped = true
      bell.ring()
      await Promise.all([ended, listener.stop()])
    },
  }
}

/** A wait that can be cut short; a ring that nobody waits for is kept for the next wait. */
function openBell() {
  let rung = false
  let wake: (() => void) | undefined
  async function wait(ms: number): Promise<void> {
    if (!rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    wake = undefined
    rung = false
  }
  return {
    ring() {
      rung = true
      wake?.()
    },
    wait,
    /** Waits the whole time, ringing or not, unless it is to end. */
    async rest(ms: number, isEnding: () => boolean) {
      const end = Date.now() + ms
      for (let left = ms; left > 0 && !isEnding(); left = end - Date.now()) await wait(left)
    },
  }
}

/** Rings at every NOTIFY, and once after each new connection, for what was missed in between. */
function listen(pool: Pool, ring: () => void, isStopped: () => boolean, onError: (error: Error) => void) {
  let client: PoolClient | undefined
  let again: NodeJS.Timeout | undefined
  let connecting: Promise<void> | undefined

  async function connect(): Promise<void> {
    let mine: PoolClient | undefined
    try {
      mine = await pool.connect()
      const lost = (error: Error) => {
        if (client !== mine) return
        client = undefined
        mine?.release(error)
        onError(error)
        retry()
      }
      mine.on('error', lost)
      mine.on('notification', ring)
      await mine.query(`listen ${outbox.OUTBOX_CHANNEL}`)
      if (isStopped()) {
        mine.release(true)
        return
      }
      client = mine
      ring()
    } catch (error) {
      mine?.release(true)
      onError(error as Error)
      retry()
    }
  }
  function retry() {
    if (isStopped()) return
    again = setTimeout(() => {
      connecting = connect()
    }, 1_000)
  }
  connecting = connect()
  return {
    async stop() {
      clearTimeout(again)
      await connecting
      clearTimeout(again)
      const mine = client
      client = undefined
      mine?.release(true) // not to be handed out again: it listens
    },
  }
}
