import t from 'tap'
import { relayOnce } from '../../src/queue/outbox-relay.ts'
import { outboxSweeps } from '../../src/queue/upkeep.ts'
import { aBench, leave, now } from './backends.ts'

t.test('done work is purged after its days, work that is not done never', async (t) => {
  const { pool, queues } = await aBench(t, 'postgres')
  await leave(pool, 2)
  await relayOnce(pool, queues, now)
  await pool.query('update outbox set done_at = $1 where outbox_id = 1', [now])
  let clock = new Date(now.getTime() + 7 * 86_400_000)
  const purge = outboxSweeps({ pool, queues, now: () => clock }).find(
    (sweep) => sweep.name === 'outbox-purge',
  )!
  t.equal(await purge.run(), 0, 'seven days to the millisecond')
  clock = new Date(clock.getTime() + 1)
  t.equal(await purge.run(), 1)
  t.same((await pool.query('select outbox_id from outbox')).rows, [{ outbox_id: '2' }])
})
