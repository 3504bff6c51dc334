import t from 'tap'
import { openSandboxClock } from '../../src/embedded/sandbox-clock.ts'
import { inTransaction } from '../../src/storage/database.ts'
import * as outbox from '../../src/storage/outbox.ts'
import { freshDatabase } from '../support/database.ts'

const DAY = 86_400_000
const REGION = '441400'
const now = new Date('2026-11-21T02:00:00Z')
const later = (ms: number) => new Date(now.getTime() + ms)

t.test(
  'work that was left while the clock was ahead does not wait for that time after it went back',
  async (t) => {
    const { pool, url } = await freshDatabase(t)
    const clock = await openSandboxClock(
      pool,
      url,
      () => now,
      (error) => t.fail(error.message),
    )
    t.teardown(() => clock.close())
    const left = async (delayMs: number) =>
      await inTransaction(pool, (tx) =>
        outbox.add(tx, REGION, 'settlement', {}, clock.now(), new Date(clock.now().getTime() + delayMs)),
      )
    const due = async (at: Date) =>
      (await inTransaction(pool, (tx) => outbox.lockUnsent(tx, 'settlement', at, 10))).map(
        (it) => it.outboxId,
      )
    const before = await left(60_000)
    await clock.setOffset(30 * DAY)
    const ahead = await left(0)
    const delayed = await left(60_000)
    const sent = await left(0)
    await inTransaction(pool, (tx) =>
      outbox.markSent(tx, [{ regionCode: REGION, outboxId: sent }], clock.now()),
    )
    t.same(await due(later(0)), [], 'all of it is dated later')
    await clock.setOffset(0)
    t.same(await due(later(0)), [ahead])
    t.same(await due(later(59_999)), [ahead])
    t.same(await due(later(60_000)), [ahead, before, delayed], 'a delay that was meant stays')
    const lost = await inTransaction(pool, (tx) =>
      outbox.lockUnacknowledged(tx, ['settlement'], later(1), 10),
    )
    t.same(
      lost.map(({ outboxId }) => outboxId),
      [sent],
      'what was sent is found when nobody acknowledges it',
    )
  },
)
