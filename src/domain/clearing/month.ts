import type { CivilDay } from '../primitives/civil-day.ts'

/** A calendar month, `YYYY-MM`; compares as text. */
export type Month = string

/** True for a month of the calendar in the form `YYYY-MM`. */
export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text)
}

/** The month of a day. */
export function monthOf(day: CivilDay): Month {
  return day.slice(0, 7)
}

/** The first day of a month. */
export function firstDay(month: Month): CivilDay {
  return `${month}-01`
}

/** The month after. */
export function monthAfter(month: Month): Month {
  const year = Number(month.slice(0, 4))
  const number = Number(month.slice(5))
  return number === 12
    ? `${String(year + 1).padStart(4, '0')}-01`
    : `${month.slice(0, 4)}-${String(number + 1).padStart(2, '0')}`
}

/** The first day after a month: the exclusive end of its days. */
export function endOf(month: Month): CivilDay {
  return firstDay(monthAfter(month))
}

/** The same month of the year before. */
export function yearBefore(month: Month): Month {
  return `${String(Number(month.slice(0, 4)) - 1).padStart(4, '0')}${month.slice(4)}`
}
