import t from 'tap'
import { cited, layersOf, line, part, planOf, settle } from '../builder.ts'

t.test('CQ-2.5a the fund’s part is cut to a whole fen and the patient carries the odd one', (t) => {
  const plan = planOf(part('ratio', { ratioBp: cited(8_000) }))
  const split = (unitPriceFen: bigint) => layersOf(settle({ plan, lines: [line({ unitPriceFen })] }))
  t.same(split(0n), {})
  t.same(split(1n), { coinsurance: 1 }, '0.8 fen')
  t.same(split(2n), { 'basic-fund': 1, coinsurance: 1 }, '1.6 fen')
  t.same(split(4n), { 'basic-fund': 3, coinsurance: 1 }, '3.2 fen')
  t.same(split(5n), { 'basic-fund': 4, coinsurance: 1 }, '4 fen')
  t.end()
})

t.test('a ratio of nothing and of everything', (t) => {
  const split = (ratio: number) =>
    layersOf(settle({ plan: planOf(part('ratio', { ratioBp: cited(ratio) })) }))
  t.same(split(0), { coinsurance: 100_000 })
  t.same(split(10_000), { 'basic-fund': 100_000 })
  t.end()
})

t.test('the first figure that fits holds: scheme, level, setting and list class', (t) => {
  const plan = planOf(
    part('ratio', {
      ratioBp: [
        cited(1_000, { scheme: 'resident', level: ['secondary', 'primary'] }),
        cited(2_000, { scheme: 'resident' }),
        cited(3_000, { listClass: 'high-value' }),
        cited(4_000, { setting: 'inpatient' }),
        cited(5_000),
      ],
    }),
  )
  const fund = (change: Parameters<typeof settle>[0]) => settle({ plan, ...change }).totals['basic-fund']
  t.equal(fund({ scheme: 'resident', hospitalLevel: 'primary' }), 10_000n)
  t.equal(fund({ scheme: 'resident' }), 20_000n)
  t.equal(fund({ lines: [line({ listClass: 'high-value' })] }), 30_000n)
  t.equal(fund({ setting: 'inpatient' }), 40_000n)
  t.equal(fund({}), 50_000n)
  t.end()
})
