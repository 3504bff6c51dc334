import t from 'tap'
import { postingsOf, reversalOf } from '../../../src/domain/settlement/postings.ts'
import { cited, line, part, planOf, settle, sumOf } from './builder.ts'

const parties = { supplierId: 'P1', hospitalId: 'H1' }

t.test('MZ-7.3 every fund that pays owes its own part to the pharmacy', (t) => {
  const bill = settle({
    plan: planOf(
      part('ratio', { ratioBp: cited(5_000) }),
      part('yearly-maximum', { maximumFen: cited(40_000) }),
      part('large-amount', { ratioBp: cited(5_000), maximumFen: cited(1_000_000) }),
      part('serious-illness', {
        counts: cited(['coinsurance']),
        thresholdFen: cited(0),
        bands: cited([{ overFen: 0, ratioBp: 5_000 }]),
        maximumFen: cited(1_000_000),
      }),
      part('medical-assistance', {
        counts: cited(['coinsurance']),
        ratioBp: cited(5_000),
        maximumFen: cited(1_000_000),
      }),
    ),
  })
  // 80,000 exhaust the fund: 40,000 fund, 40,000 own; 20,000 above: 10,000 large-amount, 10,000 own.
  // Serious illness 20,000 of 40,000, assistance 10,000 of 20,000; patient 10,000 + 10,000.
  t.same(postingsOf(bill, parties), [
    { account: 'fund:basic:employee', amount: -40_000n },
    { account: 'institution:P1:receivable', amount: 80_000n },
    { account: 'fund:large-amount', amount: -10_000n },
    { account: 'fund:serious-illness', amount: -20_000n },
    { account: 'fund:medical-assistance', amount: -10_000n },
    { account: 'patient:paid', amount: -20_000n },
    { account: 'institution:P1:counter', amount: 20_000n },
  ])
  t.end()
})

t.test('SX-5 a free supply is a memo of the charity and no claim on anybody', (t) => {
  const bill = settle({ plan: planOf(part('charity')), lines: [line({ charity: true })] })
  t.same(postingsOf(bill, parties), [
    { account: 'charity:supply', amount: -100_000n },
    { account: 'institution:P1:charity', amount: 100_000n },
  ])
  t.end()
})

t.test(
  'MZ-7.4 FS-3.5a a stay is never prepaid: capitation owes the hospital, which still ends at zero',
  (t) => {
    // 1,000.00 at 70 %: 700.00 from the capitation account of the supplier, 300.00 from the patient
    const bill = settle({
      plan: planOf(part('inpatient', { ratioBp: cited(7_000) }), part('capitation')),
      setting: 'inpatient',
      stay: { stayNo: 'S1', deductibleLeftFen: 0n },
    })
    t.same(postingsOf(bill, { ...parties, capitationHolderId: 'P1' }), [
      { account: 'capitation:P1', amount: -70_000n },
      { account: 'institution:H1:receivable', amount: 70_000n },
      { account: 'patient:paid', amount: -30_000n },
      { account: 'institution:H1:patient-receivable', amount: 30_000n },
      { account: 'institution:H1:deduction', amount: -100_000n },
      { account: 'institution:P1:receivable', amount: 100_000n },
    ])
    t.end()
  },
)

t.test('FS-3.4 what the supplier waives is not posted', (t) => {
  const bill = settle({
    plan: planOf(part('zero-mark-up'), part('ratio', { ratioBp: cited(10_000) })),
    lines: [line({ purchasePriceFen: 90_000n })],
  })
  t.same(postingsOf(bill, parties), [
    { account: 'fund:basic:employee', amount: -90_000n },
    { account: 'institution:P1:receivable', amount: 90_000n },
  ])
  t.end()
})

t.test('FS-3.5a a capitation holder who supplies has been paid in advance', (t) => {
  const bill = settle({ plan: planOf(part('ratio', { ratioBp: cited(10_000) }), part('capitation')) })
  t.same(postingsOf(bill, { ...parties, capitationHolderId: 'P1' }), [
    { account: 'capitation:P1', amount: -100_000n },
    { account: 'institution:P1:prepaid', amount: 100_000n },
  ])
  t.same(postingsOf(bill, { ...parties, capitationHolderId: 'H1' }), [
    { account: 'capitation:H1', amount: -100_000n },
    { account: 'institution:P1:receivable', amount: 100_000n },
  ])
  t.end()
})

t.test('a reversal is the opposite of each entry', (t) => {
  const postings = postingsOf(settle(), parties)
  t.equal(sumOf(postings), 0n)
  t.same(
    reversalOf(postings).map(({ account, amount }) => [account, -amount]),
    postings.map(({ account, amount }) => [account, amount]),
  )
  t.same(reversalOf(reversalOf(postings)), postings)
  t.end()
})

t.test(
  'CQ-4.6 where an inpatient pays where he buys, a stay is posted as a purchase of any outpatient',
  (t) => {
    const bill = settle({
      plan: planOf(part('inpatient', { ratioBp: cited(7_000), paysWhere: cited('supplier') })),
      setting: 'inpatient',
      stay: { stayNo: 'S1', deductibleLeftFen: 10_000n },
    })
    // 1,000.00; 100.00 of the stay's deductible; 900.00 * 70 % = 630.00; own 370.00
    t.same(bill.stay, {
      stayNo: 'S1',
      deductibleChargedFen: 10_000n,
      countedFen: 100_000n,
      paysWhere: 'supplier',
    })
    t.same(postingsOf(bill, parties), [
      { account: 'fund:basic:employee', amount: -63_000n },
      { account: 'institution:P1:receivable', amount: 63_000n },
      { account: 'patient:paid', amount: -37_000n },
      { account: 'institution:P1:counter', amount: 37_000n },
    ])
    t.end()
  },
)
