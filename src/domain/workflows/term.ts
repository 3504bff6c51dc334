import { addDays, addYears, type CivilDay, yearOf } from '../primitives/civil-day.ts'
import type { Term } from './workflow.ts'

/** The last day of what begins on a day: a year from 22 November ends on 21 November. @see SX-4.3, FS-3.6 */
export function lastDayOf(term: Term | undefined, from: CivilDay): CivilDay | undefined {
  if (term?.calendarYear === true) return `${yearOf(from)}-12-31`
  return term?.years === undefined ? undefined : addDays(addYears(from, term.years), -1)
}
