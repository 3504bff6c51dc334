import t from 'tap'
import { startSweeps, sweepOnce } from '../../src/queue/sweeper.ts'
import { freshDatabase } from '../support/database.ts'
import { eventually } from './backends.ts'

t.test('of two processes one sweeps at a time, and another sweep is not held up', async (t) => {
  const { pool } = await freshDatabase(t)
  let finish = () => {}
  const held = new Promise<number>((resolve) => {
    finish = () => resolve(3)
  })
  const first = sweepOnce(pool, { name: 'expire', everyMs: 1, run: () => held })
  t.teardown(() => finish())
  // Other tests have advisory locks in other databases of the same server.
  const locks = `select from pg_locks join pg_database on pg_database.oid = database
    where locktype = 'advisory' and datname = current_database()`
  await eventually(async () => (await pool.query(locks)).rowCount === 1)
  t.equal(await sweepOnce(pool, { name: 'expire', everyMs: 1, run: async () => 1 }), undefined)
  t.equal(await sweepOnce(pool, { name: 'purge', everyMs: 1, run: async () => 1 }), 1)
  finish()
  t.equal(await first, 3)
  t.equal(await sweepOnce(pool, { name: 'expire', everyMs: 1, run: async () => 2 }), 2, 'free again')
})

t.test('a failed sweep frees its lock, is reported and comes round again', async (t) => {
  const { pool } = await freshDatabase(t)
  let runs = 0
  const errors: string[] = []
  const swept: number[] = []
  const run = async () => {
    runs += 1
    if (runs === 1) throw new Error('once')
    return runs
  }
  const sweeps = startSweeps([{ name: 'expire', everyMs: 10, run }], {
    pool,
    onError: (error, name) => errors.push(`${name} ${error.message}`),
    onSwept: (_name, changed) => swept.push(changed),
  })
  t.teardown(() => sweeps.stop())
  await eventually(() => swept.length >= 2)
  await sweeps.stop()
  t.same(errors, ['expire once'])
  t.same(swept.slice(0, 2), [2, 3])
  const before = runs
  await new Promise((resolve) => setTimeout(resolve, 50))
  t.equal(runs, before, 'stopped')
})

t.test('stopping waits for the sweep that runs', async (t) => {
  const { pool } = await freshDatabase(t)
  let isRunning = false
  let hasEnded = false
  const run = async () => {
    isRunning = true
    await new Promise((resolve) => setTimeout(resolve, 200))
    hasEnded = true
    return 0
  }
  const sweeps = startSweeps([{ name: 'expire', everyMs: 60_000, run }], { pool })
  await eventually(() => isRunning)
  await sweeps.stop()
  t.equal(hasEnded, true)
})
