import t from 'tap'
import type { Caller } from '../../src/usecases/deps.ts'
import { handOver } from '../../src/usecases/hand-over.ts'
import { quote } from '../../src/usecases/quote.ts'
import { requestSettlement } from '../../src/usecases/request-settlement.ts'
import { settlePrescription } from '../../src/usecases/settle-prescription.ts'
import { accessToken } from '../support/access-token.ts'
import { aWrite } from '../support/hub.ts'
import { type HubApp, hubApp } from '../support/hub-app.ts'
import { walker } from '../support/journey.ts'
import { accountsOf, bought } from '../support/money.ts'
import { aStay, clearing, DECEMBER } from '../usecases/clearing/clearing.ts'

/** Sends or receives what isn't JSON. */
async function text({ app, hub }: HubApp, caller: Caller, url: string, csv?: string) {
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

/*
 * Chongqing, employee, inpatient: 1,000 at 3.24 = 3,240.00; class B 10 % = 324.00; the stay pays 85 %.
 * Stated: deductible of the stay 880.00, of which the hospital has charged 600.00: 280.00 are left.
 * 2,916.00 - 280.00 = 2,636.00 * 85 % = 2,240.60; own 395.40. Without a deductible left 2,478.60 and 437.40.
 */
t.test('CQ-2.3 settled by the rules of this stay: what is left of its deductible, once', async (t) => {
  const it = await hubApp(t, { anyQuantity: true, regions: ['500000'] })
  const { hub, as } = it
  const hospital = hub.hospital()
  const { personId } = hub.world.cast.person
  const stay = { ...aStay(hub, 'ZY-1'), quantity: 1_000, days: 1 }
  const state = (stayNo: string, deductibleFen: number, chargedFen: number, who = personId) =>
    as(hospital, 'POST', `/hospital/stays/${stayNo}/deductible`, {
      body: { personId: who, deductibleFen, chargedFen },
    })
  t.match(await state('ZY-1', 88_000, 88_001), { status: 400, body: { code: 'malformed' } })
  t.match(await state('ZY-1', 88_000, 60_000), { status: 200, body: { statementNo: 1, leftFen: 28_000 } })
  t.match(await state('ZY-1', 88_000, 0, 'SOMEBODYELSE'), { status: 404, body: { code: 'not-yours' } })

  const walk = walker(hub)
  const asked = await walk.chosen({ ...stay })
  const { split } = await quote(
    hub.deps,
    hub.deps.pool,
    '500000',
    asked.no,
    hub.pharmacy().institutionId,
    walk.lines(asked.content),
    hub.now,
  )
  t.equal(split.patientFen, 32_400 + 28_000 + 39_540, 'the quote knows it')

  const first = await bought(hub, stay)
  t.same(first.layers, { 'class-b': 32_400, deductible: 28_000, 'basic-fund': 224_060, coinsurance: 39_540 })
  t.equal(first.because['deductible'], 'CQ-2.3')
  const none = { 'class-b': 32_400, 'basic-fund': 247_860, coinsurance: 43_740 }
  const second = await bought(hub, stay)
  t.same(second.layers, none, 'once a stay')
  const other = await bought(hub, { ...aStay(hub, 'ZY-2'), quantity: 1_000, days: 1 })
  t.same(other.layers, none, 'a stay of which nothing was stated')

  await clearing(hub).returned(first.no)
  t.match((await state('ZY-1', 88_000, 60_000)).body, { statementNo: 2, leftFen: 28_000 }, 'given back')
  const third = await bought(hub, stay)
  t.same(third.layers, first.layers)

  hub.now = DECEMBER
  const clear = clearing(hub)
  await clear.close('2026-11')
  await clear.send('2026-11', hospital.institutionId!)
  // Nothing is taken off what the hospital is owed: no stay of its month counts anything (CQ-4.6).
  t.equal(await clear.total(`institution:${hospital.institutionId}:%`), 0n)
  const file = await text(it, hospital, '/hospital/clearing/2026-11/stays/csv')
  t.notMatch(file.body, /ZY-/)
})

t.test(
  'CQ-4.6 an inpatient pays the own part where he buys, the fund the rest there; the hospital nothing',
  async (t) => {
    // 3,240.00: class B 324.00; 2,916.00 * 85 % = 2,478.60; own 324.00 + 437.40 = 761.40 at the counter.
    const it = await hubApp(t, { anyQuantity: true, regions: ['500000'] })
    const { hub, as } = it
    const pharmacy = hub.pharmacy()
    const { no } = await bought(hub, { ...aStay(hub, 'ZY-1'), quantity: 1_000, days: 1 })
    t.same(await accountsOf(hub), {
      'fund:basic:employee': -247_860,
      [`institution:${pharmacy.institutionId}:counter`]: 76_140,
      [`institution:${pharmacy.institutionId}:receivable`]: 247_860,
      'patient:paid': -76_140,
    })
    const back = await bought(hub, { ...aStay(hub, 'ZY-1'), quantity: 1_000, days: 1 })
    const returned = await as(pharmacy, 'POST', `/pharmacy/prescriptions/${back.no}/return`, {
      body: { reasonCode: 'dispensing-error' },
    })
    t.equal(returned.status, 200)
    const { rows } = await hub.deps.pool.query('select amount_fen::int as fen from refund')
    t.same(rows, [{ fen: 76_140 }], 'what was taken at the till is paid back there')
    t.ok(no)

    hub.now = DECEMBER
    const clear = clearing(hub)
    await clear.close('2026-11')
    await clear.confirmed('2026-11')
    t.match((await clear.pay('2026-11', pharmacy.institutionId)).body, { status: 'paid', paidFen: 247_860 })
    t.equal(await clear.total(), 0n)
  },
)

t.test('MZ-7.4 what counts into each stay of a hospital, as a file', async (t) => {
  // Meizhou, 400 at 3.24 = 1,296.00, in a bed; one is given back.
  const it = await hubApp(t, { anyQuantity: true })
  const { hub } = it
  const hospital = hub.hospital()
  const first = await bought(hub, aStay(hub, 'ZY-1'))
  await bought(hub, aStay(hub, 'ZY-1'))
  await bought(hub, aStay(hub, 'ZY-2'))
  await clearing(hub).returned(first.no)
  hub.now = DECEMBER
  const clear = clearing(hub)
  await clear.close('2026-11')
  await clear.send('2026-11', hospital.institutionId!)
  const file = await text(it, hospital, '/hospital/clearing/2026-11/stays/csv')
  t.match(file.headers, { 'content-type': 'text/csv; charset=utf-8' })
  const own = (first.payers['patient']! / 100).toFixed(2)
  t.same(file.body.replace('\uFEFF', '').trim().split('\r\n'), [
    'stay_no,settlements,counted_yuan,deducted_yuan,patient_yuan,deductible_yuan',
    `ZY-1,3,1296.00,1296.00,${own},0.00`,
    `ZY-2,1,1296.00,1296.00,${own},0.00`,
  ])
  const agency = `/agency/clearing/2026-11/statements/${hospital.institutionId}/stays/csv`
  t.equal((await text(it, hub.agency(), agency)).body, file.body)
})

t.test('CQ-2.3 a stay over the end of a year is charged its deductible once, also at once', async (t) => {
  const it = await hubApp(t, {
    anyQuantity: true,
    regions: ['500000'],
    now: new Date('2025-12-31T15:50:00.000Z'),
  })
  const { hub, as } = it
  const { personId } = hub.world.cast.person
  const body = { personId, deductibleFen: 88_000, chargedFen: 60_000 }
  t.match(await as(hub.hospital(), 'POST', '/hospital/stays/ZY-1/deductible', { body }), { status: 200 })
  const walk = walker(hub)
  const stay = { ...aStay(hub, 'ZY-1'), quantity: 1_000, days: 1 }
  const old = await walk.settling(stay)
  hub.now = new Date('2025-12-31T16:10:00.000Z')
  const fresh = await walk.settling({ ...aStay(hub, 'ZY-1'), quantity: 1_000, days: 1 })
  // Each moves a year of its own, so the lock of the year holds neither back.
  // Both are held where they lock it, and let go together.
  const holder = await hub.deps.pool.connect()
  await holder.query('begin')
  await holder.query(`insert into person_year select '500000', $1, y from generate_series(2025, 2026) y`, [
    personId,
  ])
  const both = [old, fresh].map(({ settlementId }) =>
    settlePrescription(hub.deps, { regionCode: '500000', settlementId }),
  )
  await new Promise((resolve) => setTimeout(resolve, 500))
  await holder.query('rollback')
  holder.release()
  await Promise.all(both)
  const { rows } = await hub.deps.pool.query(
    `select sum(amount_fen)::int as fen, count(distinct year)::int as years
       from person_year_movement where measure like 'stay-deductible:%'`,
  )
  t.equal(rows[0].fen, 28_000)
})

t.test('MZ-7.4 the deductible is the hospital’s to charge with the stay, unless it states one', async (t) => {
  // 400 at 3.24 = 1,296.00; class B 10 % = 129.60. The amount counts into the stay's total, which the hospital settles.
  const { hub } = await hubApp(t, { anyQuantity: true })
  const { layers } = await bought(hub, aStay(hub, 'ZY-1'))
  t.equal(layers['deductible'], undefined)
  t.equal(layers['class-b'], 12_960)
})

t.test('MZ-7.3 a hospital that supplies has its own file matched like a pharmacy', async (t) => {
  // Fushun: 2,000 at 0.15 = 300.00, the fund's part 50.00 out of the capitation account that prepaid it: 0.00 demanded.
  const it = await hubApp(t, { anyQuantity: true, regions: ['210400'] })
  const { hub, as } = it
  const { institutionId } = hub.world.cast.hospital
  const walk = walker(hub)
  const own = hub.pharmacy(institutionId)
  const { no, content } = await walk.submitted({ quantity: 2_000 })
  await walk.choose(no, institutionId)
  await walk.take(no, own)
  await walk.review(no, own)
  const { body } = await requestSettlement(hub.deps, own, aWrite(own), no, { lines: walk.lines(content) })
  await settlePrescription(hub.deps, { regionCode: '210400', settlementId: body.settlementId })
  await handOver(hub.deps, own, aWrite(own), no, walk.handOverOf(content))
  hub.now = DECEMBER
  const clear = clearing(hub)
  await clear.close('2026-11')
  await clear.send('2026-11', institutionId)
  const upload = (demanded: string) =>
    text(
      it,
      hub.hospital(),
      '/hospital/clearing/2026-11/file',
      `settlement_id,line_no,drug_code,quantity,unit_price,demanded\n${body.settlementId},1,${content.lines[0]!.drugCode},2000,0.15,${demanded}\n`,
    )
  t.match(JSON.parse((await upload('0.00')).body), { rows: 1, differences: {} })
  t.match(JSON.parse((await upload('50.00')).body), { differences: { 'amount-differs': 1 } })
  t.match(await as(hub.hospital(), 'GET', '/hospital/clearing/2026-11/differences'), {
    status: 200,
    body: { differences: [{ kind: 'amount-differs', ours: '0', theirs: '5000' }] },
  })
})
