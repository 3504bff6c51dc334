/** A civil day in Asia/Shanghai, `YYYY-MM-DD`; compares as text. */
export type CivilDay = string

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** China has kept UTC+8 without daylight saving since 1991. */
const OFFSET = 8 * HOUR

/**
 * The civil day on which an instant falls in Asia/Shanghai.
 *
 * @throws RangeError for an invalid date
 */
export function dayOf(instant: Date): CivilDay {
  return new Date(instant.getTime() + OFFSET).toISOString().slice(0, 10)
}

/** 00:00 in Asia/Shanghai of that day. */
export function startOfDay(day: CivilDay): Date {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - OFFSET)
}

/** The day `days` later (or earlier when negative). */
export function addDays(day: CivilDay, days: number): CivilDay {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * DAY).toISOString().slice(0, 10)
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CivilDay, to: CivilDay): number {
  return Math.round((Date.parse(`${to}T00:00:00.000Z`) - Date.parse(`${from}T00:00:00.000Z`)) / DAY)
}

/** The same day a year later; 29 February becomes 28 February. */
export function addYears(day: CivilDay, years: number): CivilDay {
  const target = `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`
  return isCivilDay(target) ? target : `${target.slice(0, 8)}28`
}

/** The same day some months later; the last of the month where it has no such day. */
export function addMonths(day: CivilDay, months: number): CivilDay {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

/** The calendar year of a day. */
export function yearOf(day: CivilDay): number {
  return Number(day.slice(0, 4))
}

/** True for a real day of the calendar in the form `YYYY-MM-DD`. */
export function isCivilDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00.000Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** Writes an instant for people in China, e.g. `2026-11-22 24:00`, minutes precise. */
export function formatInstant(instant: Date): string {
  return new Date(instant.getTime() + OFFSET).toISOString().slice(0, 16).replace('T', ' ')
}
