import t from 'tap'
import { requeueLost } from '../../src/queue/lost-work.ts'
import { startRelay } from '../../src/queue/outbox-relay.ts'
import { queueMetrics, queueProbe } from '../../src/queue/queue-health.ts'
import { startWorker } from '../../src/queue/worker.ts'
import { aBench, doneCount, eventually, leave, now } from './backends.ts'
import { aRedisServer } from './redis-server.ts'

const skip = process.env['TEST_REDIS_URL'] === undefined ? 'no Redis here' : false

t.test(
  'Redis away at the start, comes up, dies with jobs in it, is back empty: each entry is done',
  { skip },
  async (t) => {
    const server = await aRedisServer(t)
    const { pool, queues } = await aBench(t, 'redis', { redisUrl: server.url, attempts: 12 })
    let late = 0
    const clock = () => new Date(now.getTime() + late)
    const times = new Map<string, number>()
    let isStuck = false
    await startWorker(
      queues,
      'settlement',
      async ({ outboxId }) => {
        if (isStuck) throw new Error('not now')
        times.set(outboxId, (times.get(outboxId) ?? 0) + 1)
      },
      { pool, now: clock },
    )
    const relay = startRelay({ pool, queues, now: clock, pollMs: 50 })
    t.teardown(() => relay.stop())
    const ids = await leave(pool, 5)
    await new Promise((resolve) => setTimeout(resolve, 200))
    t.same(await queueProbe(queues), { backend: 'redis', isReady: false }, 'away')
    t.same(await queueMetrics(queues, now), [])
    t.equal((await pool.query('select from outbox where sent_at is null')).rowCount, 5, 'entries wait')
    t.equal(await requeueLost(pool, queues, now, 0), 0, 'nothing is taken for lost while nothing is known')

    await server.start()
    await eventually(async () => (await doneCount(pool)) === 5)
    t.same(await queueProbe(queues), { backend: 'redis', isReady: true }, 'came up')

    await server.stop()
    await eventually(() => !queues.backend.ready())
    ids.push(...(await leave(pool, 5)))
    await new Promise((resolve) => setTimeout(resolve, 200))
    t.equal((await pool.query('select from outbox where sent_at is null')).rowCount, 5, 'entries wait again')

    isStuck = true
    await server.start()
    await eventually(
      async () => (await pool.query('select from outbox where sent_at is null')).rowCount === 0,
    )
    await server.stop() // with the sent jobs in it, waiting for their next try
    isStuck = false
    await server.start()
    late = 1
    const requeue = async () => {
      await requeueLost(pool, queues, clock(), 0).catch(() => {}) // still away
      return (await doneCount(pool)) === 10
    }
    await eventually(requeue, 20_000)
    t.same([...times.keys()].sort(), [...ids].sort())
    t.same([...new Set(times.values())], [1])
  },
)

t.test('closing ends although Redis never came', { skip }, async (t) => {
  const server = await aRedisServer(t)
  const { pool, queues } = await aBench(t, 'redis', { redisUrl: server.url })
  await startWorker(queues, 'settlement', async () => {}, { pool, now: () => now })
  const start = Date.now()
  await queues.close(300)
  t.ok(Date.now() - start < 5_000)
})
