import t from 'tap'
import type { Drug } from '../../src/domain/registers.ts'
import type { PrescriptionChoice } from '../../src/embedded/sandbox/sample-prescription.ts'
import { handOver } from '../../src/usecases/hand-over.ts'
import type { Scope } from '../support/database.ts'
import { aWrite, type TestHub, testHub } from '../support/hub.ts'
import { walker } from '../support/journey.ts'
import { accountsOf, bought } from '../support/money.ts'
import { refusedBy } from '../support/refusals.ts'
import { endToday, register, settled } from '../support/region.ts'

/*
 * Worked examples of what no fund pays, by hand. Shanxi: 醋酸阿比特龙片, class B, 35.00. Deyang: 瑞维鲁胺片, class B, 46.00.
 * Fushun: 苯磺酸氨氯地平片, class A, 0.15. Amounts in CNY in the comments, in fen in the code.
 */
const hubOf = (test: Scope, region: string) => testHub(test, { anyQuantity: true, regions: [region] })
type Check = Pick<typeof t, 'same'>
const COLD = [{ code: 'J06.900', name: '急性上呼吸道感染' }]

/** All of it is the patient's, by one duty, and no account but the counter's moves. */
async function allOwn(
  t: Check,
  hub: TestHub,
  choice: PrescriptionChoice,
  duty: string,
  fen: number,
  unitPriceFen?: number,
): Promise<void> {
  const { layers, payers, because } = await bought(hub, choice, unitPriceFen)
  t.same([layers, payers, because], [{ 'not-covered': fen }, { patient: fen }, { 'not-covered': duty }])
  t.same(await accountsOf(hub), {
    [`institution:${hub.pharmacy().institutionId}:counter`]: fen,
    'patient:paid': -fen,
  })
}

t.test('SX-2 the three drugs of the ordinary large-amount rules: 80 %, the same deductible', async (t) => {
  // 碳酸镧咀嚼片, class B: 200 at 12.00 = 2,400.00; class B 20 % = 480.00; deductible 1,000.00; 920.00 * 80 % = 736.00
  const hub = await hubOf(t, '140000')
  const lanthanum = hub.world.entries.find(
    ({ register: name, key }) => name === 'drug' && key === 'XV03AET932A022010199999',
  )!.data as Drug
  const { layers, because } = await bought(hub, { drugs: [lanthanum], quantity: 200 }, 1_200)
  t.same(layers, { 'class-b': 48_000, deductible: 100_000, 'basic-fund': 73_600, coinsurance: 18_400 })
  t.equal(because['basic-fund'], 'SX-2')
})

t.test('SX-7 after a failed re-assessment: 60 at 35.00 = 2,100.00, all the patient’s', async (t) => {
  const hub = await hubOf(t, '140000')
  await allOwn(t, hub, { person: hub.world.cast.progressedPerson, quantity: 60 }, 'SX-7', 210_000)
})

t.test('SX-17.1 a day before the coverage begins: 14 at 10.00 = 140.00, all the patient’s', async (t) => {
  const hub = await hubOf(t, '140000')
  const { unlistedDrug: drug } = hub.world.cast
  const listing = { listId: 'negotiated', drugCode: drug.drugCode }
  await register(hub, 'drug-list', `negotiated:${drug.drugCode}`, listing, '2026-11-23')
  await allOwn(t, hub, { drugs: [drug], quantity: 14 }, 'SX-17.1', 14_000, 1_000)
})

t.test('SX-17.2 the physician is on file no more: 60 at 35.00 = 2,100.00, all the patient’s', async (t) => {
  const hub = await hubOf(t, '140000')
  const walk = walker(hub)
  const { physician, hospital } = hub.world.cast
  const { no, content } = await walk.reviewed({ quantity: 60 })
  await endToday(hub, 'filing', `${physician.practitionerId}:${hospital.institutionId}:responsible-physician`)
  const bill = await settled(hub, no, walk.lines(content))
  t.match(bill, { charge: 210_000, totals: { patient: 210_000, 'basic-fund': 0 } })
  t.match(bill!.entries, [{ layer: 'not-covered', amount: 210_000, ruleId: 'SX-17.2' }])
})

t.test('SX-17.3 outside the restricted scope: 60 at 35.00 = 2,100.00, all the patient’s', async (t) => {
  await allOwn(t, await hubOf(t, '140000'), { diagnoses: COLD, quantity: 60 }, 'SX-17.3', 210_000)
})

t.test('SX-17.4 only the part above the payment standard', async (t) => {
  // 60 at 36.00 = 2,160.00; 60.00 above 35.00; class B 20 % of 2,100.00 = 420.00; 1,000.00; 680.00 * 75 % = 510.00
  const hub = await hubOf(t, '140000')
  const { layers, because } = await bought(hub, { quantity: 60 }, 3_600)
  t.same(layers, {
    'above-standard': 6_000,
    'class-b': 42_000,
    deductible: 100_000,
    'basic-fund': 51_000,
    coinsurance: 17_000,
  })
  t.equal(because['above-standard'], 'SX-17.4')
})

t.test('SX-17.5 more than prescribed is not even settled; what was prescribed is', async (t) => {
  // 60 prescribed: 61 at 35.00 are refused; 60 are 2,100.00; 420.00; 1,000.00; 680.00 * 75 % = 510.00
  const hub = await hubOf(t, '140000')
  const walk = walker(hub)
  const { no, content } = await walk.reviewed({ quantity: 60 })
  const [line] = walk.lines(content)
  t.same(await refusedBy(settled(hub, no, [{ ...line!, quantity: '61' }])), ['quantity-exceeded'])
  t.match((await settled(hub, no, [line!]))!.totals, { patient: 159_000, 'basic-fund': 51_000 })
})

t.test('SX-17.6 none of the listed products: 14 at 10.00 = 140.00, all the patient’s', async (t) => {
  const hub = await hubOf(t, '140000')
  const { unlistedDrug } = hub.world.cast
  await allOwn(t, hub, { drugs: [unlistedDrug], quantity: 14 }, 'SX-17.6', 14_000, 1_000)
})

t.test('SC-D4b the standard is applied strictly: what is above it is the patient’s', async (t) => {
  // 14 at 50.00 = 700.00; 56.00 above 46.00; 644.00 * 75 % = 483.00; own 161.00
  const { layers, because } = await bought(await hubOf(t, '510600'), { quantity: 14 }, 5_000)
  t.same(layers, { 'above-standard': 5_600, 'basic-fund': 48_300, coinsurance: 16_100 })
  t.equal(because['above-standard'], 'SC-D4b')
})

t.test(
  'FS-3.4 no mark-up: a fen above what it was bought for is refused, at that price it is paid',
  async (t) => {
    // Bought for 0.15. 2,000 at 0.16 are refused; at 0.15 = 300.00; deductible 200.00; 100.00 * 50 % = 50.00
    const hub = await hubOf(t, '210400')
    const walk = walker(hub)
    const pharmacy = hub.pharmacy()
    const { no, content } = await walk.reviewed({ quantity: 2_000 })
    const at = (unitPriceFen: number) => settled(hub, no, [{ ...walk.lines(content)[0]!, unitPriceFen }])
    t.same(await refusedBy(at(16)), ['FS-3.4 price-at-most-standard'])
    t.match(await at(15), { charge: 30_000, totals: { patient: 25_000, institution: 0 } })
    await handOver(hub.deps, pharmacy, aWrite(pharmacy), no, walk.handOverOf(content))
    t.equal((await accountsOf(hub))[`institution:${pharmacy.institutionId}:counter`], 25_000)
  },
)

t.test(
  'FS-4.2b excluded for cheating after the prescription: 2,000 at 0.15, all the patient’s',
  async (t) => {
    // 300.00
    const hub = await hubOf(t, '210400')
    const walk = walker(hub)
    const { personId } = hub.world.cast.person
    const { no, content } = await walk.reviewed({ quantity: 2_000 })
    await register(hub, 'sanction', `benefit-excluded:${personId}`, {
      subject: 'person',
      subjectId: personId,
      kind: 'benefit-excluded',
      reason: '样例',
    })
    const bill = await settled(hub, no, walk.lines(content))
    t.match(bill!.entries, [{ layer: 'not-covered', payer: 'patient', amount: 30_000, ruleId: 'FS-4.2b' }])
  },
)
