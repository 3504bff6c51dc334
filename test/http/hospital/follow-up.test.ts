import { randomUUID } from 'node:crypto'
import t from 'tap'
import { findLink } from '../../../src/storage/patient-access.ts'
import { hashOf } from '../../../src/usecases/secrets.ts'
import { hubApp } from '../../support/hub-app.ts'
import { walker } from '../../support/journey.ts'

const read = (no: string) => `/hospital/prescriptions/${no}`

t.test(
  'a hospital reads state, balances, holder, times, national axes and events, nobody of a person',
  async (t) => {
    const { hub, as } = await hubApp(t)
    const walk = walker(hub)
    const { no, content } = await walk.settled()
    const got = await as(hub.hospital(), 'GET', read(no))
    t.equal(got.status, 200)
    const { body } = got
    t.match(body, {
      prescriptionNo: no,
      hospitalPrescriptionNo: content.hospitalPrescriptionNo,
      state: 'settled',
      national: { prescription: 'valid', review: 'passed', use: 'unused' },
      pharmacyId: hub.pharmacy().institutionId,
      holdUntil: String,
      cancelPending: false,
      settlement: { status: 'settled' },
    })
    t.equal(body.settlement.fundFen + body.settlement.patientFen, body.settlement.chargeFen)
    t.match(body.lines[0], { lineNo: 1, dispensed: '0', remaining: content.lines[0]!.quantity })
    t.same(
      body.events.map((event: { type: string }) => event.type),
      ['submitted', 'pharmacy-chosen', 'taken', 'review-approved', 'settlement-requested', 'settled'],
    )
    const said = JSON.stringify(body)
    const { name, personId, idNumber } = content.patient
    for (const secret of [name, personId, idNumber, content.diagnoses[0]!.name])
      t.notOk(said.includes(secret))
  },
)

t.test('MZ-6.3 what time has ended is answered as ended, to the millisecond, before any sweep', async (t) => {
  const { hub, as } = await hubApp(t)
  const walk = walker(hub)
  const held = await walk.held()
  const holdUntil = new Date((await as(hub.hospital(), 'GET', read(held.no))).body.holdUntil)
  hub.now = new Date(holdUntil.getTime() - 1)
  t.equal((await as(hub.hospital(), 'GET', read(held.no))).body.state, 'held')
  hub.now = holdUntil
  const lapsed = (await as(hub.hospital(), 'GET', read(held.no))).body
  t.equal(lapsed.state, 'chosen')
  t.notOk(lapsed.holdUntil)
  hub.now = new Date(new Date(lapsed.expiresAt).getTime() - 1)
  t.equal((await as(hub.hospital(), 'GET', read(held.no))).body.state, 'chosen')
  hub.now = new Date(lapsed.expiresAt)
  t.match((await as(hub.hospital(), 'GET', read(held.no))).body, {
    state: 'expired',
    national: { prescription: 'lapsed' },
  })
})

t.test(
  'MZ-6.4 a cancel that took effect with the end of a hold leaves nothing to supply, before any sweep',
  async (t) => {
    const { hub, as } = await hubApp(t)
    const { no, content } = await walker(hub).held()
    const cancel = await as(hub.hospital(), 'POST', `${read(no)}/cancel`, {
      body: { reasonCode: 'duplicate' },
    })
    t.equal(cancel.status, 202)
    const held = (await as(hub.hospital(), 'GET', read(no))).body
    const { quantity } = content.lines[0]!
    t.match(held, { state: 'held', lines: [{ cancelled: '0', remaining: quantity }] })
    hub.now = new Date(held.holdUntil)
    const wanted = { state: 'cancelled', lines: [{ cancelled: quantity, remaining: '0' }] }
    t.match((await as(hub.hospital(), 'GET', read(no))).body, wanted)
    t.match((await as(hub.pharmacy(), 'GET', `/pharmacy/prescriptions/${no}`)).body, wanted)
  },
)

t.test('a hospital finds a prescription by its own number, and another hospital does not', async (t) => {
  const { hub, as } = await hubApp(t)
  const { no, content } = await walker(hub).submitted()
  const url = `/hospital/prescriptions?hospitalPrescriptionNo=${content.hospitalPrescriptionNo}`
  t.match((await as(hub.hospital(), 'GET', url)).body, { items: [{ prescriptionNo: no }] })
  const other = hub.hospital(hub.world.cast.privateHospital.institutionId)
  t.same((await as(other, 'GET', url)).body, { items: [] })
  t.equal((await as(hub.hospital(), 'GET', '/hospital/prescriptions')).body.code, 'malformed')
})

t.test(
  'a cancel acts at once, waits while a pharmacy holds, and is refused once money has moved',
  async (t) => {
    const { hub, as } = await hubApp(t)
    const walk = walker(hub)
    const people = hub.world.cast
    const cancel = (no: string, reasonCode = 'prescribing-error', key = randomUUID()) =>
      as(hub.hospital(), 'POST', `${read(no)}/cancel`, { body: { reasonCode }, key })
    const open = await walk.submitted()
    t.equal((await cancel(open.no, 'because')).body.code, 'malformed')
    const key = randomUUID()
    const done = await cancel(open.no, 'duplicate', key)
    t.match([done.status, done.body], [200, { cancel: 'done', state: 'cancelled' }])
    const again = await cancel(open.no, 'duplicate', key)
    t.same(again.body, done.body)
    t.equal(again.headers['idempotency-replayed'], 'true')
    t.match((await as(hub.hospital(), 'GET', read(open.no))).body, {
      cancelReason: 'duplicate',
      cancelPending: false,
      national: { prescription: 'revoked' },
    })
    const held = await walk.held({ person: people.resident })
    const pending = await cancel(held.no)
    t.match([pending.status, pending.body], [202, { cancel: 'pending', state: 'held' }])
    t.equal((await as(hub.hospital(), 'GET', read(held.no))).body.cancelPending, true)
    const settled = await walk.settled({ person: people.assisted })
    const refused = await cancel(settled.no)
    t.match([refused.status, refused.body.code], [409, 'wrong-state'])
    t.equal(await walk.stateOf(settled.no), 'settled')
  },
)

t.test('a new patient link ends the one before, is sent, and no table keeps it', async (t) => {
  const { hub, as } = await hubApp(t)
  const { no, receipt } = await walker(hub).submitted()
  hub.now = new Date(hub.now.getTime() + 1000)
  const key = randomUUID()
  const first = await as(hub.hospital(), 'POST', `${read(no)}/link`, { key })
  t.equal(first.status, 200)
  const secretOf = (link: string) => link.split('/p/')[1]!
  t.not(secretOf(first.body.patientLink), secretOf(receipt.patientLink))
  t.equal(await findLink(hub.deps.pool, hashOf(secretOf(receipt.patientLink))), undefined)
  t.match(await findLink(hub.deps.pool, hashOf(secretOf(first.body.patientLink))), { prescriptionNo: no })
  const again = await as(hub.hospital(), 'POST', `${read(no)}/link`, { key })
  t.same(again.body, first.body)
  t.equal(again.headers['idempotency-replayed'], 'true')
  const { rows } = await hub.deps.pool.query(
    `select (select count(*)::int from outbox where queue = 'notification') as sent,
            (select count(*)::int from idempotency_key where body like $1) as kept`,
    [`%${secretOf(first.body.patientLink)}%`],
  )
  t.same(rows[0], { sent: 2, kept: 0 })
})

t.test('MZ-9.3 a refused outside prescription is reported with physician, drug and reason', async (t) => {
  const { hub, as } = await hubApp(t)
  const { cast } = hub.world
  const url = '/hospital/outside-prescription-refusals'
  const body = {
    physicianId: cast.physician.practitionerId,
    drugCode: cast.drug.drugCode,
    refusedOn: '2026-11-22',
    reasonCode: 'not-indicated',
  }
  const got = await as(hub.hospital(), 'POST', url, { body })
  t.match([got.status, got.body], [201, { ...body, hospitalId: hub.hospital().institutionId }])
  const wrong = { ...body, physicianId: 'D000000000000', drugCode: 'XX0000', refusedOn: '2026-11-23' }
  const refused = await as(hub.hospital(), 'POST', url, { body: wrong })
  t.equal(refused.status, 400)
  t.same(
    refused.body.fields.map((field: { path: string }) => field.path),
    ['/body/physicianId', '/body/drugCode', '/body/refusedOn'],
  )
  const other = hub.hospital(cast.privateHospital.institutionId)
  await as(other, 'POST', url, { body })
  t.equal((await as(hub.hospital(), 'GET', url)).body.items.length, 1, 'only its own')
  const list = '/agency/outside-prescription-refusals'
  const page = (await as(hub.agency(), 'GET', `${list}?limit=1`)).body
  t.equal(page.items.length, 1)
  const rest = (await as(hub.agency(), 'GET', `${list}?limit=1&after=${page.next}`)).body
  t.not(rest.items[0].refusalId, page.items[0].refusalId)
  t.equal((await as(hub.agency(), 'GET', `${list}?hospitalId=${other.institutionId}`)).body.items.length, 1)
})

t.test('a repeat never gets a dead link, nor one that was made after it', async (t) => {
  const { hub, as } = await hubApp(t)
  const hospital = hub.hospital()
  const { document, signature } = hub.envelope()
  const push = {
    key: randomUUID(),
    body: { document: document.toString('base64'), signature: signature.toString('base64') },
  }
  const first = await as(hospital, 'POST', '/hospital/prescriptions', push)
  t.equal(first.status, 201)
  const { prescriptionNo: no, patientLink, ...rest } = first.body
  t.same((await as(hospital, 'POST', '/hospital/prescriptions', push)).body, first.body)

  hub.now = new Date(hub.now.getTime() + 1000)
  const renewal = { key: randomUUID() }
  const renewed = await as(hospital, 'POST', `${read(no)}/link`, renewal)
  for (const key of [push.key, randomUUID()]) {
    const again = await as(hospital, 'POST', '/hospital/prescriptions', { ...push, key })
    t.equal(again.status, 201)
    t.same(again.body, { prescriptionNo: no, ...rest, patientLinkReplacedAt: renewed.body.renewedAt })
    t.equal(again.headers['idempotency-replayed'], 'true')
  }
  t.same((await as(hospital, 'POST', `${read(no)}/link`, renewal)).body, renewed.body)

  hub.now = new Date(hub.now.getTime() + 1000)
  const second = await as(hospital, 'POST', `${read(no)}/link`)
  t.match(second.body.patientLink, /\/p\/[A-Za-z0-9_-]{32}$/)
  t.same((await as(hospital, 'POST', `${read(no)}/link`, renewal)).body, {
    prescriptionNo: no,
    renewedAt: renewed.body.renewedAt,
    patientLinkReplacedAt: second.body.renewedAt,
  })
})

t.test('a prescription that ended without a supply gets no new link', async (t) => {
  const { hub, as } = await hubApp(t)
  const hospital = hub.hospital()
  const walk = walker(hub)
  const { no } = await walk.submitted()
  t.equal(
    (await as(hospital, 'POST', `${read(no)}/cancel`, { body: { reasonCode: 'duplicate' } })).status,
    200,
  )
  const refused = await as(hospital, 'POST', `${read(no)}/link`)
  t.match(refused, {
    status: 409,
    body: { code: 'wrong-state', retry: 'never', details: { state: 'cancelled' } },
  })
  const supplied = await walk.dispensed()
  t.equal(
    (await as(hospital, 'POST', `${read(supplied.no)}/link`)).status,
    200,
    'its papers are still to be had',
  )
})
