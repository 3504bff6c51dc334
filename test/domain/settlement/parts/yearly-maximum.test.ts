import t from 'tap'
import { cited, EMPTY_YEAR, layersOf, line, part, planOf, settle } from '../builder.ts'

const plan = planOf(
  part('ratio', { ratioBp: cited(7_000) }),
  part('yearly-maximum', { maximumFen: cited(70_000) }),
)
const split = (unitPriceFen: bigint, fundPaid = 0n) =>
  layersOf(settle({ plan, lines: [line({ unitPriceFen })], balances: { ...EMPTY_YEAR, fundPaid } }))

t.test('MZ-7.2 the maximum is reached to the last fen and never passed', (t) => {
  t.same(split(99_999n), { 'basic-fund': 69_999, coinsurance: 30_000 })
  t.same(split(100_000n), { 'basic-fund': 70_000, coinsurance: 30_000 })
  t.same(split(100_001n), { 'basic-fund': 70_000, coinsurance: 30_000, 'above-maximum': 1 })
  t.end()
})

t.test('MZ-7.2 with nothing left the fund pays nothing', (t) => {
  t.same(split(1n, 69_999n), { coinsurance: 1 }, '0.7 fen')
  t.same(split(2n, 69_999n), { 'basic-fund': 1, coinsurance: 1 }, '1.4 fen')
  t.same(split(3n, 69_999n), { 'basic-fund': 1, coinsurance: 1, 'above-maximum': 1 }, '2 fen exhaust it')
  t.same(split(1n, 70_000n), { 'above-maximum': 1 })
  t.same(split(1n, 80_000n), { 'above-maximum': 1 }, 'a maximum lowered during the year')
  t.end()
})

t.test('MZ-7.2 lines use it up in their order', (t) => {
  const bill = settle({
    plan,
    lines: [line({ unitPriceFen: 90_000n }), line({ lineNo: 2, unitPriceFen: 90_000n })],
  })
  t.same(layersOf(bill, 1), { 'basic-fund': 63_000, coinsurance: 27_000 })
  t.same(layersOf(bill, 2), { 'basic-fund': 7_000, coinsurance: 3_000, 'above-maximum': 80_000 })
  t.equal(bill.balancesAfter.fundPaid, 70_000n)
  t.end()
})
