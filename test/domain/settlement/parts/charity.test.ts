import t from 'tap'
import { layersOf, line, part, planOf, settle } from '../builder.ts'

const plan = planOf(part('charity'))

t.test('SX-5 a donated line is borne by the charity alone', (t) => {
  const bill = settle({ plan, lines: [line({ charity: true }), line({ lineNo: 2 })] })
  t.same(layersOf(bill, 1), { charity: 100_000 })
  t.same(layersOf(bill, 2), { 'basic-fund': 70_000, coinsurance: 30_000 })
  t.equal(bill.balancesAfter.fundPaid, 70_000n)
  t.end()
})

t.test('SX-5 a plan without the part knows no free supply', (t) => {
  t.same(layersOf(settle({ lines: [line({ charity: true })] })), {
    'basic-fund': 70_000,
    coinsurance: 30_000,
  })
  t.end()
})
