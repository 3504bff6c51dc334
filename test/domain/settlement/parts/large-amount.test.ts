import t from 'tap'
import { cited, EMPTY_YEAR, layersOf, line, part, planOf, settle } from '../builder.ts'

const plan = planOf(
  part('ratio', { ratioBp: cited(8_000) }),
  part('yearly-maximum', { maximumFen: cited(0) }),
  part('large-amount', {
    ratioBp: cited(9_500, { scheme: 'employee' }),
    maximumFen: cited(1_000, { scheme: 'employee' }),
  }),
)
const split = (unitPriceFen: bigint, largeAmountPaid = 0n) =>
  layersOf(settle({ plan, lines: [line({ unitPriceFen })], balances: { ...EMPTY_YEAR, largeAmountPaid } }))

t.test('CQ-2.5a large-amount insurance pays its ratio of what lies above, cut to a whole fen', (t) => {
  t.same(split(1n), { 'above-maximum': 1 }, '0.95 fen')
  t.same(split(100n), { 'large-amount': 95, 'above-maximum': 5 })
  t.same(split(101n), { 'large-amount': 95, 'above-maximum': 6 }, '95.95 fen')
  t.end()
})

t.test('CQ-2.5a its own maximum ends it', (t) => {
  t.same(split(100n, 906n), { 'large-amount': 94, 'above-maximum': 6 })
  t.same(split(100n, 1_000n), { 'above-maximum': 100 })
  t.end()
})

t.test('CQ-2.5a a scheme without it pays itself', (t) => {
  t.same(layersOf(settle({ plan, scheme: 'resident' })), { 'above-maximum': 100_000 })
  t.end()
})
