import t from 'tap'
import { relayOnce, startRelay } from '../../src/queue/outbox-relay.ts'
import { jobIdOf } from '../../src/queue/queues.ts'
import { startWorker } from '../../src/queue/worker.ts'
import { inTransaction } from '../../src/storage/database.ts'
import * as outbox from '../../src/storage/outbox.ts'
import { aBench, doneCount, eventually, leave, now, onBoth, REGION } from './backends.ts'

const clock = () => now

onBoth('two relays and two workers deliver 500 entries, each once', async (t, kind) => {
  const { pool, queues, reopen } = await aBench(t, kind)
  const others = await reopen()
  const times = new Map<string, number>()
  const handler = async ({ outboxId }: { outboxId: string }) => {
    times.set(outboxId, (times.get(outboxId) ?? 0) + 1)
  }
  await startWorker(queues, 'settlement', handler, { pool, now: clock, concurrency: 8 })
  await startWorker(others, 'settlement', handler, { pool, now: clock, concurrency: 8 })
  const relays = [queues, others].map((one) =>
    startRelay({ pool, queues: one, now: clock, pollMs: 50, batch: 20 }),
  )
  t.teardown(() => Promise.all(relays.map((relay) => relay.stop())))

  const ids: string[] = []
  for (let batch = 0; batch < 10; batch += 1) ids.push(...(await leave(pool, 50)))
  await eventually(async () => (await doneCount(pool)) === 500, 30_000)
  t.same([...times.keys()].sort(), [...ids].sort(), 'every entry')
  t.same([...new Set(times.values())], [1], 'and none twice')
})

onBoth('an entry that is sent twice becomes one job and has one effect', async (t, kind) => {
  const { pool, queues } = await aBench(t, kind)
  const [id] = await leave(pool)
  t.equal(await relayOnce(pool, queues, now), 1)
  await pool.query('update outbox set sent_at = null') // the relay died between sending and noting it
  t.equal(await relayOnce(pool, queues, now), 1)
  t.equal(await queues.queue('settlement').getJobCountByTypes('waiting'), 1, 'one job')

  let calls = 0
  await startWorker(
    queues,
    'settlement',
    async () => {
      calls += 1
    },
    { pool, now: clock },
  )
  await eventually(async () => (await doneCount(pool)) === 1)
  const queue = queues.queue('settlement')
  await eventually(
    async () => (await queue.getJobState(jobIdOf({ regionCode: REGION, outboxId: id! }))) === 'completed',
  )
  await pool.query('update outbox set sent_at = null, done_at = null, attempts = 0')
  await relayOnce(pool, queues, now)
  t.equal(await queue.getJobCountByTypes('waiting', 'active', 'delayed'), 0, 'a finished job is recognised')
  t.equal(calls, 1)
})

onBoth('a commit wakes the relay long before it would look by itself', async (t, kind) => {
  const { pool, queues } = await aBench(t, kind)
  const order: string[] = []
  await startWorker(queues, 'settlement', async () => void order.push('handled'), { pool, now: clock })
  const relay = startRelay({ pool, queues, now: clock, pollMs: 60_000 })
  t.teardown(() => relay.stop())
  const listening = async () =>
    (
      await pool.query(
        `select 1 from pg_stat_activity where datname = current_database() and query = 'listen hub_outbox'`,
      )
    ).rowCount === 1
  await eventually(listening)
  await new Promise((resolve) => setTimeout(resolve, 100)) // its first look has found nothing
  await inTransaction(pool, async (tx) => {
    await outbox.add(tx, REGION, 'settlement', { prescriptionNo: 'P1' }, now)
    await new Promise((resolve) => setTimeout(resolve, 100))
    order.push('committed')
  })
  await eventually(() => order.length === 2)
  t.same(order, ['committed', 'handled'])
})

t.test('a relay that is woken sees work committed without a NOTIFY', async (t) => {
  const { pool, queues } = await aBench(t, 'postgres')
  const relay = startRelay({ pool, queues, now: clock, pollMs: 60_000 })
  t.teardown(() => relay.stop())
  await eventually(
    async () =>
      (
        await pool.query(
          `select from pg_stat_activity where datname = current_database() and query = 'listen hub_outbox'`,
        )
      ).rowCount === 1,
  )
  await new Promise((resolve) => setTimeout(resolve, 100))
  await pool.query(
    `insert into outbox (region_code, queue, body, created_at, available_at) values ($1, 'notice', '{}', $2, $2)`,
    [REGION, now],
  )
  relay.wake()
  await eventually(
    async () => (await pool.query('select from outbox where sent_at is not null')).rowCount === 1,
  )
})

onBoth('an entry that is due later, or for a queue that is not known, waits', async (t, kind) => {
  const { pool, queues } = await aBench(t, kind)
  const due = new Date(now.getTime() + 60_000)
  await inTransaction(pool, async (tx) => {
    await outbox.add(tx, REGION, 'settlement', { prescriptionNo: 'P1' }, now, due)
    await outbox.add(tx, REGION, 'of-a-later-version', { prescriptionNo: 'P2' }, now)
  })
  t.equal(await relayOnce(pool, queues, new Date(due.getTime() - 1)), 0)
  t.equal(await relayOnce(pool, queues, due), 1)
})

t.test('the relay finds its way back after its connections were cut', async (t) => {
  const { pool, queues } = await aBench(t, 'postgres')
  const errors: Error[] = []
  let handled = 0
  await startWorker(
    queues,
    'settlement',
    async () => {
      handled += 1
    },
    { pool, now: clock },
  )
  const relay = startRelay({ pool, queues, now: clock, pollMs: 100, onError: (e) => errors.push(e) })
  t.teardown(() => relay.stop())
  await leave(pool)
  await eventually(() => handled === 1)
  await pool.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  await eventually(async () => {
    try {
      await leave(pool)
      return true
    } catch {
      return false
    }
  })
  await eventually(() => handled === 2, 20_000)
  t.ok(errors.length > 0, 'and reported it')
})
