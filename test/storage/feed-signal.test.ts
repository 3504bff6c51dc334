import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { FeedSignal } from '../../src/storage/feed-signal.ts'
import { freshDatabase } from '../support/database.ts'

/** Waits until something holds; the test's own timeout is the end of patience. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10)
}

t.test('subscribers are woken when a lost connection is back, and hear again from then on', async (t) => {
  const { pool } = await freshDatabase(t)
  const lost: Error[] = []
  const signal = new FeedSignal(pool, (error) => lost.push(error))
  t.teardown(() => signal.close())
  let woken = 0
  let others = 0
  signal.subscribe('P1', () => {
    woken += 1
  })
  const leave = signal.subscribe('P2', () => {
    others += 1
  })
  await until(() => woken === 1)
  await pool.query("select pg_notify('feed', 'P1')")
  await until(() => woken === 2)
  t.equal(others, 1, 'only who is meant')
  leave()

  await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
                     where datname = current_database() and query = 'listen "feed"'`)
  await until(() => lost.length > 0)
  await pool.query("select pg_notify('feed', 'P1')")
  await until(() => woken === 3)
  t.pass('whatever was announced while nobody listened is looked for')
  await pool.query("select pg_notify('feed', 'P1')")
  await until(() => woken === 4)
  t.equal(others, 1, 'who has left is not woken')
})
