import { type CivilDay, dayOf, startOfDay } from '../primitives/civil-day.ts'

/** A calendar month, Asia/Shanghai, `YYYY-MM`. */
export type Month = string

/** A month with its bounds. */
export interface Period {
  readonly month: Month
  readonly firstDay: CivilDay
  readonly lastDay: CivilDay
  readonly begins: Date
  /** Exclusive. */
  readonly ends: Date
}

/** The bounds of a month. @throws RangeError when it is none */
export function periodOf(month: Month): Period {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month)
  if (match === null) throw new RangeError(`not a month: ${month}`)
  const firstDay = `${month}-01`
  const ends = startOfDay(`${monthAfter(month)}-01`)
  return {
    month,
    firstDay,
    lastDay: dayOf(new Date(ends.getTime() - 1)),
    begins: startOfDay(firstDay),
    ends,
  }
}

/** The month `count` later, or earlier when negative. */
export function monthAfter(month: Month, count = 1): Month {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`
}

/** True when the month has ended. */
export function hasEnded(period: Period, now: Date): boolean {
  return now >= period.ends
}
