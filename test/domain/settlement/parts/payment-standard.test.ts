import t from 'tap'
import { adjudicate } from '../../../../src/domain/settlement/adjudicate.ts'
import { inputOf, layersOf, line, notCovered, part, planOf, settle } from '../builder.ts'

const plan = planOf(part('payment-standard'))
const split = (paymentStandardFen: bigint, count = '1') =>
  layersOf(settle({ plan, lines: [line({ paymentStandardFen, count })] }))

t.test('MZ-7.1 a price at the standard has no excess, one fen above has one', (t) => {
  t.same(split(100_000n), { 'basic-fund': 70_000, coinsurance: 30_000 })
  t.same(split(200_000n), { 'basic-fund': 70_000, coinsurance: 30_000 })
  t.same(split(99_999n), { 'above-standard': 1, 'basic-fund': 69_999, coinsurance: 30_000 })
  t.same(split(0n), { 'above-standard': 100_000 })
  t.end()
})

t.test(
  'MZ-7.1 price and standard of a broken quantity are rounded alike, so equal prices leave no excess',
  (t) => {
    // 0.0333 at 1.00: 3.33 fen, 3 fen both ways
    const bill = settle({
      plan,
      lines: [line({ count: '0.0333', unitPriceFen: 100n, paymentStandardFen: 100n })],
    })
    t.same(layersOf(bill), { 'basic-fund': 2, coinsurance: 1 })
    t.end()
  },
)

t.test('MZ-7.1 a missing standard is named, unless nothing of the line can be covered anyway', (t) => {
  const lines = [line({ paymentStandardFen: undefined })]
  t.match(adjudicate(inputOf({ plan, lines })), {
    outcome: 'refused',
    code: 'facts-missing',
    facts: [{ fact: 'payment-standard', lineNo: 1 }],
  })
  t.same(layersOf(settle({ plan, lines, notCovered: [notCovered('SX-17.6', 1)] })), {
    'not-covered': 100_000,
  })
  t.end()
})
