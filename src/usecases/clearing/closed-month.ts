import { isMonth, type Month } from '../../domain/clearing/month.ts'
import { Problem } from '../../domain/problems.ts'
import { firstClosed } from '../../storage/clearing/books.ts'
import { findRun, type Run } from '../../storage/clearing/runs.ts'
import type { Queryable } from '../../storage/database.ts'

/** @throws Problem malformed when the text is no month */
export function requireMonth(month: string): void {
  if (!isMonth(month)) throw new Problem('malformed', { details: { month } })
}

/**
 * The run of a month that was closed, whether or not it is added up.
 *
 * @throws Problem malformed, month-open, month-before-clearing
 */
export async function closedMonth(db: Queryable, regionCode: string, month: Month): Promise<Run> {
  requireMonth(month)
  const run = await findRun(db, regionCode, month)
  if (run !== undefined) return run
  throw notClosed(month, await firstClosed(db, regionCode))
}

/** Why a month that has no run has no figures. @param first the first month of the region that was closed */
export function notClosed(month: Month, first: Month | undefined): Problem {
  return first !== undefined && month < first
    ? new Problem('month-before-clearing', { details: { month, begins: first } })
    : new Problem('month-open', { details: { month } })
}
