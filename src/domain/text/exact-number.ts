/** Digits that every number of double precision gives back. */
const SAFE_LENGTH = 15
/** No figure of the hub is written longer. */
const LONGEST = 100

/**
 * True when a number of a JSON text is the number that a reader gets: a whole one within 2^53, a fraction with no digit
 * lost, none too large or too small to be kept.
 *
 * @param literal as RFC 8259, 6 writes numbers
 * @see RFC 7493, 2.2
 */
export function isExactNumber(literal: string): boolean {
  if (literal.length <= SAFE_LENGTH && !/[eE]/.test(literal)) return true
  if (literal.length > LONGEST) return false
  const value = Number(literal)
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return false
  return significand(literal) === significand(String(value))
}

/** Digits and power of ten of a number, written one way: `1.50e3` is `15e2`. */
function significand(literal: string): string {
  const [, whole = '', fraction = '', power = '0'] =
    /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal) ?? []
  const digits = (whole + fraction).replace(/^0+/, '')
  const kept = digits.replace(/0+$/, '')
  if (kept === '') return '0'
  return `${kept}e${Number(power) - fraction.length + digits.length - kept.length}`
}
