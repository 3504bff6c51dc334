import { addDays, addMonths, type CivilDay } from '../primitives/civil-day.ts'
import { addWorkingDays, type WorkingCalendar } from '../primitives/working-days.ts'
import type { Mode } from '../rules/cited.ts'
import { isFounded } from '../rules/founded.ts'
import type { WorkflowStep } from './workflow.ts'

/** How long a step may take: civil days, working days (工作日) or months. */
export type Within = number | { readonly workingDays: number } | { readonly months: number }

/** Until when a step is to be taken, or why nobody can say yet. */
export interface Due {
  readonly dueOn?: CivilDay
  /** The count of working days runs into a year whose calendar has not been entered. */
  readonly dueUnknown?: {
    readonly workingDays: number
    readonly from: CivilDay
    readonly missingYear: number
  }
}

/**
 * The last day for a step that may be taken from a day on; nothing where the policy says nothing, and in production
 * nothing by a deadline that nobody stands behind.
 *
 * @see MZ-10.3
 */
export function dueOf(
  { withinDays }: Pick<WorkflowStep, 'withinDays'>,
  from: CivilDay,
  mode: Mode,
  calendar: WorkingCalendar,
): Due {
  const within = withinDays?.value
  if (within === undefined || (mode === 'production' && !isFounded(withinDays!.status))) return {}
  if (typeof within === 'number') return { dueOn: addDays(from, within) }
  if ('months' in within) return { dueOn: addMonths(from, within.months) }
  const { workingDays } = within
  const day = addWorkingDays(from, workingDays, calendar)
  return typeof day === 'string' ? { dueOn: day } : { dueUnknown: { workingDays, from, ...day } }
}
