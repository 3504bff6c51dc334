/** Money in fen (分, CNY 0.01). */
export type Fen = bigint

/** A share of 10,000: 8000n is 80 %. */
export type BasisPoints = bigint

/** The whole: 100 %. */
export const FULL: BasisPoints = 10_000n

/**
 * Reads an amount in yuan as printed in a price list.
 *
 * @param text digits with at most two decimals, e.g. `63.00`
 * @returns fen
 * @throws RangeError when the text is no such number
 */
export function parseYuan(text: string): Fen {
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text.trim())
  if (match === null) throw new RangeError(`not an amount in yuan: ${text}`)
  const fen = BigInt(match[2]!) * 100n + BigInt((match[3] ?? '').padEnd(2, '0'))
  return match[1] === '-' ? -fen : fen
}

/** Writes fen as yuan with two decimals, e.g. `1234.50`. */
export function formatYuan(fen: Fen): string {
  const size = fen < 0n ? -fen : fen
  return `${fen < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`
}

/**
 * Fen as a JSON number.
 *
 * @throws RangeError beyond 2^53 - 1, where a JSON number would lose fen
 */
export function fenToJson(fen: Fen): number {
  const number = Number(fen)
  if (!Number.isSafeInteger(number)) throw new RangeError(`amount too large for JSON: ${fen}`)
  return number
}

/**
 * The share of an amount, rounded down to a whole fen.
 *
 * @param amount fen, zero or more
 * @param ratio 0 to 10,000 basis points
 */
export function shareOf(amount: Fen, ratio: BasisPoints): Fen {
  return (amount * ratio) / FULL
}

/** The smaller of two amounts. */
export function least(a: Fen, b: Fen): Fen {
  return a < b ? a : b
}
