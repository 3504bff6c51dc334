import t from 'tap'
import { adjudicate } from '../../../../src/domain/settlement/adjudicate.ts'
import { cited, inputOf, layersOf, line, part, planOf, settle } from '../builder.ts'

const plan = planOf(
  part('inpatient', { ratioBp: cited(9_000) }),
  part('deductible', { amountFen: cited(50_000) }),
  part('ratio', { ratioBp: cited(7_000) }),
)
const inpatient = (deductibleLeftFen: bigint) =>
  ({ plan, setting: 'inpatient', stay: { stayNo: 'S1', deductibleLeftFen } }) as const

t.test('CQ-2.3 an inpatient has the ratio of the stay and no yearly deductible', (t) => {
  t.same(layersOf(settle(inpatient(0n))), { 'basic-fund': 90_000, coinsurance: 10_000 })
  t.same(layersOf(settle({ plan })), { deductible: 50_000, 'basic-fund': 35_000, coinsurance: 15_000 })
  t.end()
})

t.test('CQ-2.3 what is left of the stay’s deductible is charged over the lines, to the fen', (t) => {
  const bill = settle({ ...inpatient(100_001n), lines: [line(), line({ lineNo: 2 })] })
  t.same(layersOf(bill, 1), { deductible: 100_000 })
  t.same(layersOf(bill, 2), { deductible: 1, 'basic-fund': 89_999, coinsurance: 10_000 })
  t.same(bill.stay, { stayNo: 'S1', countedFen: 200_000n, deductibleChargedFen: 100_001n })
  t.equal(bill.balancesAfter.deductiblePaid, 0n)
  t.end()
})

t.test('MZ-7.4 an inpatient cannot be settled without the stay', (t) => {
  t.match(adjudicate(inputOf({ plan, setting: 'inpatient' })), {
    code: 'facts-missing',
    facts: [{ fact: 'stay' }],
  })
  t.end()
})

t.test('SX-14 where the plan has no inpatient part, an inpatient is settled as everybody', (t) => {
  const bill = settle({ setting: 'inpatient' })
  t.same(layersOf(bill), { 'basic-fund': 70_000, coinsurance: 30_000 })
  t.equal(bill.stay, undefined)
  t.end()
})
