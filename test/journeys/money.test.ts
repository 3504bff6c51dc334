import t from 'tap'
import { keyOf } from '../../src/usecases/registers/change-register.ts'
import type { Scope } from '../support/database.ts'
import { testHub } from '../support/hub.ts'
import { bought, drugOf } from '../support/money.ts'
import { refusedBy } from '../support/refusals.ts'
import { endToday, register } from '../support/region.ts'
import { aStay } from '../usecases/clearing/clearing.ts'

/*
 * Worked examples through the use cases, by hand. Meizhou and Chongqing: 丁苯酞软胶囊, class B, 3.24 a capsule, the
 * payment standard. Shanxi: 醋酸阿比特龙片, class B, 35.00. Deyang: 瑞维鲁胺片, class B, 46.00. Fushun: 苯磺酸氨氯地平片,
 * class A, 0.15. Hospitals are tertiary, in Fushun secondary. Amounts in CNY in the comments, in fen in the code.
 */
const hubOf = (test: Scope, region: string) => testHub(test, { anyQuantity: true, regions: [region] })

t.test('MZ-6.6 one stop: fund, serious-illness insurance and medical assistance', async (t) => {
  // 10,000 at 3.24 = 32,400.00. Resident, minimum living allowance.
  // class B 15 % = 4,860.00; deductible 600.00; 26,940.00 * 60 % = 16,164.00 fund; 10,776.00 own
  // counted 11,376.00, above 3,000.00: 8,376.00 * 60 % = 5,025.60; left 6,350.40 * 80 % = 5,080.32
  // patient 4,860.00 + 6,350.40 - 5,080.32 = 6,130.08
  const hub = await hubOf(t, '441400')
  const { payers } = await bought(hub, { person: hub.world.cast.assisted, quantity: 10_000 })
  t.same(payers, {
    patient: 613_008,
    'basic-fund': 1_616_400,
    'serious-illness': 502_560,
    'medical-assistance': 508_032,
  })
})

t.test('MZ-7.1 the price above the payment standard is the patient’s', async (t) => {
  // 1,000 at 4.00 = 4,000.00; standard 3,240.00: 760.00 above. Employee: class B 10 % = 324.00; deductible 600.00
  // 2,316.00 * 75 % = 1,737.00 fund; 579.00 own
  const hub = await hubOf(t, '441400')
  const { layers, because } = await bought(hub, { quantity: 1_000 }, 400)
  t.same(layers, {
    'above-standard': 76_000,
    'class-b': 32_400,
    deductible: 60_000,
    'basic-fund': 173_700,
    coinsurance: 57_900,
  })
  t.equal(because['above-standard'], 'MZ-7.1')
})

t.test('MZ-7.2 above the yearly maximum the fund pays nothing more, not-covered', async (t) => {
  // 140,000 at 3.24 = 453,600.00; class B 45,360.00; deductible 600.00; 407,640.00 * 75 % = 305,730.00, but the
  // maximum is 300,000.00: 400,000.00 exhausts it, own 100,000.00; 7,640.00 above.
  // serious illness: 100,600.00 counted, 85,600.00 above 15,000.00: 50,000.00 * 60 % + 35,600.00 * 70 % = 54,920.00
  // patient 453,600.00 - 300,000.00 - 54,920.00 = 98,680.00
  const hub = await hubOf(t, '441400')
  const first = await bought(hub, { quantity: 140_000 })
  t.same(first.payers, { patient: 9_868_000, 'basic-fund': 30_000_000, 'serious-illness': 5_492_000 })
  t.equal(first.layers['above-maximum'], 764_000)
  // Once more 1,000 = 3,240.00: class B 324.00, all the rest lies above the maximum.
  const next = await bought(hub, { quantity: 1_000 })
  t.same(next.layers, { 'class-b': 32_400, 'above-maximum': 291_600 })
  t.equal(next.because['above-maximum'], 'MZ-7.2')
})

t.test('CQ-2.3 an inpatient who buys outside is settled at the rate of the stay', async (t) => {
  // 1,000 at 3.24 = 3,240.00; class B 10 % = 324.00; employee 85 % of 2,916.00 = 2,478.60; no yearly deductible
  const hub = await hubOf(t, '500000')
  const stay = aStay(hub, 'ZY-1')
  const { layers, because } = await bought(hub, { ...stay, quantity: 1_000 })
  t.same(layers, { 'class-b': 32_400, 'basic-fund': 247_860, coinsurance: 43_740 })
  t.equal(because['basic-fund'], 'CQ-2.3')
})

t.test('CQ-2.4a without qualification: the deductible of the hospital’s level, once a year', async (t) => {
  // 200 at 3.24 = 648.00; class B 64.80; 583.20 all within the deductible of 880.00
  // then 1,000 = 3,240.00; class B 324.00; the rest of the deductible 296.80; 2,619.20 * 80 % = 2,095.36
  const hub = await hubOf(t, '500000')
  const first = await bought(hub, { quantity: 200, days: 5 })
  t.same(first.layers, { 'class-b': 6_480, deductible: 58_320 })
  t.equal(first.because['deductible'], 'CQ-2.4a')
  const second = await bought(hub, { quantity: 1_000 })
  t.same(second.layers, {
    'class-b': 32_400,
    deductible: 29_680,
    'basic-fund': 209_536,
    coinsurance: 52_384,
  })
})

t.test('CQ-2.4b with qualification: one combined deductible, that of the highest level', async (t) => {
  // The prescribing hospital is secondary: 440.00. A tertiary one chosen for a single disease does not count.
  // 1,000 at 3.24 = 3,240.00; class B 324.00; 440.00; 2,476.00 * 80 % = 1,980.80
  const hub = await hubOf(t, '500000')
  const { hospital, specialDiseasePerson: person } = hub.world.cast
  await endToday(hub, 'institution', hospital.institutionId)
  await register(hub, 'institution', hospital.institutionId, { ...hospital, level: 'secondary' })
  const tertiary = { ...hospital, institutionId: 'H50010100099', level: 'tertiary' } as const
  await register(hub, 'institution', tertiary.institutionId, tertiary)
  const choose = (kind: 'single-disease' | 'special-disease') =>
    register(hub, 'qualification', `${kind}:${person.personId}`, {
      personId: person.personId,
      kind,
      hospitalId: tertiary.institutionId,
    })
  await choose('single-disease')
  const layers = { 'class-b': 32_400, deductible: 44_000, 'basic-fund': 198_080, coinsurance: 49_520 }
  const first = await bought(hub, { person, quantity: 1_000, days: 5 })
  t.same(first.layers, layers)
  t.equal(first.because['deductible'], 'CQ-2.4b')
  // Chosen for special diseases it counts: 880.00, of which 440.00 are paid; the same amounts once more.
  await choose('special-disease')
  const second = await bought(hub, { person, quantity: 1_000 })
  t.same(second.layers, layers)
})

t.test('CQ-4.7a insured elsewhere and settled here: the rules of this place apply', async (t) => {
  // 1,000 at 3.24 = 3,240.00; class B 324.00; deductible 880.00; 2,036.00 * 80 % = 1,628.80
  const hub = await hubOf(t, '500000')
  const person = { ...hub.world.cast.employee, insuredRegion: '510600' }
  await endToday(hub, 'person', person.personId)
  await register(hub, 'person', person.personId, person)
  const { layers } = await bought(hub, { person, quantity: 1_000 })
  t.same(layers, { 'class-b': 32_400, deductible: 88_000, 'basic-fund': 162_880, coinsurance: 40_720 })
})

t.test('CQ-2.5a employees: 80 %, then large-amount insurance above the yearly limit', async (t) => {
  // 30,000 at 3.24 = 97,200.00; class B 9,720.00; deductible 880.00; 86,600.00 * 80 % = 69,280.00, but 50,000.00 is
  // the limit: 62,500.00 exhausts it, own 12,500.00; 24,100.00 above: 95 % = 22,895.00 large-amount; own 1,205.00
  const hub = await hubOf(t, '500000')
  const { layers, payers } = await bought(hub, { quantity: 30_000 })
  t.same(layers, {
    'class-b': 972_000,
    deductible: 88_000,
    'basic-fund': 5_000_000,
    coinsurance: 1_250_000,
    'large-amount': 2_289_500,
    'above-maximum': 120_500,
  })
  t.equal(payers['patient'], 2_430_500)
})

t.test('CQ-2.5b residents: own payments above the threshold go to serious-illness insurance', async (t) => {
  // 20,000 at 3.24 = 64,800.00; class B 6,480.00; deductible 800.00; 57,520.00 * 40 % = 23,008.00; own 34,512.00
  // counted 35,312.00, above 16,000.00: 19,312.00 * 60 % = 11,587.20; patient 30,204.80
  const hub = await hubOf(t, '500000')
  const { payers } = await bought(hub, { person: hub.world.cast.resident, quantity: 20_000 })
  t.same(payers, { patient: 3_020_480, 'basic-fund': 2_300_800, 'serious-illness': 1_158_720 })
})

t.test('CQ-4.4 a patient who insists on another physician pays all, not-covered', async (t) => {
  // 14 at 3.24 = 45.36
  const hub = await hubOf(t, '500000')
  const { layers } = await bought(hub, {
    physician: hub.world.cast.notFiledPhysician,
    document: { selfPay: true },
  })
  t.same(layers, { 'not-covered': 4_536 })
})

t.test('SX-5 the free supply costs nobody anything', async (t) => {
  // 60 at 35.00 = 2,100.00
  const hub = await hubOf(t, '140000')
  const { layers, payers } = await bought(hub, { person: hub.world.cast.charityPerson, quantity: 60 })
  t.same([layers, payers], [{ charity: 210_000 }, { charity: 210_000 }])
})

t.test('SX-11 amounts over the limit never enter the fund’s part', async (t) => {
  // 8,000 at 35.00 = 280,000.00; class B 20 % = 56,000.00; deductible 1,000.00; 223,000.00 * 75 % = 167,250.00, but
  // the limit is 150,000.00: 200,000.00 exhausts it, own 50,000.00; 23,000.00 above: 90 % = 20,700.00 large-amount
  const hub = await hubOf(t, '140000')
  const { layers, payers } = await bought(hub, { quantity: 8_000 })
  t.same(layers, {
    'class-b': 5_600_000,
    deductible: 100_000,
    'basic-fund': 15_000_000,
    coinsurance: 5_000_000,
    'large-amount': 2_070_000,
    'above-maximum': 230_000,
  })
  t.equal(payers['patient'], 10_930_000)
})

t.test('SC-P2 a separately paid drug: no deductible, no first share, 75 %', async (t) => {
  // 14 at 46.00 = 644.00: 483.00 fund, 161.00 own
  const hub = await hubOf(t, '510600')
  const { layers, because } = await bought(hub, { quantity: 14 })
  t.same(layers, { 'basic-fund': 48_300, coinsurance: 16_100 })
  t.same(because, { 'basic-fund': 'SC-P2', coinsurance: 'SC-P2' })
})

t.test('SC-P2 a high-value drug: first share 20 %, the deductible, 80 %', async (t) => {
  const hub = await hubOf(t, '510600')
  const drug = drugOf(hub, 'dual-channel', 'high-value')
  const { physician, hospital, designatedPharmacy, person } = hub.world.cast
  await register(hub, 'filing', `${physician.practitionerId}:${hospital.institutionId}:diabetes`, {
    practitionerId: physician.practitionerId,
    institutionId: hospital.institutionId,
    role: 'responsible-physician',
    diseases: ['E11'],
    publishedOn: '2026-01-01',
  })
  await register(hub, 'qualification', `drug:${person.personId}:9`, {
    personId: person.personId,
    kind: 'drug',
    drugCodes: [drug.drugCode],
    diagnoses: ['E11'],
    hospitalId: hospital.institutionId,
    assessingHospitalId: hospital.institutionId,
    supplierId: designatedPharmacy.institutionId,
    physicianIds: [physician.practitionerId],
    assessment: 'continues',
    assessedOn: '2026-11-01',
  })
  // 100 at 150.00 = 15,000.00; 20 % = 3,000.00; deductible 500.00; 11,500.00 * 80 % = 9,200.00
  const { layers, because } = await bought(hub, { drugs: [drug], quantity: 100 })
  t.same(layers, { 'class-b': 300_000, deductible: 50_000, 'basic-fund': 920_000, coinsurance: 230_000 })
  t.same([...new Set(Object.values(because))], ['SC-P2'])
})

t.test('FS-2.3 deductible, ratio and yearly maximum of the two diseases', async (t) => {
  // 2,000 at 0.15 = 300.00; deductible 200.00; 100.00 * 50 % = 50.00
  const hub = await hubOf(t, '210400')
  const { layers, because } = await bought(hub, { quantity: 2_000 })
  t.same(layers, { deductible: 20_000, 'basic-fund': 5_000, coinsurance: 5_000 })
  t.equal(because['basic-fund'], 'FS-2.3')
  // 10,000 at 0.15 = 1,500.00; deductible 200.00; 1,300.00 * 50 % = 650.00, but 600.00 is the maximum: 1,200.00
  // exhausts it, own 600.00; 100.00 above
  const other = await bought(hub, { person: hub.world.cast.assisted, quantity: 10_000 })
  t.same(other.layers, {
    deductible: 20_000,
    'basic-fund': 60_000,
    coinsurance: 60_000,
    'above-maximum': 10_000,
  })
})

t.test('FS-3.5b once procured, the procurement price is standard and highest price', async (t) => {
  // Bought in at 0.15 so far. 2,000 at 0.15 = 300.00; 200.00; 100.00 * 50 % = 50.00. Procured at 0.12:
  // 2,000 at 0.12 = 240.00; 200.00; 40.00 * 50 % = 20.00; and a fen more is refused.
  const hub = await hubOf(t, '210400')
  const { drug, assisted, lowIncome } = hub.world.cast
  const price = async (basis: 'purchase' | 'procured', fen: number) => {
    const data = { drugCode: drug.drugCode, fen, confidential: false, basis }
    await register(hub, 'payment-standard', keyOf('payment-standard', data), data)
  }
  await endToday(hub, 'payment-standard', drug.drugCode)
  await price('purchase', 15)
  const before = await bought(hub, { quantity: 2_000 }, 15)
  t.same(before.layers, { deductible: 20_000, 'basic-fund': 5_000, coinsurance: 5_000 })
  await price('procured', 12)
  const dear = bought(hub, { person: assisted, quantity: 2_000 }, 13)
  t.same(await refusedBy(dear), ['FS-3.4 price-at-most-standard'])
  const after = await bought(hub, { person: lowIncome, quantity: 2_000 }, 12)
  t.same(after.layers, { deductible: 20_000, 'basic-fund': 2_000, coinsurance: 2_000 })
})
