import t from 'tap'
import { bandPayment } from '../../../../src/domain/settlement/parts/serious-illness.ts'
import { cited, EMPTY_YEAR, layersOf, line, part, planOf, settle } from '../builder.ts'

const parameters = {
  counts: cited(['coinsurance']),
  thresholdFen: [cited(500, { assistance: 'low-income' }), cited(1_000)],
  bands: cited([
    { overFen: 0, ratioBp: 6_000 },
    { overFen: 100, ratioBp: 7_000 },
  ]),
  maximumFen: cited(90),
}
const plan = planOf(part('ratio', { ratioBp: cited(0) }), part('serious-illness', parameters))
const split = (own: bigint, ownPaid: bigint, seriousIllnessPaid = 0n) =>
  layersOf(
    settle({
      plan,
      lines: [line({ unitPriceFen: own })],
      balances: { ...EMPTY_YEAR, ownPaid, seriousIllnessPaid },
    }),
  )

t.test('CQ-2.5b the threshold is crossed to the fen', (t) => {
  t.same(split(10n, 990n), { coinsurance: 10 })
  t.same(split(11n, 990n), { coinsurance: 11 }, '0.6 fen')
  t.same(split(12n, 990n), { coinsurance: 11, 'serious-illness': 1 }, '1.2 fen')
  t.end()
})

t.test('CQ-2.5b one band after the other', (t) => {
  const bands = parameters.bands.value as { overFen: number; ratioBp: number }[]
  t.equal(bandPayment(0n, bands), 0n)
  t.equal(bandPayment(100n, bands), 60n)
  t.equal(bandPayment(101n, bands), 60n, '60.7 fen')
  t.equal(bandPayment(110n, bands), 67n)
  t.end()
})

t.test('CQ-2.5b one purchase or many: the year comes to the same', (t) => {
  let balances = { ...EMPTY_YEAR, ownPaid: 1_000n }
  let paid = 0n
  for (let purchase = 0; purchase < 25; purchase++) {
    const bill = settle({ plan, lines: [line({ unitPriceFen: 3n })], balances })
    paid += bill.totals['serious-illness']
    balances = bill.balancesAfter
  }
  t.equal(paid, 45n, '60 % of 75 fen')
  t.equal(
    settle({ plan, lines: [line({ unitPriceFen: 75n })], balances: { ...EMPTY_YEAR, ownPaid: 1_000n } })
      .totals['serious-illness'],
    45n,
  )
  t.end()
})

t.test('CQ-2.5b MZ-6.6 after a reversal no band is paid twice', (t) => {
  // 1,000, then 50 of which 30 were paid for; the first is taken back, so the year has 50 and had 30.
  t.same(split(950n, 50n, 30n), { coinsurance: 950 }, 'up to the threshold')
  t.same(split(1_000n, 50n, 30n), { coinsurance: 1_000 }, '50 above it: 30 were paid already')
  t.same(split(1_002n, 50n, 30n), { coinsurance: 1_001, 'serious-illness': 1 }, '52 above it: 31.2 fen')
  t.end()
})

t.test('CQ-2.5b its maximum ends it', (t) => {
  t.same(split(50n, 1_115n, 70n), { coinsurance: 30, 'serious-illness': 20 })
  t.same(split(50n, 1_200n, 90n), { coinsurance: 50 })
  t.end()
})

t.test('MZ-6.6 the threshold can depend on the assistance class, and only counted layers count', (t) => {
  const lines = [line({ unitPriceFen: 600n })]
  t.equal(settle({ plan, lines, assistance: 'low-income' }).totals['serious-illness'], 60n)
  t.equal(settle({ plan, lines }).totals['serious-illness'], 0n)
  const other = planOf(
    part('ratio', { ratioBp: cited(0) }),
    part('serious-illness', { ...parameters, counts: cited(['deductible']) }),
  )
  const bill = settle({ plan: other, lines: [line({ unitPriceFen: 5_000n })] })
  t.same(layersOf(bill), { coinsurance: 5_000 })
  t.equal(bill.balancesAfter.ownPaid, 0n)
  t.end()
})
