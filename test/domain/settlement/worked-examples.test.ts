import t from 'tap'
import { postingsOf } from '../../../src/domain/settlement/postings.ts'
import { EMPTY_YEAR, layersOf, line, notCovered, settle } from './builder.ts'
import { versionOn } from './region-plans.ts'

/** The plan of a region on a day, as part of an input. */
function under(region: string, day: string) {
  const { id, settlement } = versionOn(region, day)
  return { versionId: id, plan: settlement, day }
}
const meizhou = under('441400', '2026-03-02')
const chongqing = under('500000', '2026-03-02')
const shanxi = under('140000', '2026-03-02')
const deyang = under('510600', '2026-03-02')
const fushun2020 = under('210400', '2020-06-01')
const fushun2021 = under('210400', '2021-01-01')

t.test(
  'MZ-6.6 one stop: basic fund, serious-illness insurance and medical assistance in one settlement',
  (t) => {
    // CNY 30,000.00, class B, resident on minimum living allowance, tertiary hospital:
    //   class B 15 %                              4,500.00  patient   (left 25,500.00)
    //   deductible                                  600.00  patient   (left 24,900.00)
    //   fund 60 % of 24,900.00                   14,940.00  fund      (own   9,960.00)
    //   counted own: 600.00 + 9,960.00 = 10,560.00; above 3,000.00: 7,560.00; 60 % = 4,536.00 serious illness
    //   left of the counted own: 6,024.00; 80 % = 4,819.20 medical assistance
    //   patient: 4,500.00 + 6,024.00 - 4,819.20 = 5,704.80
    const bill = settle({
      ...meizhou,
      scheme: 'resident',
      assistance: 'minimum-living',
      lines: [line({ unitPriceFen: 3_000_000n, medicineClass: 'B' })],
    })
    t.equal(bill.totals['basic-fund'], 1_494_000n)
    t.equal(bill.totals['serious-illness'], 453_600n)
    t.equal(bill.totals['medical-assistance'], 481_920n)
    t.equal(bill.totals.patient, 570_480n)
    t.same(bill.balancesAfter, {
      ...EMPTY_YEAR,
      deductiblePaid: 60_000n,
      deductibleLevel: 'tertiary',
      fundPaid: 1_494_000n,
      ownPaid: 1_056_000n,
      seriousIllnessPaid: 453_600n,
      assistancePaid: 481_920n,
    })
    t.ok(bill.entries.every((entry) => entry.ruleId.startsWith('MZ-')))
    t.equal(bill.restsOnSample, true)
    t.end()
  },
)

t.test('MZ-7.1 what the price has above the payment standard is the patient’s', (t) => {
  // 2 at 550.00, standard 500.00: 100.00 above; 1,000.00 - 600.00 deductible = 400.00; 75 % = 300.00
  const bill = settle({
    ...meizhou,
    lines: [line({ count: '2', unitPriceFen: 55_000n, paymentStandardFen: 50_000n })],
  })
  t.same(layersOf(bill), {
    'above-standard': 10_000,
    deductible: 60_000,
    'basic-fund': 30_000,
    coinsurance: 10_000,
  })
  t.equal(bill.entries[0]?.ruleId, 'MZ-7.1')
  t.end()
})

t.test('MZ-7.2 above the yearly maximum the fund pays nothing more', (t) => {
  // resident, 199,500.00 of 200,000.00 used, deductible paid: 10,000.00 * 60 % = 6,000.00, but 500.00 is left.
  // 833.34 is the least amount whose 60 % is 500.00; 9,166.66 lies above the maximum.
  const used = { ...EMPTY_YEAR, deductiblePaid: 60_000n, fundPaid: 19_950_000n }
  const bill = settle({
    ...meizhou,
    scheme: 'resident',
    balances: used,
    lines: [line({ unitPriceFen: 1_000_000n })],
  })
  t.same(layersOf(bill), { 'basic-fund': 50_000, coinsurance: 33_334, 'above-maximum': 916_666 })
  t.equal(bill.balancesAfter.fundPaid, 20_000_000n)
  const next = settle({
    ...meizhou,
    scheme: 'resident',
    balances: bill.balancesAfter,
    lines: [line({ unitPriceFen: 1_000_000n })],
  })
  t.same(layersOf(next), { 'above-maximum': 1_000_000 })
  t.equal(next.entries[0]?.ruleId, 'MZ-7.2')
  t.end()
})

t.test('MZ-7.3 outpatient: the patient pays the own part at the counter, the fund owes the rest', (t) => {
  // 1,000.00 - 600.00 = 400.00; 75 % = 300.00; patient 700.00
  const bill = settle(meizhou)
  t.same(postingsOf(bill, { supplierId: 'P1', hospitalId: 'H1' }), [
    { account: 'fund:basic:employee', amount: -30_000n },
    { account: 'institution:P1:receivable', amount: 30_000n },
    { account: 'patient:paid', amount: -70_000n },
    { account: 'institution:P1:counter', amount: 70_000n },
  ])
  t.end()
})

t.test(
  'MZ-7.4 inpatient: the agency pays the pharmacy all and takes it off the hospital, which ends at zero',
  (t) => {
    // 5,000.00; 200.00 of the stay's deductible left; 4,800.00 * 80 % = 3,840.00 fund; patient 1,160.00 to the hospital
    const bill = settle({
      ...meizhou,
      setting: 'inpatient',
      stay: { stayNo: 'S1', deductibleLeftFen: 20_000n },
      lines: [line({ unitPriceFen: 500_000n })],
    })
    t.same(layersOf(bill), { deductible: 20_000, 'basic-fund': 384_000, coinsurance: 96_000 })
    t.same(bill.stay, { stayNo: 'S1', countedFen: 500_000n, deductibleChargedFen: 20_000n })
    t.equal(bill.balancesAfter.deductiblePaid, 0n, 'the deductible of the stay is not that of the year')
    t.same(postingsOf(bill, { supplierId: 'P1', hospitalId: 'H1' }), [
      { account: 'fund:basic:employee', amount: -384_000n },
      { account: 'institution:H1:receivable', amount: 384_000n },
      { account: 'patient:paid', amount: -116_000n },
      { account: 'institution:H1:patient-receivable', amount: 116_000n },
      { account: 'institution:H1:deduction', amount: -500_000n },
      { account: 'institution:P1:receivable', amount: 500_000n },
    ])
    t.end()
  },
)

t.test('CQ-2.3 an inpatient who buys outside is settled at the rate of this stay', (t) => {
  // resident, tertiary: 1,000.00 * 50 % (outpatient: 80,000 fen deductible, then 40 %)
  const stay = { setting: 'inpatient', stay: { stayNo: 'S1', deductibleLeftFen: 0n } } as const
  const bill = settle({ ...chongqing, ...stay, scheme: 'resident' })
  t.same(layersOf(bill), { 'basic-fund': 50_000, coinsurance: 50_000 })
  t.equal(bill.entries[0]?.ruleId, 'CQ-2.3')
  const outpatient = settle({ ...chongqing, scheme: 'resident' })
  t.same(layersOf(outpatient), { deductible: 80_000, 'basic-fund': 8_000, coinsurance: 12_000 })
  t.end()
})

t.test(
  'CQ-2.4a without special-disease qualification the deductible of the hospital’s level is charged once a year',
  (t) => {
    // secondary: 440.00. First 300.00: all deductible. Then 300.00: 140.00 deductible, 160.00 * 80 % = 128.00.
    const first = settle({
      ...chongqing,
      hospitalLevel: 'secondary',
      lines: [line({ unitPriceFen: 30_000n })],
    })
    t.same(layersOf(first), { deductible: 30_000 })
    t.equal(first.entries[0]?.ruleId, 'CQ-2.4a')
    const second = settle({
      ...chongqing,
      hospitalLevel: 'secondary',
      balances: first.balancesAfter,
      lines: [line({ unitPriceFen: 30_000n })],
    })
    t.same(layersOf(second), { deductible: 14_000, 'basic-fund': 12_800, coinsurance: 3_200 })
    // A tertiary hospital for another drug (CQ-4.3): the year's deductible is already paid.
    const third = settle({
      ...chongqing,
      balances: second.balancesAfter,
      lines: [line({ unitPriceFen: 30_000n })],
    })
    t.same(layersOf(third), { 'basic-fund': 24_000, coinsurance: 6_000 })
    t.end()
  },
)

t.test(
  'CQ-2.4b with qualification the combined deductible is that of the highest level; a single-disease hospital does not count',
  (t) => {
    const qualified = {
      ...chongqing,
      hospitalLevel: 'primary',
      specialDisease: true,
      balances: { ...EMPTY_YEAR, deductiblePaid: 20_000n, deductibleLevel: 'primary' },
    } as const
    // Highest is secondary: 440.00 - 200.00 already paid = 240.00; (1,000.00 - 240.00) * 80 % = 608.00
    const bill = settle({
      ...qualified,
      hospitals: [
        { level: 'secondary', chosenFor: 'special-disease' },
        { level: 'tertiary', chosenFor: 'single-disease' },
      ],
    })
    t.same(layersOf(bill), { deductible: 24_000, 'basic-fund': 60_800, coinsurance: 15_200 })
    t.equal(bill.entries[0]?.ruleId, 'CQ-2.4b')
    // Chosen for special diseases, the tertiary hospital counts: 880.00 - 200.00 = 680.00; 320.00 * 80 % = 256.00
    const higher = settle({ ...qualified, hospitals: [{ level: 'tertiary', chosenFor: 'special-disease' }] })
    t.same(layersOf(higher), { deductible: 68_000, 'basic-fund': 25_600, coinsurance: 6_400 })
    t.end()
  },
)

t.test(
  'CQ-2.5a employees: the pooled fund pays 80 %, and above its yearly limit large-amount insurance pays',
  (t) => {
    // 49,960.00 of 50,000.00 used. 1,000.00 * 80 % = 800.00, but 40.00 is left: 50.00 exhausts it, 950.00 lies above.
    // Large-amount insurance: 95 % of 950.00 = 902.50; the patient has 10.00 + 47.50.
    const bill = settle({
      ...chongqing,
      balances: { ...EMPTY_YEAR, deductiblePaid: 88_000n, fundPaid: 4_996_000n },
    })
    t.same(layersOf(bill), {
      'basic-fund': 4_000,
      coinsurance: 1_000,
      'large-amount': 90_250,
      'above-maximum': 4_750,
    })
    const ratio = bill.entries.find((entry) => entry.layer === 'basic-fund')
    t.same(
      ratio?.parameters.map(({ name, value, status, ruleId }) => ({ name, value, status, ruleId })),
      [{ name: 'ratioBp', value: 8000, status: 'cited', ruleId: 'CQ-2.5a' }],
    )
    t.equal(bill.entries.find((entry) => entry.layer === 'large-amount')?.ruleId, 'CQ-2.5a')
    t.end()
  },
)

t.test(
  'CQ-2.5b residents: own payments of the year above the threshold go to serious-illness insurance',
  (t) => {
    // Own so far 15,900.00, threshold 16,000.00. 1,000.00 at a secondary hospital: 60 % = 600.00, own 400.00.
    // 15,900.00 + 400.00 = 16,300.00; 300.00 above; 60 % = 180.00; patient 220.00.
    const bill = settle({
      ...chongqing,
      scheme: 'resident',
      hospitalLevel: 'secondary',
      balances: { ...EMPTY_YEAR, deductiblePaid: 30_000n, deductibleLevel: 'secondary', ownPaid: 1_590_000n },
    })
    t.same(layersOf(bill), { 'basic-fund': 60_000, coinsurance: 22_000, 'serious-illness': 18_000 })
    t.equal(bill.balancesAfter.ownPaid, 1_630_000n)
    t.ok(bill.entries.every((entry) => entry.ruleId === 'CQ-2.5b'))
    t.end()
  },
)

t.test('SX-5 a donated supply is free: neither the patient nor a fund pays', (t) => {
  const bill = settle({
    ...shanxi,
    lines: [line({ charity: true }), line({ lineNo: 2, unitPriceFen: 200_000n })],
  })
  // Line 2: 2,000.00 - 1,000.00 deductible = 1,000.00; 75 % = 750.00
  t.same(layersOf(bill, 1), { charity: 100_000 })
  t.same(layersOf(bill, 2), { deductible: 100_000, 'basic-fund': 75_000, coinsurance: 25_000 })
  t.same(
    layersOf(settle({ ...shanxi, lines: [line({ charity: true })], notCovered: [notCovered('SX-7')] })),
    {
      charity: 100_000,
    },
  )
  t.end()
})

t.test('SX-2 drugs under the ordinary large-amount rules have their own ratio', (t) => {
  // 2,000.00 - 1,000.00 = 1,000.00; 80 %
  const bill = settle({ ...shanxi, lines: [line({ unitPriceFen: 200_000n, listClass: 'large-amount' })] })
  t.same(layersOf(bill), { deductible: 100_000, 'basic-fund': 80_000, coinsurance: 20_000 })
  t.equal(bill.entries[1]?.ruleId, 'SX-2')
  t.end()
})

for (const ruleId of ['SX-17.1', 'SX-17.2', 'SX-17.3', 'SX-17.6', 'SX-7']) {
  t.test(`${ruleId} a finding on a line: the patient pays that line, and the bill says why`, (t) => {
    const bill = settle({
      ...shanxi,
      balances: { ...EMPTY_YEAR, deductiblePaid: 100_000n },
      lines: [line(), line({ lineNo: 2 })],
      notCovered: [notCovered(ruleId, 1)],
    })
    t.same(layersOf(bill, 1), { 'not-covered': 100_000 })
    t.equal(bill.entries[0]?.ruleId, ruleId)
    t.same(layersOf(bill, 2), { 'basic-fund': 75_000, coinsurance: 25_000 })
    t.end()
  })
}

t.test('SX-17.4 only the part above the payment standard is not covered', (t) => {
  // 1,000.00 with standard 999.99: 0.01 above; 999.99 * 75 % = 749.9925, the fund pays 749.99
  const bill = settle({
    ...shanxi,
    balances: { ...EMPTY_YEAR, deductiblePaid: 100_000n },
    lines: [line({ paymentStandardFen: 99_999n })],
  })
  t.same(layersOf(bill), { 'above-standard': 1, 'basic-fund': 74_999, coinsurance: 25_000 })
  t.equal(bill.entries[0]?.ruleId, 'SX-17.4')
  t.end()
})

t.test('SX-17.5 only what exceeds the prescribed quantity is not covered', (t) => {
  // 40 at 10.00, 10 too many: 100.00 the patient's; 300.00 * 75 % = 225.00
  const bill = settle({
    ...shanxi,
    balances: { ...EMPTY_YEAR, deductiblePaid: 100_000n },
    lines: [line({ count: '40', unitPriceFen: 1_000n, excess: { quantity: 100_000n, ruleId: 'SX-17.5' } })],
  })
  t.same(layersOf(bill), { 'not-covered': 10_000, 'basic-fund': 22_500, coinsurance: 7_500 })
  t.equal(bill.entries[0]?.ruleId, 'SX-17.5')
  t.end()
})

t.test('SC-P2 separately paid and high-value drugs each have their own payment rule', (t) => {
  // Single-payment: no deductible, no first share, 75 %: 750.00.
  // High value: first share 20 % = 200.00; 800.00 - 500.00 deductible = 300.00; 80 % = 240.00.
  const bill = settle({
    ...deyang,
    lines: [
      line({ medicineClass: 'B', listClass: 'single-payment' }),
      line({ lineNo: 2, medicineClass: 'B', listClass: 'high-value' }),
    ],
  })
  t.same(layersOf(bill, 1), { 'basic-fund': 75_000, coinsurance: 25_000 })
  t.same(layersOf(bill, 2), {
    'class-b': 20_000,
    deductible: 50_000,
    'basic-fund': 24_000,
    coinsurance: 6_000,
  })
  t.ok(bill.entries.every((entry) => entry.ruleId === 'SC-P2'))
  t.end()
})

t.test('SC-D4b payment standards are applied strictly', (t) => {
  const bill = settle({ ...deyang, lines: [line({ paymentStandardFen: 90_000n })] })
  // 100.00 above; 900.00 - 500.00 = 400.00; 85 % = 340.00
  t.same(layersOf(bill), {
    'above-standard': 10_000,
    deductible: 50_000,
    'basic-fund': 34_000,
    coinsurance: 6_000,
  })
  t.equal(bill.entries[0]?.ruleId, 'SC-D4b')
  t.end()
})

/** A Fushun resident at a primary institution: 100.00 deductible, 60 %. */
const fushunPatient = { scheme: 'resident', hospitalLevel: 'primary' } as const

t.test('FS-3.1 never twice: what another benefit has paid is not paid again', (t) => {
  const bill = settle({
    ...fushun2020,
    ...fushunPatient,
    lines: [line({ unitPriceFen: 20_000n, purchasePriceFen: 20_000n })],
    otherBenefit: {
      name: { zh: '门诊特慢病', en: 'Outpatient chronic disease' },
      state: 'paid',
      lines: [{ lineNo: 1, fundFen: 5_000n }],
    },
  })
  t.same(layersOf(bill), { 'paid-elsewhere': 20_000 })
  t.equal(bill.entries[0]?.ruleId, 'FS-3.1')
  t.end()
})

t.test('FS-3.1 never less than before: the better benefit is taken, with the reason', (t) => {
  // Own: 200.00 - 100.00 = 100.00; 60 % = 60.00.
  const supply = {
    ...fushun2020,
    ...fushunPatient,
    lines: [line({ unitPriceFen: 20_000n, purchasePriceFen: 20_000n })],
  }
  const offer = (fundFen: bigint) => ({
    name: { zh: '门诊特慢病', en: 'Outpatient chronic disease' },
    state: 'available' as const,
    lines: [{ lineNo: 1, fundFen }],
  })
  const equal = settle({ ...supply, otherBenefit: offer(6_000n) })
  t.equal(equal.benefit, 'own')
  t.same(layersOf(equal), { deductible: 10_000, 'basic-fund': 6_000, coinsurance: 4_000 })
  const better = settle({ ...supply, otherBenefit: offer(6_001n) })
  t.equal(better.benefit, 'other')
  t.same(layersOf(better), { 'other-benefit': 6_001, coinsurance: 13_999 })
  t.ok(better.entries.every((entry) => entry.ruleId === 'FS-3.1'))
  t.same(better.balancesAfter, EMPTY_YEAR, "this benefit's year is untouched")
  t.end()
})

t.test('FS-3.4 a mark-up is charged to nobody', (t) => {
  // 10 at 22.00, bought at 20.00: 20.00 waived; 200.00 - 100.00 = 100.00; 60 % = 60.00
  const bill = settle({
    ...fushun2020,
    ...fushunPatient,
    lines: [line({ count: '10', unitPriceFen: 2_200n, purchasePriceFen: 2_000n })],
  })
  t.same(layersOf(bill), { 'mark-up': 2_000, deductible: 10_000, 'basic-fund': 6_000, coinsurance: 4_000 })
  t.equal(bill.totals.patient + bill.totals['basic-fund'], 20_000n)
  t.equal(bill.totals.institution, 2_000n)
  t.end()
})

t.test('FS-3.5a per item until 2020, from 2021 against the capitation account: same amounts', (t) => {
  const supply = { ...fushunPatient, lines: [line({ unitPriceFen: 20_000n, purchasePriceFen: 20_000n })] }
  const perItem = settle({ ...supply, ...under('210400', '2020-12-31') })
  const perHead = settle({ ...supply, ...fushun2021 })
  t.equal(perItem.totals['basic-fund'], 6_000n)
  t.equal(perItem.totals.capitation, 0n)
  t.equal(perHead.totals['basic-fund'], 0n)
  t.equal(perHead.totals.capitation, 6_000n)
  t.same(perHead.balancesAfter, perItem.balancesAfter)
  t.same(postingsOf(perHead, { supplierId: 'P1', hospitalId: 'H1', capitationHolderId: 'H1' }), [
    { account: 'capitation:H1', amount: -6_000n },
    { account: 'institution:P1:receivable', amount: 6_000n },
    { account: 'patient:paid', amount: -14_000n },
    { account: 'institution:P1:counter', amount: 14_000n },
  ])
  t.end()
})

t.test('FS-3.5b the payment standard by generic name limits what is eligible', (t) => {
  // 200.00 with standard 150.00: 50.00 above; 150.00 - 100.00 = 50.00; 60 % = 30.00
  const bill = settle({
    ...fushun2020,
    ...fushunPatient,
    lines: [line({ unitPriceFen: 20_000n, purchasePriceFen: 20_000n, paymentStandardFen: 15_000n })],
  })
  t.same(layersOf(bill), {
    'above-standard': 5_000,
    deductible: 10_000,
    'basic-fund': 3_000,
    coinsurance: 2_000,
  })
  t.equal(bill.entries[0]?.ruleId, 'FS-3.5b')
  t.end()
})
