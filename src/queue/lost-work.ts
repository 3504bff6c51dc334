import type { Pool } from 'pg'
import { inTransaction } from '../storage/database.ts'
import * as outbox from '../storage/outbox.ts'
import { jobStateOf, type Queues } from './queues.ts'

const PAGE = 200

/** States in which a job still gets to a worker by itself. */
const ALIVE = new Set(['waiting', 'active', 'delayed', 'prioritized', 'waiting-children', 'paused'])

/**
 * Puts back what was sent long ago, was never acknowledged, and won't come to a worker by itself any more:
 * the queue was wiped or restored from an old copy, or a worker died between its last try and its record.
 *
 * The outbox, not the queue, is the truth. Run it every now and then. An entry that runs again although it had
 * an effect is stopped by the consumer's stored key.
 *
 * @param olderThanMs milliseconds since sending before an entry is looked at
 * @returns how many were put back; 0 also while the queue's server is away, because then nothing is known
 */
export async function requeueLost(
  pool: Pool,
  queues: Queues,
  now: Date,
  olderThanMs: number,
): Promise<number> {
  const sentBefore = new Date(now.getTime() - olderThanMs)
  let total = 0
  let after = '0'
  while (queues.backend.ready()) {
    const page = await inTransaction(pool, async (tx) => {
      const entries = await outbox.lockUnacknowledged(tx, queues.names, sentBefore, PAGE, after)
      const states = await Promise.all(entries.map((entry) => jobStateOf(queues, entry)))
      const lost = entries.filter((_, index) => !ALIVE.has(states[index] as string))
      if (lost.length > 0) await outbox.putBack(tx, lost, now)
      return { lost: lost.length, seen: entries.length, last: entries.at(-1)?.outboxId }
    })
    total += page.lost
    if (page.seen < PAGE) break
    after = page.last as string
  }
  return total
}
