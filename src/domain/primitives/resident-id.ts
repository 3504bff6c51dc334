const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/**
 * The check character of a resident identity number (公民身份号码).
 *
 * @param first17 the seventeen digits before it
 * @see GB 11643-1999
 */
export function residentIdCheck(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(first17[place]), 0)
  return '10X98765432'[sum % 11]!
}
