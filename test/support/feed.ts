import { setTimeout } from 'node:timers/promises'
import type { Queryable } from '../../src/storage/database.ts'

/**
 * Waits until the feed shows everything that is committed: an entry is shown once every older transaction of the
 * server has ended, those of other tests' databases included.
 *
 * @throws Error when one has not ended after 30 s
 */
export async function feedShown(db: Queryable): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const { rows } = await db.query<{ all: boolean }>(
      'select not exists (select from feed_entry where xact >= feed_place((select epoch from hub_database), pg_snapshot_xmin(pg_current_snapshot()))) as all',
    )
    if (rows[0]?.all) return
    await setTimeout(50)
  }
  throw new Error('a transaction of another test has not ended')
}
