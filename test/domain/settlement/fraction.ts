/** An exact number: `top / bottom`, bottom above zero. For the reference calculator only. */
export interface Fraction {
  readonly top: bigint
  readonly bottom: bigint
}

export function fraction(top: bigint | number, bottom: bigint | number = 1n): Fraction {
  let [a, b] = [BigInt(top), BigInt(bottom)]
  while (b !== 0n) [a, b] = [b, a % b]
  const divisor = (a < 0n ? -a : a) || 1n
  return { top: BigInt(top) / divisor, bottom: BigInt(bottom) / divisor }
}

export const ZERO = fraction(0)
export const ONE = fraction(1)

/** `percent(12.5)` is an eighth. */
export function percent(value: number): Fraction {
  return fraction(Math.round(value * 100), 10_000)
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return plus(a, { top: -b.top, bottom: b.bottom })
}

export function times(a: Fraction, b: Fraction): Fraction {
  return fraction(a.top * b.top, a.bottom * b.bottom)
}

export function isAtLeast(a: Fraction, b: Fraction): boolean {
  return a.top * b.bottom >= b.top * a.bottom
}

/** The greatest whole number that is not greater; for numbers of zero or more. */
export function wholePart(a: Fraction): bigint {
  return a.top / a.bottom
}
