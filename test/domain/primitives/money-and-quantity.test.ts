import fc from 'fast-check'
import t from 'tap'
import { fenToJson, formatYuan, parseYuan, shareOf } from '../../../src/domain/primitives/money.ts'
import { priceOf } from '../../../src/domain/primitives/price.ts'
import { formatQuantity, ONE, parseQuantity } from '../../../src/domain/primitives/quantity.ts'

const fen = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n })
const quantity = fc.bigInt({ min: 0n, max: 10n ** 15n })

t.test('yuan are read and written without losing a fen', (t) => {
  t.equal(parseYuan('63.00'), 6300n)
  t.equal(parseYuan('63.5'), 6350n)
  t.equal(parseYuan('-0.05'), -5n)
  t.equal(formatYuan(-5n), '-0.05')
  t.equal(formatYuan(123_450n), '1234.50')
  for (const text of ['', '1.', '.5', '1.234', '1e3', '1,000.00', '0x10'])
    t.throws(() => parseYuan(text), text)
  fc.assert(
    fc.property(fen, (amount) => parseYuan(formatYuan(amount)) === amount),
    { seed: 20261122 },
  )
  t.end()
})

t.test('an amount that a JSON number would lose is refused, on both sides of the bound', (t) => {
  const most = BigInt(Number.MAX_SAFE_INTEGER)
  t.equal(fenToJson(most), Number.MAX_SAFE_INTEGER)
  t.throws(() => fenToJson(most + 1n), RangeError)
  t.throws(() => fenToJson(-most - 1n), RangeError)
  t.end()
})

t.test(
  'shares are rounded down: the parts of an amount never make more than it, and lack less than a fen each',
  (t) => {
    t.equal(shareOf(101n, 5000n), 50n)
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 14n }),
        fc.bigInt({ min: 0n, max: 10_000n }),
        (amount, ratio) => {
          const parts = shareOf(amount, ratio) + shareOf(amount, 10_000n - ratio)
          return parts <= amount && amount - parts <= 1n
        },
      ),
      { seed: 20261122 },
    )
    t.end()
  },
)

t.test('quantities are ten-thousandths, and a price is rounded half up', (t) => {
  t.equal(parseQuantity('30'), 30n * ONE)
  t.equal(parseQuantity('0.0001'), 1n)
  t.equal(formatQuantity(5_000n), '0.5')
  for (const text of ['', '-1', '1.00001', '1234567890123', '1,5', ' 1', '1e3'])
    t.throws(() => parseQuantity(text), text)
  t.equal(priceOf(1n, parseQuantity('0.4999')), 0n)
  t.equal(priceOf(1n, parseQuantity('0.5')), 1n)
  fc.assert(
    fc.property(quantity, (count) => parseQuantity(formatQuantity(count)) === count),
    { seed: 20261122 },
  )
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 9n }),
      fc.bigInt({ min: 0n, max: 10n ** 6n }),
      (price, count) => priceOf(price, count * ONE) === price * count,
    ),
    { seed: 20261122 },
  )
  t.end()
})
