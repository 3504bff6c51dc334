import t from 'tap'
import { cited, EMPTY_YEAR, layersOf, line, notCovered, part, planOf, settle } from '../builder.ts'

const plan = planOf(
  part('double-benefit'),
  part('ratio', { ratioBp: cited(5_000) }),
  part('yearly-maximum', { maximumFen: cited(60_000) }),
)
const name = { zh: '其他待遇', en: 'Another benefit' }
const offer = (state: 'paid' | 'available', ...funds: readonly bigint[]) => ({
  otherBenefit: { name, state, lines: funds.map((fundFen, index) => ({ lineNo: index + 1, fundFen })) },
})
const two = [line(), line({ lineNo: 2 })]

t.test('FS-3.1 a line paid elsewhere is not paid twice; the other line is paid', (t) => {
  const bill = settle({ plan, lines: two, ...offer('paid', 100n) })
  t.same(layersOf(bill, 1), { 'paid-elsewhere': 100_000 })
  t.same(layersOf(bill, 2), { 'basic-fund': 50_000, coinsurance: 50_000 })
  t.end()
})

t.test('FS-3.1 the benefits are compared over the whole supply, not line by line', (t) => {
  // Own: 50,000 + 10,000 (maximum) = 60,000 fen. Other: 60,001 for line 1 and nothing for line 2.
  t.equal(settle({ plan, lines: two, ...offer('available', 60_000n) }).benefit, 'own')
  const bill = settle({ plan, lines: two, ...offer('available', 60_001n) })
  t.equal(bill.benefit, 'other')
  t.same(layersOf(bill, 1), { 'other-benefit': 60_001, coinsurance: 39_999 })
  t.same(layersOf(bill, 2), { coinsurance: 100_000 })
  t.same(bill.balancesAfter, EMPTY_YEAR)
  t.end()
})

t.test(
  'FS-3.1 another benefit never pays more than the line costs, nor for a line that is not covered',
  (t) => {
    const bill = settle({
      plan,
      lines: two,
      notCovered: [notCovered('FS-2.2', 2)],
      ...offer('available', 500_000n, 500_000n),
    })
    t.same(layersOf(bill, 1), { 'other-benefit': 100_000 })
    t.same(layersOf(bill, 2), { 'not-covered': 100_000 })
    t.end()
  },
)
