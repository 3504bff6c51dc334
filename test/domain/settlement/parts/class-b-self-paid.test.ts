import t from 'tap'
import { cited, layersOf, line, part, planOf, settle } from '../builder.ts'

const plan = planOf(part('class-b-self-paid', { shareBp: cited(1_000, { medicineClass: 'B' }) }))
const split = (unitPriceFen: bigint, medicineClass: 'A' | 'B' = 'B') =>
  layersOf(settle({ plan, lines: [line({ unitPriceFen, medicineClass })] }))

t.test('the first share of a class-B medicine is the patient’s; class A has none', (t) => {
  t.same(split(100_000n), { 'class-b': 10_000, 'basic-fund': 63_000, coinsurance: 27_000 })
  t.same(split(100_000n, 'A'), { 'basic-fund': 70_000, coinsurance: 30_000 })
  t.end()
})

t.test('the odd fen of the first share is the patient’s', (t) => {
  // 10 fen: 9 eligible, 6.3 to the fund. 11 fen: 9.9 eligible, cut to 9, 2 self-paid.
  t.same(split(10n), { 'class-b': 1, 'basic-fund': 6, coinsurance: 3 })
  t.same(split(11n), { 'class-b': 2, 'basic-fund': 6, coinsurance: 3 })
  t.same(split(1n), { 'class-b': 1 })
  t.same(split(0n), {})
  t.end()
})

t.test('SC-P2 a drug-list class can have its own share, class A too', (t) => {
  const own = planOf(
    part('class-b-self-paid', {
      shareBp: [cited(0, { listClass: 'single-payment' }), cited(2_000, { listClass: 'high-value' })],
    }),
  )
  const split = (listClass: string) => layersOf(settle({ plan: own, lines: [line({ listClass })] }))
  t.same(split('single-payment'), { 'basic-fund': 70_000, coinsurance: 30_000 })
  t.same(split('high-value'), { 'class-b': 20_000, 'basic-fund': 56_000, coinsurance: 24_000 })
  t.end()
})
