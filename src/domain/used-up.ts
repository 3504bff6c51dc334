import { addDays, type CivilDay } from './primitives/civil-day.ts'
import type { Quantity } from './primitives/quantity.ts'

/** Something of one line that was handed over. */
export interface HandedPart {
  readonly handedOverOn: CivilDay
  readonly quantity: Quantity
}

/**
 * The first day that what was handed over no longer covers. The days of use of a line are spread evenly over its
 * quantity; a day that is only partly covered counts as used up; a supply that comes early adds to the one before.
 *
 * @param days days of use of the whole quantity
 * @param prescribed the whole quantity
 * @param parts oldest first
 * @returns undefined when nothing was handed over
 */
export function usedUpOn(
  days: number,
  prescribed: Quantity,
  parts: readonly HandedPart[],
): CivilDay | undefined {
  if (prescribed === 0n) return undefined
  let usedUp: CivilDay | undefined
  for (const { handedOverOn, quantity } of parts) {
    const begins = usedUp === undefined || usedUp < handedOverOn ? handedOverOn : usedUp
    usedUp = addDays(begins, Number((quantity * BigInt(days)) / prescribed))
  }
  return usedUp
}
