import { addDays, type CivilDay, yearOf } from './civil-day.ts'

/** What the State Council's notice changes of one year (国务院办公厅关于…年部分节假日安排的通知). */
export interface WorkingYear {
  /** The notice with its number. */
  readonly source: string
  /** Mondays to Fridays that are free. */
  readonly free: readonly CivilDay[]
  /** Saturdays and Sundays that are worked. */
  readonly worked: readonly CivilDay[]
}

/** By year. A year without an entry is one whose notice nobody has entered. */
export type WorkingCalendar = Readonly<Record<string, WorkingYear>>

/** The year whose notice a count would need. */
export interface MissingYear {
  readonly missingYear: number
}

/** Whether a day is worked; undefined when its year has no notice. */
export function isWorkingDay(day: CivilDay, calendar: WorkingCalendar): boolean | undefined {
  const year = calendar[String(yearOf(day))]
  if (year === undefined) return undefined
  const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay()
  return weekday === 0 || weekday === 6 ? year.worked.includes(day) : !year.free.includes(day)
}

/**
 * The last of so many working days (工作日) after a day. The day itself doesn't count.
 *
 * @param days 1 or more
 * @returns the year that the count runs into without its notice being known, instead of a guess
 * @see MZ-10.3
 */
export function addWorkingDays(
  day: CivilDay,
  days: number,
  calendar: WorkingCalendar,
): CivilDay | MissingYear {
  let at = day
  for (let left = days; left > 0; ) {
    at = addDays(at, 1)
    const isWorked = isWorkingDay(at, calendar)
    if (isWorked === undefined) return { missingYear: yearOf(at) }
    if (isWorked) left -= 1
  }
  return at
}
