import t from 'tap'
import { inTransaction } from '../../src/storage/database.ts'
import * as outbox from '../../src/storage/outbox.ts'
import { freshDatabase } from '../support/database.ts'

const now = new Date('2026-11-21T02:00:00Z')
const at = (ms: number) => new Date(now.getTime() + ms)
const REGION = '441400'

t.test('an entry exists when its transaction commits, and not when it is rolled back', async (t) => {
  const { pool } = await freshDatabase(t)
  await t.rejects(
    inTransaction(pool, async (tx) => {
      await outbox.add(tx, REGION, 'settlement', { prescriptionNo: 'P1' }, now)
      throw new Error('roll back')
    }),
  )
  await inTransaction(pool, (tx) => outbox.add(tx, REGION, 'settlement', { prescriptionNo: 'P2' }, now))
  const entries = await inTransaction(pool, (tx) => outbox.lockUnsent(tx, 'settlement', now, 10))
  t.match(entries, [{ regionCode: REGION, queue: 'settlement', body: { prescriptionNo: 'P2' }, attempts: 0 }])
})

t.test('several entries keep their order and a bound in the past is now', async (t) => {
  const { pool } = await freshDatabase(t)
  const entries = ['A', 'B', 'C'].map((prescriptionNo) => ({
    regionCode: REGION,
    queue: 'settlement',
    body: { prescriptionNo },
    ...(prescriptionNo === 'B' && { availableAt: at(-5_000) }),
  }))
  const ids = await inTransaction(pool, (tx) => outbox.addAll(tx, entries, now))
  const found = await inTransaction(pool, (tx) => outbox.lockUnsent(tx, 'settlement', now, 10))
  t.same(
    found.map((entry) => [entry.outboxId, entry.body]),
    entries.map((entry, index) => [ids[index], entry.body]),
  )
})

t.test('two who lock at once get different entries', async (t) => {
  const { pool } = await freshDatabase(t)
  const body = { prescriptionNo: 'P' }
  const entries = Array.from({ length: 4 }, () => ({ regionCode: REGION, queue: 'settlement', body }))
  await inTransaction(pool, (tx) => outbox.addAll(tx, entries, now))
  await inTransaction(pool, async (one) => {
    const mine = await outbox.lockUnsent(one, 'settlement', now, 3)
    const theirs = await inTransaction(pool, (two) => outbox.lockUnsent(two, 'settlement', now, 3))
    t.equal(mine.length, 3)
    t.equal(theirs.length, 1)
    t.notOk(mine.some((entry) => entry.outboxId === theirs[0]?.outboxId))
  })
})

t.test('an entry goes from open to sent to done, each once, and is purged after its time', async (t) => {
  const { pool } = await freshDatabase(t)
  const outboxId = await inTransaction(pool, (tx) => outbox.add(tx, REGION, 'settlement', {}, now))
  const key = { regionCode: REGION, outboxId }
  t.match(await outbox.lag(pool, at(2_000)), { unsent: 1, oldestUnsentMs: 2_000, unacknowledged: 0 })
  await inTransaction(pool, (tx) => outbox.markSent(tx, [key], at(10)))
  t.match(await outbox.lag(pool, at(1_010)), { unsent: 0, unacknowledged: 1, oldestUnacknowledgedMs: 1_000 })
  t.match(await outbox.findOpen(pool, key), { attempts: 1 })
  t.equal(await outbox.markDone(pool, key, at(20)), true)
  t.equal(await outbox.markDone(pool, key, at(30)), false, 'said twice')
  t.equal(await outbox.findOpen(pool, key), undefined)
  t.match(await outbox.lag(pool, at(2_000)), { unsent: 0, unacknowledged: 0, oldestUnsentMs: 0 })
  t.equal(await outbox.purgeSent(pool, at(20), 10), 0)
  t.equal(await outbox.purgeSent(pool, at(21), 10), 1)
})

t.test('what is done is never put back', async (t) => {
  const { pool } = await freshDatabase(t)
  const outboxId = await inTransaction(pool, (tx) => outbox.add(tx, REGION, 'settlement', {}, now))
  const key = { regionCode: REGION, outboxId }
  await inTransaction(pool, (tx) => outbox.markSent(tx, [key], now))
  await inTransaction(pool, (tx) => outbox.putBack(tx, [key], at(5)))
  t.match(await outbox.lag(pool, at(5)), { unsent: 1, unacknowledged: 0 })
  await outbox.markDone(pool, key, at(6))
  await inTransaction(pool, (tx) => outbox.putBack(tx, [key], at(7)))
  t.match(await outbox.lag(pool, at(7)), { unsent: 0, unacknowledged: 0 })
})
