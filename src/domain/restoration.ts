import { type CivilDay, dayOf, startOfDay } from './primitives/civil-day.ts'

/** Numbers that one region's prescriptions of one day are told apart by: eight digits (serial part of the 22). */
const SERIALS = 100_000_000
/** Days that follow each other have quarters of their own, so that one day's numbers never come near another's. */
const QUARTERS = 4
const QUARTER = SERIALS / QUARTERS
/** More than a hub gives out on the average since midnight: 21.6 million a day, all of Guangdong has 5. */
const PER_SECOND = 250
/** What may be given out in a burst beyond that. */
const BURST = 100_000

/** Where the serial numbers of a day begin: 1, 25,000,001, 50,000,001 or 75,000,001 by the day's place in four. */
export function firstSerialOf(day: CivilDay): number {
  const days = Math.round(Date.parse(day) / 86_400_000)
  return (((days % QUARTERS) + QUARTERS) % QUARTERS) * QUARTER + 1
}

/**
 * The serial number with which a restored database goes on, so that no number is given twice that day: numbers given
 * out after the backup was made are known to nobody, but there can't be more of them than time allowed.
 *
 * @param last the last serial number that the backup knows of
 * @param anchor where the day's serial numbers began; `last` itself when they were not set to the day
 * @param now the moment of the restoration
 */
export function serialAfterRestoration(last: number, anchor: number, now: Date): number {
  const seconds = Math.ceil((now.getTime() - startOfDay(dayOf(now)).getTime()) / 1000)
  const possible = anchor + BURST + PER_SECOND * (seconds + 1)
  return ((Math.max(last, possible) - 1) % SERIALS) + 1
}

/** What a process that opens a database has to do about it. */
export type Standing = 'first' | 'same' | 'other-mode' | 'restored'

/**
 * Judges a database by what it knows of itself.
 *
 * @param known what it says; undefined members were never stated
 * @param found the mode in which it is to be used, undefined for a tool that doesn't say, and where it is now
 */
export function standingOf(
  known: { readonly mode: string | undefined; readonly home: string | undefined },
  found: { readonly mode: string | undefined; readonly home: string },
): Standing {
  if (known.mode !== undefined && found.mode !== undefined && known.mode !== found.mode) return 'other-mode'
  if (known.home === undefined) return 'first'
  return known.home === found.home ? 'same' : 'restored'
}

/** True when the serial numbers are to be set again. Only forward: a day's range is begun once. */
export function isAnotherDay(last: CivilDay | undefined, today: CivilDay): boolean {
  return last === undefined || last < today
}

/** True for a serial number in the range of the day. */
export function isOfDay(serial: number, day: CivilDay): boolean {
  const first = firstSerialOf(day)
  return serial >= first && serial < first + QUARTER
}
