import { randomUUID } from 'node:crypto'
import t from 'tap'
import { computeMonth } from '../../../src/usecases/clearing/close-month.ts'
import type { Caller } from '../../../src/usecases/deps.ts'
import { accessToken } from '../../support/access-token.ts'
import { type HubApp, hubApp } from '../../support/hub-app.ts'
import { walker } from '../../support/journey.ts'
import { aStay, COVERED, DECEMBER } from '../../usecases/clearing/clearing.ts'

const MONTH = '2026-11'

/** Sends what isn't JSON, or receives it. */
async function raw({ app, hub }: HubApp, caller: Caller, url: string, csv?: string) {
  const token = await accessToken(app, hub.deps.pool, caller)
  return await app.inject({
    method: csv === undefined ? 'GET' : 'POST',
    url,
    headers: {
      authorization: `Bearer ${token}`,
      ...(csv === undefined ? {} : { 'content-type': 'text/csv' }),
    },
    ...(csv === undefined ? {} : { payload: csv }),
  })
}

t.test(
  'MZ-7.3 a month is closed, sent, disputed, answered, confirmed and paid over the interface',
  async (t) => {
    const it = await hubApp(t)
    const { hub } = it
    const walk = walker(hub)
    const settled = await walk.dispensed(COVERED)
    const inpatient = await walk.dispensed(aStay(hub, 'ZY-9'))
    hub.now = DECEMBER
    const agency = hub.agency()
    const pharmacy = hub.pharmacy()
    const id = pharmacy.institutionId
    const base = `/agency/clearing/${MONTH}`

    const key = randomUUID()
    const closed = await it.as(agency, 'POST', `${base}/close`, { key })
    t.match(closed, { status: 202, body: { month: MONTH, state: 'computing' } })
    t.match(await it.as(agency, 'POST', `${base}/close`, { key }), {
      status: 202,
      headers: { 'idempotency-replayed': 'true' },
    })
    t.match(await it.as(agency, 'POST', `${base}/close`), { status: 409, body: { code: 'month-closed' } })
    t.match(await it.as(agency, 'GET', base), {
      status: 200,
      body: { state: 'computing', nextDay: '2026-11-01' },
    })
    await computeMonth(hub.deps, { regionCode: agency.regionCode, month: MONTH })
    t.match(await it.as(agency, 'GET', base), {
      body: { state: 'finished', postings: 2, trialBalance: { totalFen: 0 } },
    })
    const open = await it.as(agency, 'GET', '/agency/clearing/2027-06/statements')
    t.match(
      open,
      { status: 404, body: { code: 'month-open' } },
      'a month that is open has no list, not an empty one',
    )
    const list = await it.as(agency, 'GET', `${base}/statements?limit=1`)
    t.equal(list.body.statements.length, 1)
    t.equal(
      (await it.as(agency, 'GET', `${base}/statements?limit=1&after=${list.body.next}`)).body.statements
        .length,
      1,
    )

    t.match(
      await it.as(pharmacy, 'GET', `/pharmacy/clearing/${MONTH}`),
      { status: 404 },
      'not before it is sent',
    )
    t.same((await it.as(pharmacy, 'GET', '/pharmacy/clearing')).body, { statements: [] })
    t.equal((await it.as(agency, 'POST', `${base}/statements/${id}/send`)).status, 200)
    const own = await it.as(pharmacy, 'GET', `/pharmacy/clearing/${MONTH}`)
    t.match(own, { status: 200, body: { status: 'sent', openingFen: 0, disputes: [] } })
    t.equal(own.body.closingFen, own.body.dueFen)
    const { body } = await it.as(pharmacy, 'GET', `/pharmacy/clearing/${MONTH}/lines?limit=1`)
    t.equal(body.lines[0].settlementId, settled.settlementId)
    t.match(
      (await it.as(pharmacy, 'GET', `/pharmacy/clearing/${MONTH}/lines?limit=1&after=${body.next}`)).body
        .lines,
      [{ settlementId: inpatient.settlementId, stayNo: 'ZY-9' }],
    )
    const { postingId } = body.lines[0]
    const objection = { postingId, reasonCode: 'amount', reason: '金额不符' }
    t.match(await it.as(pharmacy, 'POST', `/pharmacy/clearing/${MONTH}/disputes`, { body: objection }), {
      status: 200,
      body: { status: 'disputed', disputeNo: 1 },
    })
    const resolve = `${base}/statements/${id}/disputes/1/resolve`
    const answer = { resolution: 'upheld', answer: '更正', correctionFen: -7 }
    t.match(await it.as(agency, 'POST', resolve, { body: answer }), { status: 200, body: { status: 'sent' } })
    t.match(await it.as(pharmacy, 'POST', `/pharmacy/clearing/${MONTH}/confirm`), {
      body: { status: 'confirmed' },
    })
    t.match(await it.as(agency, 'POST', `${base}/statements/${id}/pay`), {
      body: { status: 'paid', paidFen: own.body.dueFen },
    })

    const hospital = hub.hospital()
    await it.as(agency, 'POST', `${base}/statements/${hospital.institutionId}/send`)
    const stays = await it.as(hospital, 'GET', `/hospital/clearing/${MONTH}/stays`)
    t.match(stays, { status: 200, body: { stays: [{ stayNo: 'ZY-9', settlements: 1 }] } })
  },
)

t.test('MZ-7.3 the file is matched over the interface, and exports and papers are files', async (t) => {
  const it = await hubApp(t)
  const { hub } = it
  const walk = walker(hub)
  const settled = await walk.dispensed(COVERED)
  hub.now = DECEMBER
  const agency = hub.agency()
  const pharmacy = hub.pharmacy()
  await it.as(agency, 'POST', `/agency/clearing/${MONTH}/close`)
  await computeMonth(hub.deps, { regionCode: agency.regionCode, month: MONTH })
  await it.as(agency, 'POST', `/agency/clearing/${MONTH}/statements/${pharmacy.institutionId}/send`)
  const url = `/pharmacy/clearing/${MONTH}`
  const csv = 'settlement_id,line_no,drug_code,quantity,unit_price,demanded\n'
  const matched = await raw(it, pharmacy, `${url}/file`, csv)
  t.match(matched.json(), { rows: 0, differences: { 'missing-there': 1 } })
  t.match(await it.as(pharmacy, 'GET', `${url}/differences`), {
    status: 200,
    body: {
      differences: [
        { kind: 'missing-there', explanation: 'not-in-file', settlementId: settled.settlementId },
      ],
    },
  })
  t.match((await raw(it, pharmacy, `${url}/file`, 'x\n')).json(), { code: 'clearing-file-malformed' })
  for (const [form, type, begin] of [
    ['csv', 'text/csv', '\uFEFFposting_id'],
    ['xlsx', 'application/vnd', 'PK'],
    ['pdf', 'application/pdf', '%PDF-'],
  ] as const) {
    for (const [caller, path] of [
      [pharmacy, `${url}/export/${form}`],
      [agency, `/agency/clearing/${MONTH}/statements/${pharmacy.institutionId}/export/${form}`],
    ] as const) {
      const file = await raw(it, caller, path)
      t.equal(file.statusCode, 200)
      t.match(file.headers['content-type'], type)
      t.ok(file.body.startsWith(begin), form)
    }
  }
  const paper = `/papers/settlements/${settled.settlementId}/receipt`
  t.ok((await raw(it, pharmacy, paper)).body.startsWith('%PDF-'))
  t.equal((await raw(it, hub.pharmacy('P00000000000'), paper)).statusCode, 404)
  t.equal((await raw(it, { ...agency, regionCode: '500000' }, paper)).statusCode, 404)
  t.equal((await raw(it, hub.pharmacy('P00000000000'), `${url}/export/pdf`)).statusCode, 404)
  t.match(await it.as(pharmacy, 'POST', `/agency/clearing/${MONTH}/close`), { status: 403 })
})
