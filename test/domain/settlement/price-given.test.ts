import t from 'tap'
import { priceOf } from '../../../src/domain/primitives/price.ts'
import { parseQuantity as q } from '../../../src/domain/primitives/quantity.ts'
import { Problem } from '../../../src/domain/problems.ts'
import { type PriceGiven, priceGiven } from '../../../src/domain/settlement/price-given.ts'

/** What 28 tablets are charged, or the keyword of the refusal. */
function charge(given: Partial<PriceGiven>): unknown {
  try {
    return priceOf(priceGiven({ quantity: '28', ...given }, '/body/lines/0'), q(given.quantity ?? '28'))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.fields.map(({ path, keyword }) => `${path} ${keyword}`).join()
  }
}

t.test('28 tablets for exactly 10.00 yuan can be said as unit price, price of a pack or total', async (t) => {
  t.equal(charge({ unitPriceFen: 35.714286 }), 1000n)
  t.equal(charge({ price: { fen: 1000, per: '28' } }), 1000n)
  t.equal(charge({ amountFen: 1000 }), 1000n)
  t.equal(charge({ unitPriceFen: 36, amountFen: 1000 }), 1000n, 'the total counts, the unit price is rounded')
  t.equal(charge({ unitPriceFen: 35, price: { fen: 1000, per: '28' } }), 1000n)
  t.equal(charge({ unitPriceFen: 36 }), 1008n)
  t.equal(charge({ quantity: '0.5', price: { fen: 1000, per: '28' } }), 18n)
})

t.test('a price that is missing, too fine or contradicted is named', async (t) => {
  t.equal(charge({}), '/body/lines/0 required')
  t.equal(charge({ unitPriceFen: 35.7142857 }), '/body/lines/0 decimals')
  t.equal(charge({ price: { fen: 1000, per: '0' } }), '/body/lines/0 decimals')
  t.equal(charge({ unitPriceFen: 38, amountFen: 1000 }), '/body/lines/0 contradiction')
  t.equal(charge({ quantity: '0', amountFen: 1000 }), 0n, 'what is wrong there is the quantity')
})
