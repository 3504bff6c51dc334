import { type Fen, formatYuan } from './money.ts'
import { formatQuantity, ONE, parseQuantity, type Quantity } from './quantity.ts'

/**
 * A price: fen for one unit, or so many fen for so many units, where one unit costs no whole fen: 1000 fen for 28 tablets.
 * Exact; it is rounded only where it becomes a charge (`priceOf`).
 */
export type Price = Fen | { readonly fen: Fen; readonly per: Quantity }

/** A price as JSON: a number of fen for one unit, or fen for a decimal text of units. */
export type PriceJson = number | { readonly fen: number; readonly per: string }

/**
 * Price of a quantity, rounded half up to a whole fen: the one place where a price is rounded.
 *
 * @returns fen
 */
export function priceOf(price: Price, quantity: Quantity): Fen {
  const { fen, per } = fraction(price)
  return (2n * fen * quantity + per) / (2n * per)
}

/** A price for a number of units, in its simplest form. @throws RangeError for a negative price or no units */
export function pricePer(fen: Fen, per: Quantity): Price {
  if (fen < 0n || per <= 0n) throw new RangeError(`no price: ${fen} fen for ${per}`)
  return (fen * ONE) % per === 0n ? (fen * ONE) / per : { fen, per }
}

/**
 * A price for one unit as a decimal number of fen.
 *
 * @param fen a JSON number; its shortest decimal text is taken at its word
 * @throws RangeError where `isUnitPrice` is false
 */
export function unitPrice(fen: number): Price {
  if (!isUnitPrice(fen)) throw new RangeError(`not a price in fen: ${fen}`)
  const [whole = '', decimals = ''] = String(fen).split('.')
  return pricePer(BigInt(whole + decimals), ONE * 10n ** BigInt(decimals.length))
}

/** Whether a number is a price for one unit: fen with at most six decimals and 15 digits in all, which JSON keeps. */
export function isUnitPrice(fen: number): boolean {
  return /^(?=[\d.]{1,16}$)\d{1,15}(\.\d{1,6})?$/.test(String(fen))
}

/** The price of one unit where `price` was said of so many units. */
export function scaledPrice(price: Price, units: number): Price {
  const { fen, per } = fraction(price)
  return pricePer(fen, per * BigInt(units))
}

/** Negative when `a` is cheaper, positive when it is dearer, zero when they are the same for every quantity. */
export function comparePrices(a: Price, b: Price): number {
  const [left, right] = [fraction(a), fraction(b)]
  const difference = left.fen * right.per - right.fen * left.per
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The cheaper of two prices. */
export function lowerPrice(a: Price, b: Price): Price {
  return comparePrices(a, b) <= 0 ? a : b
}

/** Writes a price. @throws RangeError beyond 2^53 - 1 fen */
export function priceToJson(price: Price): PriceJson {
  if (typeof price === 'bigint') return safe(price)
  return { fen: safe(price.fen), per: formatQuantity(price.per) }
}

/** Reads what `priceToJson` wrote; also a decimal number of fen. @throws RangeError when it is no price */
export function priceFromJson(price: PriceJson): Price {
  return typeof price === 'number' ? unitPrice(price) : pricePer(BigInt(price.fen), parseQuantity(price.per))
}

/** What one unit costs, in fen with at most six decimals, rounded half up: for showing, never for reckoning. */
export function shownUnitPrice(price: Price): number {
  const { fen, per } = fraction(price)
  return Number((2n * fen * ONE * 1_000_000n + per) / (2n * per)) / 1_000_000
}

/** A price as answers show it: for one unit, and exactly where that is rounded. */
export function shownPrice(price: PriceJson): { unitPriceFen: number; price?: { fen: number; per: string } } {
  if (typeof price === 'number') return { unitPriceFen: price }
  return { unitPriceFen: shownUnitPrice(priceFromJson(price)), price: { ...price } }
}

/** Yuan for one unit, or for the units that the price is for: `0.36`, `10.00/28`. */
export function formatPrice(price: Price): string {
  return typeof price === 'bigint'
    ? formatYuan(price)
    : `${formatYuan(price.fen)}/${formatQuantity(price.per)}`
}

function fraction(price: Price): { readonly fen: Fen; readonly per: Quantity } {
  return typeof price === 'bigint' ? { fen: price, per: ONE } : price
}

function safe(fen: Fen): number {
  const number = Number(fen)
  if (!Number.isSafeInteger(number)) throw new RangeError(`amount too large for JSON: ${fen}`)
  return number
}
