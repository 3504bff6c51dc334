import t from 'tap'
import { Problem } from '../../src/domain/problems.ts'
import { relayOnce } from '../../src/queue/outbox-relay.ts'
import { jobIdOf } from '../../src/queue/queues.ts'
import { reasonOf, startWorker } from '../../src/queue/worker.ts'
import { inTransaction } from '../../src/storage/database.ts'
import { listFailed, resolveFailed, retryFailed } from '../../src/storage/failed-job.ts'
import { aBench, doneCount, eventually, leave, now, onBoth, REGION } from './backends.ts'

const clock = () => now
const keyOf = (outboxId: string | undefined) => ({ regionCode: REGION, outboxId: outboxId as string })

onBoth('MZ-6.7 a refusal is final: tried once, recorded with its code', async (t, kind) => {
  const { pool, queues } = await aBench(t, kind)
  let calls = 0
  await startWorker(
    queues,
    'settlement',
    async () => {
      calls += 1
      throw new Problem('rules-failed')
    },
    { pool, now: clock },
  )
  const [id] = await leave(pool)
  await relayOnce(pool, queues, now)
  const queue = queues.queue('settlement')
  await eventually(async () => (await queue.getJobState(jobIdOf(keyOf(id)))) === 'failed')
  await new Promise((resolve) => setTimeout(resolve, 150)) // several times the wait before a second try
  t.equal(await queue.getJobState(jobIdOf(keyOf(id))), 'failed', 'not delayed for another try')
  t.equal(calls, 1)
  t.match(await listFailed(pool), [
    { outboxId: id, kind: 'refusal', reason: 'rules-failed', attempts: 1, queue: 'settlement' },
  ])
})

onBoth(
  'MZ-6.7 a fault is tried as often as allowed, then waits for an operator, who can retry',
  async (t, kind) => {
    const { pool, queues } = await aBench(t, kind, { attempts: 3 })
    let calls = 0
    let isMended = false
    const exhausted: string[] = []
    await startWorker(
      queues,
      'settlement',
      async () => {
        calls += 1
        if (!isMended) throw new TypeError('of 张三, 44140219800101001X')
      },
      {
        pool,
        now: clock,
        onExhausted: async (_tx, job, failure) => void exhausted.push(`${job.outboxId} ${failure.reason}`),
      },
    )
    const [id] = await leave(pool)
    await relayOnce(pool, queues, now)
    const queue = queues.queue('settlement')
    await eventually(async () => (await queue.getJobState(jobIdOf(keyOf(id)))) === 'failed')
    t.equal(calls, 3)
    t.match(await listFailed(pool), [{ outboxId: id, kind: 'fault', reason: 'TypeError', attempts: 3 }])
    t.same(exhausted, [`${id} TypeError`], 'the owner was told once')
    const job = await queue.getJob(jobIdOf(keyOf(id)))
    t.notMatch(
      JSON.stringify(job),
      /张三|44140219800101001X/,
      'and the queue learnt nothing about the person',
    )

    isMended = true
    t.equal(await inTransaction(pool, (tx) => retryFailed(tx, keyOf(id), 'operator-7', now)), true)
    t.equal(await relayOnce(pool, queues, now), 1)
    await eventually(async () => (await doneCount(pool)) === 1)
    t.equal(calls, 4)
    t.same(await listFailed(pool), [], 'nothing is open')
    t.match(await listFailed(pool, { withResolved: true }), [
      { resolution: 'retried', resolvedBy: 'operator-7' },
    ])
    t.equal(
      await inTransaction(pool, (tx) => retryFailed(tx, keyOf(id), 'operator-7', now)),
      false,
      'nor twice',
    )
  },
)

onBoth('MZ-6.7 what an operator closed by hand is never run again', async (t, kind) => {
  const { pool, queues } = await aBench(t, kind, { attempts: 1 })
  let calls = 0
  await startWorker(
    queues,
    'settlement',
    async () => {
      calls += 1
      throw new Error('insurer away')
    },
    { pool, now: clock },
  )
  const [id] = await leave(pool)
  await relayOnce(pool, queues, now)
  await eventually(async () => (await listFailed(pool)).length === 1)
  const close = () =>
    inTransaction(pool, (tx) => resolveFailed(tx, keyOf(id), 'done-by-hand', 'operator-7', now))
  t.equal(await close(), true)
  t.equal(await close(), false)
  const queue = queues.queue('settlement')
  // The failure is recorded a moment before the queue lets go of the job; a job that runs can't be removed.
  await eventually(async () => (await queue.getJobState(jobIdOf(keyOf(id)))) === 'failed')
  await queue.remove(jobIdOf(keyOf(id)))
  await queue.add('settlement', { ...keyOf(id), body: {} }, { jobId: jobIdOf(keyOf(id)) }) // a late second delivery
  await eventually(async () => (await queue.getJobState(jobIdOf(keyOf(id)))) === 'completed')
  t.equal(calls, 1)
})

onBoth('the record of a failure and what its owner does about it are one transaction', async (t, kind) => {
  const { pool, queues, errors } = await aBench(t, kind, { attempts: 1 })
  await startWorker(
    queues,
    'settlement',
    async () => {
      throw new Problem('wrong-state')
    },
    {
      pool,
      now: clock,
      onExhausted: async () => {
        throw new Error('deferral failed')
      },
    },
  )
  const [id] = await leave(pool)
  await relayOnce(pool, queues, now)
  await eventually(
    async () => (await queues.queue('settlement').getJobState(jobIdOf(keyOf(id)))) === 'failed',
  )
  t.same(await listFailed(pool), [], 'neither')
  t.ok(errors.some((error) => error.message === 'deferral failed'))
})

onBoth('a worker killed in the middle: its job runs again and the effect is single', async (t, kind) => {
  const { pool, queues, reopen } = await aBench(t, kind)
  const doomed = await reopen()
  const effect = async (outboxId: string) => {
    await pool.query('insert into effect (outbox_id) values ($1) on conflict do nothing', [outboxId])
  }
  const fast = { pool, now: clock, lockMs: 400, stalledCheckMs: 200 }
  let firstRuns = 0
  const first = await startWorker(
    doomed,
    'settlement',
    async ({ outboxId }) => {
      firstRuns += 1
      await effect(outboxId)
      await new Promise((resolve) => setTimeout(resolve, 60_000).unref()) // never acknowledges
    },
    fast,
  )
  await leave(pool)
  await relayOnce(pool, queues, now)
  await eventually(async () => (await pool.query('select from effect')).rowCount === 1)
  await first.close(true)
  t.equal(await doneCount(pool), 0)

  let secondRuns = 0
  await startWorker(
    queues,
    'settlement',
    async ({ outboxId }) => {
      secondRuns += 1
      await effect(outboxId)
    },
    fast,
  )
  await eventually(async () => (await doneCount(pool)) === 1)
  t.same([firstRuns, secondRuns], [1, 1])
  t.equal((await pool.query('select from effect')).rowCount, 1)
})

onBoth('an entry that kills its workers is given up instead of killing for ever', async (t, kind) => {
  const { pool, queues } = await aBench(t, kind)
  const [id] = await leave(pool)
  await pool.query('update outbox set attempts = 3')
  await relayOnce(pool, queues, now) // the fourth delivery
  let calls = 0
  await startWorker(
    queues,
    'settlement',
    async () => {
      calls += 1
    },
    {
      pool,
      now: clock,
      maxDeliveries: 3,
    },
  )
  await eventually(async () => (await listFailed(pool)).length === 1)
  t.match(await listFailed(pool), [{ outboxId: id, reason: 'too-many-deliveries' }])
  t.equal(calls, 0)
})

onBoth('losing its worker counts as a delivery', async (t, kind) => {
  const { pool, queues, reopen } = await aBench(t, kind)
  const doomed = await reopen()
  const fast = { pool, now: clock, lockMs: 400, stalledCheckMs: 200, maxDeliveries: 1 }
  let runs = 0
  const first = await startWorker(
    doomed,
    'settlement',
    async () => {
      runs += 1
      await new Promise((resolve) => setTimeout(resolve, 60_000).unref())
    },
    fast,
  )
  const [id] = await leave(pool)
  await relayOnce(pool, queues, now)
  await eventually(() => runs === 1)
  await first.close(true)
  await startWorker(
    queues,
    'settlement',
    async () => {
      runs += 1
    },
    fast,
  )
  await eventually(async () => (await listFailed(pool)).length === 1)
  t.match(await listFailed(pool), [{ outboxId: id, reason: 'too-many-deliveries', attempts: 2 }])
  t.equal(runs, 1)
})

onBoth('closing waits for the job that runs, and takes no further one', async (t, kind) => {
  const { pool, queues } = await aBench(t, kind)
  let started = 0
  await startWorker(
    queues,
    'settlement',
    async () => {
      started += 1
      await new Promise((resolve) => setTimeout(resolve, 300))
    },
    { pool, now: clock, concurrency: 1 },
  )
  await leave(pool, 3)
  await relayOnce(pool, queues, now)
  await eventually(() => started === 1)
  await queues.close()
  t.equal(await doneCount(pool), 1)
  t.equal(started, 1)
})

t.test('a reason never carries a message', async (t) => {
  t.equal(reasonOf(new Problem('rules-failed')), 'rules-failed')
  t.equal(reasonOf(Object.assign(new Error('张三'), { code: '23505' })), '23505')
  t.equal(reasonOf(new RangeError('张三')), 'RangeError')
  t.equal(reasonOf(Object.assign(new Error('x'), { code: '张三', name: '李四' })), 'unknown')
  t.equal(reasonOf('张三'), 'unknown')
})
