import { randomUUID } from 'node:crypto'
import t from 'tap'
import { computeMonth, listMonth } from '../../../src/usecases/clearing/close-month.ts'
import { confirmStatement } from '../../../src/usecases/clearing/statement.ts'
import { payMonth, sendMonth } from '../../../src/usecases/clearing/whole-month.ts'
import { aWrite, testHub } from '../../support/hub.ts'
import { hubApp } from '../../support/hub-app.ts'
import { walker } from '../../support/journey.ts'
import { COVERED, clearing, DECEMBER } from './clearing.ts'

const MONTH = '2026-11'

t.test('MZ-7.3 all statements of a month are sent and paid in one call each, and once', async (t) => {
  const { hub, as } = await hubApp(t)
  const walk = walker(hub)
  const clear = clearing(hub)
  const { no } = await walk.dispensed(COVERED)
  const kept = await walk.dispensed(COVERED)
  hub.now = new Date('2026-11-23T02:00:00.000Z')
  const returned = await as(hub.agency(), 'POST', `/agency/prescriptions/${no}/return`, {
    body: { reasonCode: 'recall' },
  })
  t.match(returned, { status: 200, body: { state: 'returned' } }, 'the agency records a return')
  hub.now = DECEMBER
  const base = `/agency/clearing/${MONTH}`
  t.match(await as(hub.agency(), 'POST', `${base}/send`), { status: 404, body: { code: 'month-open' } })
  await clear.close(MONTH)
  await computeMonth(hub.deps, { regionCode: '441400', month: MONTH })
  const { rows } = await hub.deps.pool.query('select count(*)::int as n from clearing_statement')
  const all = rows[0].n as number
  t.ok(all > 3)

  const pharmacy = hub.pharmacy()
  const hospital = hub.hospital() as typeof pharmacy
  await clear.send(MONTH, hospital.institutionId)
  const key = randomUUID()
  const sent = await as(hub.agency(), 'POST', `${base}/send`, { key })
  t.match(sent, { status: 200, body: { month: MONTH, moved: all - 1 } })
  t.same(sent.body.left, [{ institutionId: hospital.institutionId, status: 'sent' }])
  const again = await as(hub.agency(), 'POST', `${base}/send`, { key })
  t.same([again.body, again.headers['idempotency-replayed']], [sent.body, 'true'])
  t.match((await as(hub.agency(), 'POST', `${base}/send`)).body, { moved: 0 })

  await confirmStatement(hub.deps, aWrite(pharmacy), { caller: pharmacy, month: MONTH })
  const due = (await as(hub.agency(), 'GET', `${base}/statements/${pharmacy.institutionId}`)).body.dueFen
  t.ok(due > 0, `for ${kept.no}`)
  const payKey = randomUUID()
  const paid = await as(hub.agency(), 'POST', `${base}/pay`, { key: payKey })
  t.match(paid.body, { moved: 1, paidFen: due })
  t.equal(paid.body.left.length, all - 1)
  await confirmStatement(hub.deps, aWrite(hospital), { caller: hospital, month: MONTH })
  t.same((await as(hub.agency(), 'POST', `${base}/pay`, { key: payKey })).body, paid.body)
  const states = await hub.deps.pool.query(
    'select status from clearing_statement where institution_id = $1',
    [hospital.institutionId],
  )
  t.equal(states.rows[0].status, 'confirmed', 'an answer given again moves nothing')
  t.equal(await clear.total(`institution:${pharmacy.institutionId}:receivable`), 0n)
})

t.test('a call that was cut off goes on, and two at once pay once', async (t) => {
  const { hub } = await hubApp(t)
  const walk = walker(hub)
  const clear = clearing(hub)
  await walk.dispensed(COVERED)
  hub.now = DECEMBER
  await clear.close(MONTH)
  await clear.confirmed(MONTH)
  const agency = hub.agency()
  const request = aWrite(agency)
  const one = payMonth(hub.deps, agency, request, MONTH)
  const other = payMonth(hub.deps, agency, request, MONTH)
  const [first, second] = await Promise.all([one, other])
  t.same(first.body, second.body)
  t.equal(first.body.moved, 1)
  const payments = await hub.deps.pool.query("select 1 from posting where kind = 'clearing'")
  t.equal(payments.rows.length, 1)
  // The final answer is lost, as when the process dies before it: what was paid is counted and not paid again.
  await hub.deps.pool.query('delete from idempotency_key where key = $1', [request.key])
  t.same((await payMonth(hub.deps, agency, request, MONTH)).body, first.body)
  t.equal((await hub.deps.pool.query("select 1 from posting where kind = 'clearing'")).rows.length, 1)
})

t.test(
  'MZ-7.3 a month in which nothing happened is sent too: each institution reads that it is nil',
  async (t) => {
    const hub = await testHub(t)
    const clear = clearing(hub)
    const agency = hub.agency()
    await clear.close('2026-10')
    const { body } = await sendMonth(hub.deps, agency, aWrite(agency), '2026-10')
    const all = await listMonth(hub.deps, agency, '2026-10', '', 200)
    t.ok(all.length > 3)
    t.same(body, { month: '2026-10', moved: all.length, left: [] })
    t.ok(all.every(({ status, due, closing }) => status === 'sent' && due === 0n && closing === 0n))
    await t.rejects(sendMonth(hub.deps, agency, aWrite(agency), '2026-11'), { code: 'month-open' })
  },
)
