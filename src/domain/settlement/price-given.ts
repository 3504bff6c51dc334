import { type Price, priceOf, pricePer, unitPrice } from '../primitives/price.ts'
import { ONE, parseQuantity } from '../primitives/quantity.ts'
import { Problem } from '../problems.ts'

/** What a line costs, as a pharmacy says it: at least one member. */
export interface PriceGiven {
  /** Decimal text. */
  readonly quantity: string
  /** Fen for one unit, at most six decimals. */
  readonly unitPriceFen?: number
  /** Fen for a number of units, decimal text: a pack. */
  readonly price?: { readonly fen: number; readonly per: string }
  /** What the whole quantity costs, as charged at the till. */
  readonly amountFen?: number
}

/**
 * The exact price of a line. The total counts before the price of a pack, and that before the price of one unit; what
 * stands beside it may be rounded to a fen a unit, and no further from it.
 *
 * @param path of the line in the body
 * @throws Problem price-unclear: none, too fine, or two that contradict each other
 */
export function priceGiven(given: PriceGiven, path: string): Price {
  const quantity = parseQuantity(given.quantity)
  const prices = stated(given, path)
  const price = prices[0]
  if (price === undefined) throw unclear(path, 'required')
  const charge = priceOf(price, quantity)
  const isFar = (other: Price) => {
    const difference = priceOf(other, quantity) - charge
    return (difference < 0n ? -difference : difference) * ONE > (quantity > ONE ? quantity : ONE)
  }
  if (prices.some(isFar)) throw unclear(path, 'contradiction')
  return price
}

function stated({ quantity, unitPriceFen, price, amountFen }: PriceGiven, path: string): Price[] {
  const units = parseQuantity(quantity)
  try {
    return [
      ...(amountFen === undefined || units === 0n ? [] : [pricePer(BigInt(amountFen), units)]),
      ...(price === undefined ? [] : [pricePer(BigInt(price.fen), parseQuantity(price.per))]),
      ...(unitPriceFen === undefined ? [] : [unitPrice(unitPriceFen)]),
      // Nothing costs nothing: what is wrong is the quantity.
      ...(amountFen !== undefined && units === 0n ? [0n] : []),
    ]
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw unclear(path, 'decimals')
  }
}

const MESSAGES = {
  required: {
    zh: '请填写 unitPriceFen、price 或 amountFen 之一。',
    en: 'Give unitPriceFen, price or amountFen.',
  },
  decimals: {
    zh: '单价（分）最多六位小数；price.per 应大于零。',
    en: 'A price in fen has at most six decimals, and price.per is more than zero.',
  },
  contradiction: {
    zh: '金额与单价不一致（每单位相差超过一分）。',
    en: 'The amount and the price differ by more than a fen a unit.',
  },
} as const

function unclear(path: string, keyword: keyof typeof MESSAGES): Problem {
  return new Problem('price-unclear', { fields: [{ path, keyword, message: MESSAGES[keyword] }] })
}
