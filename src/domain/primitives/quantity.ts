/** A quantity of medicine in ten-thousandths of its unit, as precise as the national interface (16,4). */
export type Quantity = bigint

/** One whole unit. */
export const ONE: Quantity = 10_000n

/**
 * Reads a decimal quantity.
 *
 * @param text up to 12 digits before and 4 after the point, e.g. `30` or `0.5`
 * @throws RangeError when the text is no such number
 */
export function parseQuantity(text: string): Quantity {
  const match = /^(\d{1,12})(?:\.(\d{1,4}))?$/.exec(text)
  if (match === null) throw new RangeError(`not a quantity: ${text}`)
  return BigInt(match[1]!) * ONE + BigInt((match[2] ?? '').padEnd(4, '0'))
}

/** Writes a quantity without needless zeros: `30`, `0.5`. */
export function formatQuantity(quantity: Quantity): string {
  const decimals = String(quantity % ONE)
    .padStart(4, '0')
    .replace(/0+$/, '')
  return decimals === '' ? `${quantity / ONE}` : `${quantity / ONE}.${decimals}`
}
