import t from 'tap'
import { adjudicate } from '../../../../src/domain/settlement/adjudicate.ts'
import { inputOf, layersOf, line, notCovered, part, planOf, settle } from '../builder.ts'

const plan = planOf(part('zero-mark-up'))
const split = (purchasePriceFen: bigint) => layersOf(settle({ plan, lines: [line({ purchasePriceFen })] }))

t.test('FS-3.4 a price at or below the purchase price has no mark-up, one fen above has one', (t) => {
  t.same(split(100_000n), { 'basic-fund': 70_000, coinsurance: 30_000 })
  t.same(split(100_001n), { 'basic-fund': 70_000, coinsurance: 30_000 })
  t.same(split(99_999n), { 'mark-up': 1, 'basic-fund': 69_999, coinsurance: 30_000 })
  t.end()
})

t.test('FS-3.4 a patient who pays alone is charged no mark-up either', (t) => {
  const bill = settle({
    plan,
    lines: [line({ purchasePriceFen: 90_000n })],
    notCovered: [notCovered('FS-2.2')],
  })
  t.same(layersOf(bill), { 'mark-up': 10_000, 'not-covered': 90_000 })
  t.end()
})

t.test('FS-3.4 an excess quantity is priced at the purchase price', (t) => {
  // 3 at 10.00 bought at 8.00, 1 too many: 6.00 waived, 8.00 not covered, 16.00 * 70 % = 11.20
  const bill = settle({
    plan,
    lines: [
      line({
        count: '3',
        unitPriceFen: 1_000n,
        purchasePriceFen: 800n,
        excess: { quantity: 10_000n, ruleId: 'ZZ-5' },
      }),
    ],
  })
  t.same(layersOf(bill), { 'mark-up': 600, 'not-covered': 800, 'basic-fund': 1_120, coinsurance: 480 })
  t.end()
})

t.test('FS-3.4 without a purchase price nothing is settled, and the line is named', (t) => {
  const outcome = adjudicate(inputOf({ plan, lines: [line(), line({ lineNo: 2, purchasePriceFen: 1n })] }))
  t.match(outcome, {
    outcome: 'refused',
    code: 'facts-missing',
    facts: [{ fact: 'purchase-price', lineNo: 1 }],
  })
  t.end()
})
