import type { Pool } from 'pg'
import t from 'tap'
import { readFeed } from '../../../src/usecases/feed.ts'
import { takePrescription } from '../../../src/usecases/take-prescription.ts'
import { feedShown } from '../../support/feed.ts'
import { aWrite } from '../../support/hub.ts'
import { hubApp } from '../../support/hub-app.ts'
import { walker } from '../../support/journey.ts'

t.test('the feed tells a hospital of its own prescriptions only, page by page, each once', async (t) => {
  const { hub, as } = await hubApp(t)
  const walk = walker(hub)
  const { no } = await walk.reviewed()
  const hospital = hub.hospital()
  await feedShown(hub.deps.pool)
  const first = (await as(hospital, 'GET', '/hospital/events?limit=2')).body
  const rest = (await as(hospital, 'GET', `/hospital/events?after=${first.next}`)).body
  t.same(
    [...first.entries, ...rest.entries].map((entry) => [entry.prescriptionNo, entry.revision, entry.type]),
    [
      [no, 2, 'pharmacy-chosen'],
      [no, 3, 'taken'],
      [no, 4, 'review-approved'],
    ],
  )
  const idle = (await as(hospital, 'GET', `/hospital/events?after=${rest.next}`)).body
  t.same(idle, { entries: [], next: rest.next })
  const other = hub.hospital(hub.world.cast.privateHospital.institutionId)
  t.same((await as(other, 'GET', '/hospital/events')).body, { entries: [], next: '0.0' })
  for (const cursor of ['abc', '1', '99999999999999999999.1', '1.9999999999999999999'])
    t.equal((await as(hospital, 'GET', `/hospital/events?after=${cursor}`)).body.code, 'malformed', cursor)
})

t.test('a cursor never passes an entry whose transaction commits later', async (t) => {
  const { hub } = await hubApp(t)
  const { pool } = hub.deps
  const walk = walker(hub)
  const hospitalId = hub.hospital().institutionId!
  const late = await walk.submitted()
  const early = await walk.submitted({ person: hub.world.cast.resident })
  const slow = await pool.connect()
  await slow.query('begin')
  // The slow transaction has the older number and commits after the younger one.
  await slow.query(
    `insert into feed_entry (region_code, recipient_id, prescription_no, revision) values ('441400', $1, $2, 1)`,
    [hospitalId, late.no],
  )
  await walk.choose(early.no)
  const before = await readFeed(pool, { regionCode: '441400', institutionId: hospitalId }, undefined, 50)
  t.same(before.entries, [], 'nothing is shown past a transaction that may still commit')
  await slow.query('commit')
  slow.release()
  await feedShown(pool)
  const after = await readFeed(pool, { regionCode: '441400', institutionId: hospitalId }, before.next, 50)
  t.same(
    after.entries.map((entry) => entry.prescriptionNo),
    [late.no, early.no],
  )
})

t.test(
  'the events of a prescription are told in their order, whichever transaction began first',
  async (t) => {
    const { hub } = await hubApp(t)
    const { pool } = hub.deps
    const walk = walker(hub)
    const { no } = await walk.submitted()
    // As a command that claimed its key first and then waited for the one before it.
    const waiting = await pool.connect()
    await waiting.query('begin')
    await waiting.query('select pg_current_xact_id()')
    await walk.choose(no)
    const late = { ...hub.deps, pool: { connect: async () => waiting } as unknown as Pool }
    const pharmacy = hub.pharmacy()
    await takePrescription(late, pharmacy, aWrite(pharmacy), { prescriptionNo: no })
    await feedShown(pool)
    const { entries } = await readFeed(pool, hub.pharmacy(), undefined, 50)
    t.same(
      entries.map(({ revision, type }) => [revision, type]),
      [
        [2, 'pharmacy-chosen'],
        [3, 'taken'],
      ],
    )
  },
)

t.test('MZ-10 a pharmacy that the patient left is not told for whom', async (t) => {
  const { hub } = await hubApp(t)
  const walk = walker(hub)
  const { no } = await walk.chosen()
  const second = hub.world.cast.secondPharmacy.institutionId
  await walk.choose(no, second)
  const first = hub.pharmacy().institutionId
  await feedShown(hub.deps.pool)
  const told = await readFeed(hub.deps.pool, hub.pharmacy(first), undefined, 50)
  t.same(
    told.entries.map(({ type, data }) => [type, data]),
    [
      ['pharmacy-chosen', { pharmacyId: first }],
      ['pharmacy-unchosen', { previousPharmacyId: first }],
    ],
  )
  t.match((await readFeed(hub.deps.pool, hub.pharmacy(second), undefined, 50)).entries, [
    { data: { pharmacyId: second } },
  ])
})
