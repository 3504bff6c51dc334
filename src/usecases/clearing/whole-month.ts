import { createHash } from 'node:crypto'
import type { Month } from '../../domain/clearing/month.ts'
import type { StatementState } from '../../domain/clearing/transitions.ts'
import { Problem } from '../../domain/problems.ts'
import * as statements from '../../storage/clearing/statements.ts'
import * as idempotency from '../../storage/idempotency.ts'
import type { Caller, Deps } from '../deps.ts'
import { type Answer, replay, type WriteRequest, write } from '../write.ts'
import { closedMonth, requireMonth } from './closed-month.ts'
import { payStatement, sendStatement } from './statement.ts'

/** What a command on all statements of a month did. */
export interface MonthMoved {
  readonly month: Month
  /** Statements that moved. */
  readonly moved: number
  /** Fen paid in all; negative amounts are what institutions pay. With the command `pay`. */
  readonly paidFen?: number
  /** Statements that were in another state and stayed there. */
  readonly left: readonly { readonly institutionId: string; readonly status: StatementState }[]
}

const PAGE = 500

/**
 * Sends all drafts of a month.
 *
 * Each statement moves in a transaction of its own, so a call that is cut off goes on where it was when it is made
 * again; one that ended gives its answer again and moves nothing more.
 *
 * @throws Problem month-open, month-before-clearing; clearing-unfinished before its statements are drafted
 */
export async function sendMonth(
  deps: Deps,
  agency: Caller,
  request: WriteRequest,
  month: Month,
): Promise<Answer<MonthMoved>> {
  return await wholeMonth(deps, agency, request, month, async (own, institutionId) => {
    await sendStatement(deps, own, { caller: agency, month, institutionId })
    return undefined
  })
}

/** Pays all confirmed statements of a month; otherwise as `sendMonth`, with the same refusals. */
export async function payMonth(
  deps: Deps,
  agency: Caller,
  request: WriteRequest,
  month: Month,
): Promise<Answer<MonthMoved>> {
  return await wholeMonth(deps, agency, request, month, async (own, institutionId) => {
    const { body } = await payStatement(deps, own, { caller: agency, month, institutionId })
    return body.paidFen
  })
}

async function wholeMonth(
  deps: Deps,
  agency: Caller,
  request: WriteRequest,
  month: Month,
  move: (request: WriteRequest, institutionId: string) => Promise<number | undefined>,
): Promise<Answer<MonthMoved>> {
  requireMonth(month)
  const earlier = await idempotency.find(deps.pool, request.callerId, request.key)
  if (earlier !== undefined) return replay<MonthMoved>(earlier, request)
  const { finishedAt } = await closedMonth(deps.pool, agency.regionCode, month)
  if (finishedAt === undefined) throw new Problem('clearing-unfinished', { details: { month } })
  let moved = 0
  let paidFen: number | undefined
  const left: MonthMoved['left'][number][] = []
  for (let after = '', page: statements.Statement[] | undefined; ; after = page.at(-1)!.institutionId) {
    page = await statements.listStatements(deps.pool, agency.regionCode, month, after, PAGE)
    for (const { institutionId, status } of page) {
      // A key of its own for each statement: what an earlier, cut off call moved is counted and not moved again.
      const key = `${request.key}/${institutionId}`
      const digest = createHash('sha256').update(request.digest).update(institutionId).digest()
      try {
        const paid = await move({ callerId: request.callerId, key, digest }, institutionId)
        moved += 1
        if (paid !== undefined) paidFen = (paidFen ?? 0) + paid
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'statement-wrong-state') throw error
        left.push({ institutionId, status })
      }
    }
    if (page.length < PAGE) break
  }
  const body = { month, moved, ...(paidFen === undefined ? {} : { paidFen }), left }
  return await write<MonthMoved>(deps, request, async () => ({ status: 200, body }))
}
