import type { DrugFacts, PrescriptionLineFacts } from '../facts.ts'
import { ONE, type Quantity } from '../primitives/quantity.ts'
import { type Units, unitsOf } from '../words/drug-words.ts'

/** How many units one taking is; undefined when the dose and the unit of the line can't be compared. */
export function unitsATime(line: PrescriptionLineFacts, drug: DrugFacts | undefined): Units | undefined {
  return line.dose === undefined
    ? undefined
    : unitsOf(line.dose, line.unit, line.specification ?? drug?.specification)
}

/**
 * What dose and frequency use up in so many days, rounded up to whole units.
 *
 * @returns undefined where it can't be known: a dose that can't be counted in units, a frequency without count
 */
export function usedIn(
  line: PrescriptionLineFacts,
  drug: DrugFacts | undefined,
  days: number,
): Quantity | undefined {
  const taken = unitsATime(line, drug)
  if (taken === undefined || line.frequency === undefined) return undefined
  const above = taken.numerator * BigInt(line.frequency.times) * BigInt(days)
  const below = taken.denominator * ONE * BigInt(line.frequency.days)
  return ((above + below - 1n) / below) * ONE
}
