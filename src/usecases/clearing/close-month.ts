import { endOf, firstDay, type Month, monthOf, yearBefore } from '../../domain/clearing/month.ts'
import { statementOf } from '../../domain/clearing/statement.ts'
import { addDays, dayOf } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import * as books from '../../storage/clearing/books.ts'
import * as runs from '../../storage/clearing/runs.ts'
import * as statements from '../../storage/clearing/statements.ts'
import { inTransaction, type Queryable } from '../../storage/database.ts'
import * as outbox from '../../storage/outbox.ts'
import type { Caller, Deps } from '../deps.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'
import { closedMonth, notClosed, requireMonth } from './closed-month.ts'

/** The queue whose worker calls `computeMonth`. */
export const CLEARING_QUEUE = 'clearing'

export interface MonthClosed {
  readonly regionCode: string
  readonly month: Month
  readonly state: 'computing'
}

/**
 * Closes a month (关账) of a region for good and leaves the adding up to the worker.
 *
 * From the commit on, no entry gets a day in the month: what comes later counts in the next. Entries that are being
 * posted at this moment are waited for. Months are closed one after the other; an empty one is closed like any other.
 *
 * @throws Problem month-not-over, month-closed, month-before-clearing, month-out-of-order, clearing-unfinished
 * @see MZ-7.3, CQ-4.6, SX-12
 */
export async function closeMonth(
  deps: Deps,
  agency: Caller,
  request: WriteRequest,
  month: Month,
): Promise<Answer<MonthClosed>> {
  requireMonth(month)
  const { regionCode } = agency
  return await write<MonthClosed>(deps, request, async (tx, now) => {
    const end = endOf(month)
    if (dayOf(now) < end) throw new Problem('month-not-over', { details: { month } })
    await books.lockBooks(tx, regionCode)
    const open = await books.openFrom(tx, regionCode)
    if (open !== undefined && open >= end) {
      if ((await runs.findRun(tx, regionCode, month)) !== undefined)
        throw new Problem('month-closed', { details: { month } })
      throw notClosed(month, await books.firstClosed(tx, regionCode))
    }
    if (open === undefined) await requireRecent(tx, regionCode, month, now)
    if (
      open === undefined
        ? await books.hasPostingBefore(tx, regionCode, firstDay(month))
        : open < firstDay(month)
    ) {
      throw new Problem('month-out-of-order', {
        details: { month, ...(open === undefined ? {} : { next: monthOf(open) }) },
      })
    }
    if (open !== undefined) {
      const before = monthOf(addDays(open, -1))
      const run = await runs.findRun(tx, regionCode, before)
      if (run?.finishedAt === undefined)
        throw new Problem('clearing-unfinished', { details: { month: before } })
    }
    await books.closeBefore(tx, regionCode, end)
    await runs.openRun(tx, regionCode, month, firstDay(month), agency.id, now)
    await outbox.add(tx, regionCode, CLEARING_QUEUE, { month }, now)
    return { status: 202, body: { regionCode, month, state: 'computing' } }
  })
}

/**
 * The first month that a region closes has entries, or is one of the last twelve: all months after it have to be closed
 * one by one, so that a slip of the year would be for good.
 *
 * @throws Problem month-before-clearing
 */
async function requireRecent(tx: Queryable, regionCode: string, month: Month, now: Date): Promise<void> {
  const begins = yearBefore(monthOf(dayOf(now)))
  if (month >= begins || (await books.hasPostingBefore(tx, regionCode, endOf(month)))) return
  throw new Problem('month-before-clearing', { details: { month, begins } })
}

/** How far the adding up is. */
export interface Progress {
  readonly daysDone: number
  readonly days: number
  readonly postings: number
}

/**
 * Adds up a closed month and drafts its statements, one day in one transaction.
 *
 * Runs as a job: any number of times, at once or again after it was killed, with the same result. The database adds
 * up; this process holds one row per institution and account, however many settlements there were.
 *
 * @param onProgress told after each day
 * @throws Error when the month was never closed
 */
export async function computeMonth(
  deps: Pick<Deps, 'pool' | 'clock'>,
  job: { readonly regionCode: string; readonly month: Month },
  onProgress: (progress: Progress) => void = () => {},
): Promise<void> {
  const { regionCode, month } = job
  const end = endOf(month)
  const days = Number(addDays(end, -1).slice(8))
  while (true) {
    const progress = await inTransaction(deps.pool, async (tx) => {
      const run = await runs.findRun(tx, regionCode, month, true)
      if (run === undefined) throw new Error(`${month} of ${regionCode} is not closed`)
      if (run.finishedAt !== undefined) return undefined
      if (run.nextDay >= end) {
        const drafts = (await runs.institutionMonths(tx, regionCode, month)).map((each) => ({
          institutionId: each.institutionId,
          figures: statementOf(each.opening, each.movements),
        }))
        await statements.addDrafts(tx, regionCode, month, drafts, deps.clock())
        await runs.finishRun(tx, regionCode, month, deps.clock())
        return undefined
      }
      const next = addDays(run.nextDay, 1)
      const postings = await runs.addDay(tx, regionCode, month, run.nextDay, next)
      return { daysDone: Number(run.nextDay.slice(8)), days, postings: run.postings + postings }
    })
    if (progress === undefined) return
    onProgress(progress)
  }
}

/** A closed month as the agency sees it. */
export interface MonthOverview {
  readonly run: runs.Run
  readonly byStatus: Awaited<ReturnType<typeof statements.summary>>
  readonly trialBalance: readonly books.AccountTotal[]
  readonly pending: books.Pending
}

/**
 * How a month stands, with the trial balance of the region as of now and what is still pending.
 *
 * @throws Problem month-open, month-before-clearing
 */
export async function readMonth(
  deps: Pick<Deps, 'pool'>,
  agency: Caller,
  month: Month,
): Promise<MonthOverview> {
  const run = await closedMonth(deps.pool, agency.regionCode, month)
  return {
    run,
    byStatus: await statements.summary(deps.pool, agency.regionCode, month),
    trialBalance: await books.trialBalance(deps.pool, agency.regionCode),
    pending: await books.pending(deps.pool, agency.regionCode),
  }
}

/**
 * A page of a month's statements, for the agency.
 *
 * @param after institution at which the page before ended
 * @throws Problem month-open, month-before-clearing: a month that was never closed has no statements, not none
 */
export async function listMonth(
  deps: Pick<Deps, 'pool'>,
  agency: Caller,
  month: Month,
  after: string,
  limit: number,
): Promise<statements.Statement[]> {
  await closedMonth(deps.pool, agency.regionCode, month)
  return await statements.listStatements(deps.pool, agency.regionCode, month, after, limit)
}
