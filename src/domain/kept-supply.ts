import { addDays, type CivilDay, daysBetween } from './primitives/civil-day.ts'
import { parseQuantity } from './primitives/quantity.ts'
import { usedUpOn } from './used-up.ts'

/** States of a prescription that supplies nothing any more, whatever it supplied before. */
export const ENDED_EARLY: ReadonlySet<string> = new Set(['expired', 'cancelled', 'refused', 'returned'])

/** A prescribed line with what was handed over of it and not given back, oldest first. */
export interface KeptLine {
  readonly startsOn: CivilDay
  readonly endsOn: CivilDay
  /** Decimal text. */
  readonly prescribed: string
  readonly handedOver: readonly { readonly on: CivilDay; readonly quantity: string }[]
}

/**
 * The days that the kept part of a line covers, from the first hand-over on: a window of a long-term prescription
 * stays with the patient when the rest is cancelled or expires.
 *
 * @returns undefined when nothing was kept
 * @see FS-3.4, SC-N3
 */
export function keptDays(line: KeptLine): { startsOn: CivilDay; endsOn: CivilDay } | undefined {
  const parts = line.handedOver.map(({ on, quantity }) => ({
    handedOverOn: on,
    quantity: parseQuantity(quantity),
  }))
  const days = daysBetween(line.startsOn, line.endsOn) + 1
  const usedUp = usedUpOn(days, parseQuantity(line.prescribed), parts)
  if (usedUp === undefined || usedUp <= parts[0]!.handedOverOn) return undefined
  return { startsOn: parts[0]!.handedOverOn, endsOn: addDays(usedUp, -1) }
}
