import { addDays, dayOf, startOfDay } from '../primitives/civil-day.ts'

/**
 * First instant at which a prescription can no longer be dispensed.
 *
 * The day of issue is day 1 and a day ends at 24:00 Asia/Shanghai: with 3 days, a prescription issued at any time on
 * 20 November ends when 22 November does.
 *
 * @param issuedAt instant of issue, not of arrival at the hub
 * @param days whole civil days, 1 or more
 * @returns exclusive bound: expired means `now >= expiryOf(issuedAt, days)`
 * @throws RangeError when `days` is not a positive integer: a broken policy file, never user input
 * @see MZ-6.3
 */
export function expiryOf(issuedAt: Date, days: number): Date {
  if (!Number.isInteger(days) || days < 1) throw new RangeError(`not a number of days of validity: ${days}`)
  return startOfDay(addDays(dayOf(issuedAt), days))
}
