import t from 'tap'
import { readStatement } from '../../src/usecases/clearing/statement.ts'
import { requestSettlement } from '../../src/usecases/request-settlement.ts'
import { reviewPrescription } from '../../src/usecases/review-prescription.ts'
import { settlePrescription } from '../../src/usecases/settle-prescription.ts'
import { aWrite, testHub } from '../support/hub.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { THE_PATIENT, walker } from '../support/journey.ts'
import { accountsOf, accountsOnceCollected, bought } from '../support/money.ts'
import { aStay, clearing, DECEMBER } from '../usecases/clearing/clearing.ts'

/*
 * Worked examples of clearing, by hand, with the drugs and prices of the settlement examples. Amounts in CNY in the
 * comments, in fen in the code.
 */

t.test('MZ-7.3 outpatients: the agency settles the fund’s part with the pharmacy directly', async (t) => {
  // 1,000 at 3.24 = 3,240.00; class B 10 % = 324.00; deductible 600.00; 2,316.00 * 75 % = 1,737.00; patient 1,503.00
  const hub = await testHub(t, { anyQuantity: true })
  const clear = clearing(hub)
  const { institutionId } = hub.pharmacy()
  await bought(hub, { quantity: 1_000 })
  t.same(await accountsOf(hub), {
    'fund:basic:employee': -173_700,
    [`institution:${institutionId}:counter`]: 150_300,
    [`institution:${institutionId}:receivable`]: 173_700,
    'patient:paid': -150_300,
  })
  hub.now = DECEMBER
  await clear.close('2026-11')
  await clear.confirmed('2026-11')
  const { body } = await clear.pay('2026-11', institutionId)
  t.match(body, { status: 'paid', paidFen: 173_700 })
  const { figures } = await readStatement(hub.deps, hub.agency(), '2026-11', institutionId)
  t.match(figures, { opening: 0n, due: 173_700n })
  t.equal(await clear.total(`institution:${institutionId}:receivable`), 0n)
  t.equal(await clear.total(), 0n)
})

t.test('MZ-7.4 inpatients: the pharmacy is paid whole, the hospital bears the deduction', async (t) => {
  // 1,000 at 3.24 = 3,240.00; class B 324.00; 2,916.00 * 80 % = 2,332.80 fund; patient 907.20, paid to the hospital
  const hub = await testHub(t, { anyQuantity: true })
  const clear = clearing(hub)
  const pharmacy = hub.pharmacy().institutionId
  const hospital = hub.hospital().institutionId!
  await bought(hub, { ...aStay(hub, 'ZY-1'), quantity: 1_000 })
  t.same(await accountsOf(hub), {
    'fund:basic:employee': -233_280,
    [`institution:${hospital}:deduction`]: -324_000,
    [`institution:${hospital}:patient-receivable`]: 90_720,
    [`institution:${hospital}:receivable`]: 233_280,
    [`institution:${pharmacy}:receivable`]: 324_000,
    'patient:paid': -90_720,
  })
  hub.now = DECEMBER
  await clear.close('2026-11')
  const due = async (institution: string) =>
    (await readStatement(hub.deps, hub.agency(), '2026-11', institution)).figures.due
  t.equal(await due(pharmacy), 324_000n)
  t.equal(await due(hospital), -90_720n, 'what the patient pays there is taken off the next payment')
  t.equal(await clear.total(), 0n)
})

t.test('CQ-4.6 the fund’s part is cleared monthly, the patient pays the personal part only', async (t) => {
  // 1,000 at 3.24 = 3,240.00; class B 324.00; deductible 880.00; 2,036.00 * 80 % = 1,628.80; patient 1,611.20
  const hub = await testHub(t, { anyQuantity: true, regions: ['500000'] })
  const clear = clearing(hub)
  const { institutionId } = hub.pharmacy()
  const { payers } = await bought(hub, { quantity: 1_000 })
  t.same(payers, { patient: 161_120, 'basic-fund': 162_880 })
  hub.now = DECEMBER
  await clear.close('2026-11')
  await clear.confirmed('2026-11')
  t.match((await clear.pay('2026-11', institutionId)).body, { status: 'paid', paidFen: 162_880 })
  t.equal(await clear.total(`institution:${institutionId}:receivable`), 0n)
})

t.test('SX-12 settled by the standard of the policy, and the fund’s part cleared monthly', async (t) => {
  // 60 at 35.00 = 2,100.00; class B 20 % = 420.00; deductible 1,000.00; 680.00 * 75 % = 510.00; patient 1,590.00
  const hub = await testHub(t, { anyQuantity: true, regions: ['140000'] })
  const clear = clearing(hub)
  const { institutionId } = hub.pharmacy()
  const { layers, payers } = await bought(hub, { quantity: 60 })
  t.same(layers, { 'class-b': 42_000, deductible: 100_000, 'basic-fund': 51_000, coinsurance: 17_000 })
  t.equal(payers['patient'], 159_000)
  hub.now = DECEMBER
  await clear.close('2026-11')
  await clear.confirmed('2026-11')
  t.match((await clear.pay('2026-11', institutionId)).body, { status: 'paid', paidFen: 51_000 })
  t.equal(await clear.total(`institution:${institutionId}:receivable`), 0n)
})

for (const [now, month, after, account] of [
  ['2020-12-31T15:59:59.999Z', '2020-12', '2021-01-02T02:00:00.000Z', 'fund:basic:resident'],
  ['2020-12-31T16:01:00.000Z', '2021-01', '2021-02-02T02:00:00.000Z', 'capitation:'],
] as const) {
  t.test(`FS-3.5a at ${now} the fund's part is posted against ${account}`, async (t) => {
    // 2,000 at 0.15 = 300.00; deductible 200.00; 100.00 * 50 % = 50.00; patient 250.00: the same before and after
    const hub = await testHub(t, { anyQuantity: true, regions: ['210400'], now: new Date(now) })
    const clear = clearing(hub)
    const pharmacy = hub.pharmacy().institutionId
    const payer = account === 'capitation:' ? account + hub.hospital().institutionId : account
    // Who holds the account and supplies takes its part out of it; that is no money which a month pays.
    const [own, paidFen] = account === 'capitation:' ? ['prepaid', 0] : ['receivable', 5_000]
    await bought(hub, { quantity: 2_000 })
    t.same(await accountsOf(hub), {
      [payer]: -5_000,
      [`institution:${pharmacy}:counter`]: 25_000,
      [`institution:${pharmacy}:${own}`]: 5_000,
      'patient:paid': -25_000,
    })
    hub.now = new Date(after)
    await clear.close(month)
    await clear.confirmed(month)
    t.match((await clear.pay(month, pharmacy)).body, { status: 'paid', paidFen })
    t.equal(await clear.total(`institution:${pharmacy}:receivable`), 0n)
    t.equal(await clear.total(`${payer}`), -5_000n, 'what the account has borne')
    t.equal(await clear.total(), 0n)
    t.same(await brokenInvariants(hub.deps.pool), [])
  })
}

t.test('MZ-6.6 one person at two pharmacies at once: the year is right to the fen', async (t) => {
  // Twelve times 60 at 3.24 = 194.40, class B 19.44: 174.96 each, 2,099.52 together. Deductible 600.00 once;
  // three are 524.88, the fourth has 75.12 left of it. 99.84 * 75 % = 74.88; eight times 174.96 * 75 % = 131.22
  const hub = await testHub(t, { anyQuantity: true, max: 12 })
  const walk = walker(hub)
  const { secondPharmacy, secondPharmacist } = hub.world.cast
  const places = [
    { pharmacy: hub.pharmacy(), pharmacistId: hub.world.cast.pharmacist.practitionerId },
    { pharmacy: hub.pharmacy(secondPharmacy.institutionId), pharmacistId: secondPharmacist.practitionerId },
  ]
  const asked: string[] = []
  for (let i = 0; i < 12; i += 1) {
    const { pharmacy, pharmacistId } = places[i % 2]!
    const { no, content } = await walk.submitted({ quantity: 60 })
    await walk.choose(no, pharmacy.institutionId)
    await walk.take(no, pharmacy)
    await reviewPrescription(hub.deps, pharmacy, aWrite(pharmacy), no, {
      pharmacistId,
      decision: 'approve',
      buyer: THE_PATIENT,
    })
    const lines = walk.lines(content)
    const { body } = await requestSettlement(hub.deps, pharmacy, aWrite(pharmacy), no, { lines })
    asked.push(body.settlementId)
  }
  const { regionCode } = hub.world
  await Promise.all(asked.map((settlementId) => settlePrescription(hub.deps, { regionCode, settlementId })))
  const { rows } = await hub.deps.pool.query(
    `select measure, sum(amount_fen)::int as fen from person_year_movement group by 1 order by 1`,
  )
  t.same(Object.fromEntries(rows.map(({ measure, fen }) => [measure, fen])), {
    deductiblePaid: 60_000,
    'deductible-level:tertiary': 60_000,
    fundPaid: 112_464,
    ownPaid: 97_488,
  })
  const accounts = await accountsOnceCollected(hub)
  const of = (account: string) =>
    places.map(({ pharmacy }) => accounts[`institution:${pharmacy.institutionId}:${account}`] ?? 0)
  t.equal(accounts['fund:basic:employee'], -112_464)
  t.equal(
    of('receivable').reduce((a, b) => a + b),
    112_464,
  )
  t.equal(
    of('counter').reduce((a, b) => a + b),
    120_816,
  )
  for (const place of [0, 1]) {
    t.equal(of('receivable')[place]! + of('counter')[place]!, 116_640, 'six times 194.40 at each')
    t.ok(of('receivable')[place]! > 0, 'the fund pays at both')
  }
  t.same(await brokenInvariants(hub.deps.pool), [])
})
