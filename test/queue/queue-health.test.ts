import t from 'tap'
import { relayOnce } from '../../src/queue/outbox-relay.ts'
import { queueMetrics, queueProbe } from '../../src/queue/queue-health.ts'
import { openQueues } from '../../src/queue/queues.ts'
import { startWorker } from '../../src/queue/worker.ts'
import { aBench, eventually, leave, now, onBoth } from './backends.ts'

onBoth('jobs are counted by state and the oldest is the one that waits longest', async (t, kind) => {
  const { pool, queues } = await aBench(t, kind, { attempts: 1 })
  t.same(await queueProbe(queues), { backend: kind, isReady: true })
  await leave(pool, 1)
  await relayOnce(pool, queues, now)
  const first = Date.now()
  await new Promise((resolve) => setTimeout(resolve, 300))
  await leave(pool, 2)
  await relayOnce(pool, queues, now)
  const [settlement, notice] = await queueMetrics(queues, new Date(first + 1_000))
  t.match(settlement, { queue: 'settlement', waiting: 3, active: 0, delayed: 0, failed: 0 })
  t.ok(settlement!.oldestWaitingMs >= 1_000, `the first, not the last: ${settlement!.oldestWaitingMs}`)
  t.match(notice, { queue: 'notice', waiting: 0, oldestWaitingMs: 0 })

  await startWorker(
    queues,
    'settlement',
    async () => {
      throw new Error('x')
    },
    { pool, now: () => now },
  )
  await eventually(async () => (await queueMetrics(queues, now))[0]!.failed === 3)
})

t.test('an unfit prefix, an unknown queue and too many workers are mistakes said at once', async (t) => {
  const { pool, queues, url } = await aBench(t, 'postgres')
  const backend = { kind: 'postgres', databaseUrl: url } as const
  await t.rejects(openQueues({ backend, names: ['a'], prefix: 'a:b' }))
  await t.rejects(startWorker(queues, 'settlements', async () => {}, { pool, now: () => now }))
  for (let n = 0; n < 4; n += 1) await startWorker(queues, 'notice', async () => {}, { pool, now: () => now })
  await t.rejects(
    startWorker(queues, 'notice', async () => {}, { pool, now: () => now }),
    /maxWorkers/,
  )
})
