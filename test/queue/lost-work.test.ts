import t from 'tap'
import { requeueLost } from '../../src/queue/lost-work.ts'
import { relayOnce } from '../../src/queue/outbox-relay.ts'
import { startWorker } from '../../src/queue/worker.ts'
import { aBench, type Bench, doneCount, eventually, leave, now, onBoth } from './backends.ts'
import { aRedisServer } from './redis-server.ts'

const later = (ms: number) => new Date(now.getTime() + ms)
const AGE = 60_000

/** A bench whose queue can be wiped without touching other tests. */
async function aBenchToWipe(t: Parameters<typeof aBench>[0], kind: 'postgres' | 'redis') {
  if (kind === 'postgres') {
    const bench = await aBench(t, kind)
    return { bench, wipe: async () => void (await bench.pool.query('truncate bullmq.job cascade')) }
  }
  const server = await aRedisServer(t)
  await server.start()
  const bench = await aBench(t, kind, { redisUrl: server.url })
  await eventually(() => bench.queues.backend.ready())
  return { bench, wipe: server.wipe }
}

/** Handles every entry by counting it. */
async function count({ pool, queues }: Bench): Promise<Map<string, number>> {
  const times = new Map<string, number>()
  await startWorker(
    queues,
    'settlement',
    async ({ outboxId }) => void times.set(outboxId, (times.get(outboxId) ?? 0) + 1),
    {
      pool,
      now: () => now,
    },
  )
  return times
}

onBoth('a queue wiped in the middle loses nothing', async (t, kind) => {
  const { bench, wipe } = await aBenchToWipe(t, kind)
  const { pool, queues } = bench
  const ids = await leave(pool, 20)
  await relayOnce(pool, queues, now)
  await wipe()
  t.equal(await queues.queue('settlement').getJobCountByTypes('waiting'), 0)
  ids.push(...(await leave(pool, 5)))
  await relayOnce(pool, queues, later(1))

  t.equal(await requeueLost(pool, queues, later(AGE), AGE), 0, 'sent exactly the time ago: not yet')
  t.equal(await requeueLost(pool, queues, later(AGE + 2), AGE), 20, 'what is still in the queue stays there')
  t.equal(await relayOnce(pool, queues, later(AGE + 2)), 20)
  const times = await count(bench)
  await eventually(async () => (await doneCount(pool)) === 25)
  t.same([...times.keys()].sort(), [...ids].sort())
  t.same([...new Set(times.values())], [1])
})

onBoth('a job that ended without its record is run again', async (t, kind) => {
  const { bench } = await aBenchToWipe(t, kind)
  const { pool, queues } = bench
  await leave(pool)
  await relayOnce(pool, queues, now)
  const times = await count(bench)
  await eventually(async () => (await doneCount(pool)) === 1)
  const queue = queues.queue('settlement')
  await eventually(async () => (await queue.getJobCountByTypes('completed')) === 1)
  await pool.query('update outbox set done_at = null') // as if the database were restored from a moment before
  t.equal(await requeueLost(pool, queues, later(AGE + 1), AGE), 1)
  await relayOnce(pool, queues, later(AGE + 1))
  await eventually(async () => (await doneCount(pool)) === 1)
  t.same([...times.values()], [2])
})

t.test('MZ-6.7 what waits for an operator is not put back', async (t) => {
  const { pool, queues } = await aBench(t, 'postgres', { attempts: 1 })
  await startWorker(
    queues,
    'settlement',
    async () => {
      throw new Error('insurer away')
    },
    { pool, now: () => now },
  )
  await leave(pool)
  await relayOnce(pool, queues, now)
  await eventually(async () => (await pool.query('select from failed_job')).rowCount === 1)
  await eventually(async () => (await queues.queue('settlement').getJobCountByTypes('failed')) === 1)
  t.equal(await requeueLost(pool, queues, later(AGE + 1), AGE), 0)
})
