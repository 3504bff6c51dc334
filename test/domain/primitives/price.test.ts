import fc from 'fast-check'
import t from 'tap'
import {
  comparePrices,
  formatPrice,
  lowerPrice,
  priceFromJson,
  priceOf,
  pricePer,
  priceToJson,
  shownUnitPrice,
  unitPrice,
} from '../../../src/domain/primitives/price.ts'
import { ONE, parseQuantity as q } from '../../../src/domain/primitives/quantity.ts'

t.test('28 tablets for exactly 10.00 yuan, however the price is said', async (t) => {
  const pack = pricePer(1000n, q('28'))
  t.equal(priceOf(pack, q('28')), 1000n)
  t.equal(priceOf(unitPrice(35.714286), q('28')), 1000n)
  t.equal(priceOf(pack, q('14')), 500n)
  t.equal(priceOf(pack, q('1')), 36n)
  t.equal(priceOf(unitPrice(36), q('28')), 1008n)
  t.equal(shownUnitPrice(pack), 35.714286)
  t.equal(formatPrice(pack), '10.00/28')
  t.equal(formatPrice(324n), '3.24')
})

t.test('a price that is a whole number of fen a unit is that number', async (t) => {
  t.equal(pricePer(2800n, q('28')), 100n)
  t.equal(unitPrice(0), 0n)
  t.equal(priceToJson(pricePer(2800n, q('28'))), 100)
  t.same(priceToJson(pricePer(1000n, q('28'))), { fen: 1000, per: '28' })
  for (const wrong of [-1, 1e-7, 35.7142857, Number.NaN, 1e21]) t.throws(() => unitPrice(wrong), RangeError)
  t.throws(() => pricePer(1n, 0n), RangeError)
})

const prices = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.bigInt({ min: 1n, max: 10n ** 9n }))
const quantities = fc.bigInt({ min: 1n, max: 10n ** 10n })

t.test(
  'no fen is made: a charge is within half a fen of the exact one, and a line total is charged as it is',
  async (t) => {
    fc.assert(
      fc.property(prices, quantities, ([fen, per], quantity) => {
        const twice = 2n * (priceOf(pricePer(fen, per), quantity) * per - fen * quantity)
        t.ok(-per < twice && twice <= per)
        t.equal(priceOf(pricePer(fen, quantity), quantity), fen)
      }),
    )
  },
)

t.test('prices compare as exact fractions, and survive JSON', async (t) => {
  t.equal(comparePrices(pricePer(1000n, q('28')), unitPrice(35.714286)), -1)
  t.equal(comparePrices(pricePer(1000n, q('28')), unitPrice(35.714285)), 1)
  t.equal(comparePrices(pricePer(500n, q('14')), pricePer(1000n, q('28'))), 0)
  fc.assert(
    fc.property(prices, prices, ([a, x], [b, y]) => {
      const [left, right] = [pricePer(a, x), pricePer(b, y)]
      t.equal(comparePrices(left, right), -comparePrices(right, left))
      t.ok(
        comparePrices(lowerPrice(left, right), left) <= 0 &&
          comparePrices(lowerPrice(left, right), right) <= 0,
      )
      t.equal(comparePrices(priceFromJson(priceToJson(left)), left), 0)
      t.equal(priceOf(100n, ONE), 100n)
    }),
  )
})
