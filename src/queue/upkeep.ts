import type { Pool } from 'pg'
import { purgeSent } from '../storage/outbox.ts'
import { requeueLost } from './lost-work.ts'
import type { Queues } from './queues.ts'
import type { Sweep } from './sweeper.ts'

const MINUTE = 60_000
/** Twice this is well inside the minute after which a pharmacy may go on without its settlement. */
const LOST_AFTER = 15_000
const DAY = 86_400_000
/** Entries removed in one statement, so that none runs long. */
const PURGE = 5_000

export interface UpkeepOptions {
  readonly pool: Pool
  readonly queues: Queues
  readonly now: () => Date
  /** Milliseconds since sending before an entry is looked for in the queue. */
  readonly lostAfterMs?: number
  /** Days for which acknowledged entries stay. */
  readonly keepDays?: number
}

/** The sweeps that the outbox itself needs: finding lost work, and removing what was done long ago. */
export function outboxSweeps(options: UpkeepOptions): Sweep[] {
  const { pool, queues, now, lostAfterMs = LOST_AFTER, keepDays = 7 } = options
  return [
    { name: 'outbox-lost', everyMs: LOST_AFTER, run: () => requeueLost(pool, queues, now(), lostAfterMs) },
    {
      name: 'outbox-purge',
      everyMs: 60 * MINUTE,
      async run() {
        const before = new Date(now().getTime() - keepDays * DAY)
        let total = 0
        for (let removed = PURGE; removed === PURGE; total += removed) {
          removed = await purgeSent(pool, before, PURGE)
        }
        return total
      },
    },
  ]
}
