import { randomUUID } from 'node:crypto'
import { Client, type Pool } from 'pg'
import t, { type Test } from 'tap'
import { firstSerialOf } from '../../src/domain/restoration.ts'
import { inTransaction, openPool } from '../../src/storage/database.ts'
import { beginDay, beginEpoch, recogniseDatabase } from '../../src/storage/hub-database.ts'
import { RegisterCache } from '../../src/storage/register-cache.ts'
import { readFeed } from '../../src/usecases/feed.ts'
import { freshDatabase } from '../support/database.ts'
import { feedShown } from '../support/feed.ts'
import { NOON, type TestHub, testHub } from '../support/hub.ts'
import { walker } from '../support/journey.ts'

/** A backup: the database as it is now, under another name, dropped when the test ends. */
async function backupOf(t: Test, url: string): Promise<string> {
  const source = new URL(url).pathname.slice(1)
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const admin = new Client({ connectionString: url.replace(/\/[^/]*$/, '/postgres') })
  await admin.connect()
  // A database is copied while nobody is in it; the pool opens its connections again when it needs them.
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [source])
  await admin.query(`create database ${name} template ${source}`)
  t.teardown(async () => {
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
  })
  return url.replace(/\/[^/]*$/, `/${name}`)
}

/** The hub as it goes on with a restored database. */
async function restored(t: Test, hub: TestHub, url: string, now: Date): Promise<TestHub> {
  const pool = openPool(url, 4)
  t.teardown(() => pool.end())
  const { standing } = await recognised(pool, now)
  t.equal(standing, 'restored')
  return Object.create(hub, {
    deps: { value: { ...hub.deps, pool, registers: new RegisterCache() } },
  }) as TestHub
}

const recognised = (pool: Pool, now: Date) =>
  inTransaction(pool, (tx) => recogniseDatabase(tx, 'sandbox', now))

t.test('after a restoration no number is given twice and no reader misses an event', async (t) => {
  const hub = await testHub(t)
  t.match(await recognised(hub.deps.pool, NOON), { standing: 'first', database: { epoch: 0 } })
  t.equal((await recognised(hub.deps.pool, NOON)).standing, 'same')
  const before = await walker(hub).chosen()
  const [backup, again] = [await backupOf(t, hub.url), await backupOf(t, hub.url)]

  // What the backup doesn't know: two more prescriptions, of which the hospital has heard.
  const lost = [(await walker(hub).chosen()).no, (await walker(hub).chosen()).no]
  const reader = { regionCode: '441400', institutionId: hub.world.cast.hospital.institutionId }
  const heard = async (at: TestHub, after?: string) => {
    await feedShown(at.deps.pool)
    return await readFeed(at.deps.pool, reader, after, 100)
  }
  const { next: cursor, entries } = await heard(hub)
  t.same(
    entries.map((entry) => entry.prescriptionNo),
    [before.no, ...lost],
  )

  const second = await restored(t, hub, backup, new Date(NOON.getTime() + 60_000))
  const more = (await walker(second).chosen()).no
  t.notOk([before.no, ...lost].includes(more), 'a number of its own')
  t.match(more, /^441400\d{16}$/)
  const after = await heard(second, cursor)
  t.same(
    after.entries.map(({ prescriptionNo }) => prescriptionNo),
    [more],
    'who goes on with an old cursor hears what is new',
  )
  t.same(
    (await heard(second)).entries.map(({ prescriptionNo }) => prescriptionNo),
    [before.no, more],
    'who begins again hears all that there is',
  )
  await t.rejects(heard(hub, after.next), { code: 'cursor-unknown' }, 'a cursor of a later epoch')

  // The same backup is restored once more, a minute later.
  const third = await restored(t, hub, again, new Date(NOON.getTime() + 120_000))
  const last = (await walker(third).chosen()).no
  t.notOk([before.no, ...lost, more].includes(last))
  const { rows } = await third.deps.pool.query(
    'select min(outbox_id)::float as least from outbox where sent_at is null and outbox_id > 1000000',
  )
  t.ok(rows[0].least > 1_000_000_000, 'outgoing work is not taken for lost work of the same number')
})

t.test('a cursor of the future is refused, one at the end is not', async (t) => {
  const hub = await testHub(t)
  await walker(hub).chosen()
  await feedShown(hub.deps.pool)
  const reader = { regionCode: '441400', institutionId: hub.world.cast.hospital.institutionId }
  const { next } = await readFeed(hub.deps.pool, reader, undefined, 100)
  t.same(await readFeed(hub.deps.pool, reader, next, 100), { entries: [], next })
  await t.rejects(readFeed(hub.deps.pool, reader, '99999999.1', 100), { code: 'cursor-unknown' })
})

t.test(
  'in production each day has its range, which a restoration stays in and a second begin keeps',
  async (t) => {
    const { pool } = await freshDatabase(t)
    const serial = async () =>
      Number((await pool.query("select nextval('prescription_serial') as serial")).rows[0].serial)
    const at = <T>(work: (tx: Parameters<typeof beginDay>[0]) => Promise<T>) => inTransaction(pool, work)
    t.equal(await at((tx) => beginDay(tx, NOON)), 0, 'not before the mode is known')
    await at((tx) => recogniseDatabase(tx, 'production', NOON))
    t.equal(await at((tx) => beginDay(tx, NOON)), 1)
    const first = firstSerialOf('2026-11-22')
    t.equal(await serial(), first)
    t.equal(await at((tx) => beginDay(tx, NOON)), 0, 'once a day')
    t.equal(await serial(), first + 1)
    t.equal(await at((tx) => beginEpoch(tx, NOON)), 1)
    const beyond = await serial()
    t.ok(
      beyond > first + 250 * 36_000 && beyond < first + 25_000_000,
      'beyond what ten hours can have given out',
    )
    const tomorrow = new Date(NOON.getTime() + 86_400_000)
    t.equal(await at((tx) => beginDay(tx, tomorrow)), 1)
    t.equal(await serial(), firstSerialOf('2026-11-23'))
    t.equal(await at((tx) => beginDay(tx, NOON)), 0, 'never back')
  },
)

t.test(
  'a database that was in use before it had ranges begins with a range that it never used',
  async (t) => {
    const { pool } = await freshDatabase(t)
    await inTransaction(pool, (tx) => recogniseDatabase(tx, 'production', NOON))
    await pool.query("select setval('prescription_serial', $1)", [firstSerialOf('2026-11-22') + 40])
    const at = (now: Date) => inTransaction(pool, (tx) => beginDay(tx, now))
    t.equal(await at(NOON), 0)
    t.equal(await at(new Date(NOON.getTime() + 86_400_000)), 1)
  },
)
