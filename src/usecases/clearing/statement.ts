import { v7 as uuid } from 'uuid'
import { endOf, firstDay, type Month } from '../../domain/clearing/month.ts'
import { paymentLines, type StatementFigures, statementOf } from '../../domain/clearing/statement.ts'
import { nextState, type StatementActor, type StatementCommand } from '../../domain/clearing/transitions.ts'
import { dayOf, startOfDay } from '../../domain/primitives/civil-day.ts'
import { fenToJson } from '../../domain/primitives/money.ts'
import { Problem, type ProblemCode } from '../../domain/problems.ts'
import * as disputes from '../../storage/clearing/disputes.ts'
import {
  type StatementLine,
  type StayAmount,
  statementLines,
  stayAmounts,
} from '../../storage/clearing/lines.ts'
import * as runs from '../../storage/clearing/runs.ts'
import * as statements from '../../storage/clearing/statements.ts'
import type { Queryable, Transaction } from '../../storage/database.ts'
import * as ledger from '../../storage/ledger.ts'
import { type RefundsOfMonth, refundsOfMonth } from '../../storage/refund.ts'
import type { Caller, Deps } from '../deps.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'
import { closedMonth, requireMonth } from './closed-month.ts'

/** A statement with all its figures and disputes. */
export interface StatementView {
  readonly statement: statements.Statement
  readonly figures: StatementFigures
  readonly disputes: readonly disputes.Dispute[]
  /** What the institution owes patients: between them, and no part of what is cleared. */
  readonly refunds: RefundsOfMonth
}

/** What a statement is after a command. */
export interface StatementMoved {
  readonly month: Month
  readonly institutionId: string
  readonly status: statements.Statement['status']
  /** Fen paid; negative when the institution pays. With the command `pay`. */
  readonly paidFen?: number
}

/**
 * Whose statement a caller means: institutions have only their own.
 *
 * @param institutionId as the agency names it
 * @throws Problem not-yours
 */
export function institutionOf(caller: Caller, institutionId?: string): string {
  const own = caller.kind === 'agency' ? institutionId : caller.institutionId
  if (own === undefined || (institutionId !== undefined && institutionId !== own))
    throw new Problem('not-yours')
  return own
}

/** Why there is no statement to read. */
export const NO_STATEMENT = [
  'not-yours',
  'month-open',
  'month-before-clearing',
  'clearing-unfinished',
  'statement-unknown',
  'statement-not-sent',
] as const satisfies readonly ProblemCode[]

/**
 * Reads a statement. Institutions see it once it was sent.
 *
 * @throws Problem one of `NO_STATEMENT`
 */
export async function readStatement(
  deps: Pick<Deps, 'pool'>,
  caller: Caller,
  month: Month,
  institutionId?: string,
): Promise<StatementView> {
  const id = institutionOf(caller, institutionId)
  const statement = await requireStatement(deps.pool, caller, month, id)
  const [own] = await runs.institutionMonths(deps.pool, caller.regionCode, month, id)
  return {
    statement,
    figures: statementOf(statement.opening, own?.movements ?? []),
    disputes: await disputes.listDisputes(deps.pool, statement),
    refunds: await refundsOfMonth(
      deps.pool,
      caller.regionCode,
      id,
      startOfDay(firstDay(month)),
      startOfDay(endOf(month)),
    ),
  }
}

async function requireStatement(
  db: Queryable,
  caller: Caller,
  month: Month,
  institutionId: string,
  lock = false,
): Promise<statements.Statement> {
  requireMonth(month)
  const found = await statements.findStatement(db, caller.regionCode, month, institutionId, lock)
  if (found === undefined) throw await noStatement(db, caller.regionCode, month)
  if (caller.kind !== 'agency' && found.status === 'draft')
    throw new Problem('statement-not-sent', { details: { month } })
  return found
}

/** Why there is no statement: the month is not closed, not added up, or has nothing of the institution. */
async function noStatement(db: Queryable, regionCode: string, month: Month): Promise<Problem> {
  const { finishedAt } = await closedMonth(db, regionCode, month)
  return new Problem(finishedAt === undefined ? 'clearing-unfinished' : 'statement-unknown', {
    details: { month },
  })
}

/** All lines of a statement, page after page. @throws Problem one of `NO_STATEMENT` */
export async function* streamLines(
  deps: Pick<Deps, 'pool'>,
  caller: Caller,
  month: Month,
  institutionId?: string,
  pageSize = 1_000,
): AsyncGenerator<StatementLine> {
  let after: string | undefined
  while (true) {
    const page = await pageOfLines(deps, caller, month, institutionId, after, pageSize)
    yield* page
    if (page.length < pageSize) return
    after = page.at(-1)!.postingId
  }
}

/** A page of a statement's lines. @throws Problem one of `NO_STATEMENT` */
export async function pageOfLines(
  deps: Pick<Deps, 'pool'>,
  caller: Caller,
  month: Month,
  institutionId: string | undefined,
  after: string | undefined,
  limit: number,
): Promise<StatementLine[]> {
  const id = institutionOf(caller, institutionId)
  await requireStatement(deps.pool, caller, month, id)
  return await statementLines(deps.pool, caller.regionCode, month, id, after, limit)
}

/** A page of what a hospital counts into its stays. @throws Problem one of `NO_STATEMENT` @see MZ-7.4 */
export async function pageOfStays(
  deps: Pick<Deps, 'pool'>,
  caller: Caller,
  month: Month,
  institutionId: string | undefined,
  after: string,
  limit: number,
): Promise<StayAmount[]> {
  const id = institutionOf(caller, institutionId)
  await requireStatement(deps.pool, caller, month, id)
  return await stayAmounts(deps.pool, caller.regionCode, month, id, after, limit)
}

/**
 * All stays of a hospital's month, page after page.
 *
 * @throws Problem one of `NO_STATEMENT`, before the first stay
 * @see MZ-7.4
 */
export async function openStays(
  deps: Pick<Deps, 'pool'>,
  caller: Caller,
  month: Month,
  institutionId?: string,
  pageSize = 1_000,
): Promise<AsyncGenerator<StayAmount>> {
  let page = await pageOfStays(deps, caller, month, institutionId, '', pageSize)
  return (async function* () {
    while (true) {
      yield* page
      if (page.length < pageSize) return
      page = await pageOfStays(deps, caller, month, institutionId, page.at(-1)!.stayNo, pageSize)
    }
  })()
}

/** Everything of a command on a statement but what it does. */
export interface StatementOrder {
  readonly caller: Caller
  readonly month: Month
  /** Named by the agency; institutions mean their own. */
  readonly institutionId?: string
}

/**
 * Gives a command to a locked statement.
 *
 * @param work done before the statement moves
 * @throws Problem statement-wrong-state, or one of `NO_STATEMENT`
 */
export async function order<Extra extends object>(
  deps: Pick<Deps, 'pool' | 'clock'>,
  request: WriteRequest,
  { caller, month, institutionId }: StatementOrder,
  command: StatementCommand,
  work: (
    tx: Transaction,
    statement: statements.Statement,
    now: Date,
  ) => Promise<{ extra: Extra; paymentId?: string; disputesRemain?: boolean }>,
): Promise<Answer<StatementMoved & Extra>> {
  const id = institutionOf(caller, institutionId)
  const actor: StatementActor = caller.kind === 'agency' ? 'agency' : 'institution'
  return await write<StatementMoved & Extra>(deps, request, async (tx, now) => {
    const before = await requireStatement(tx, caller, month, id, true)
    // Asked before the work, so that a command out of place does nothing; asked again when the work knows more.
    if (nextState(before.status, command, actor) === undefined) {
      throw new Problem('statement-wrong-state', { details: { state: before.status } })
    }
    const { extra, paymentId, disputesRemain } = await work(tx, before, now)
    const to = nextState(before.status, command, actor, disputesRemain)!
    if (!(await statements.moveStatement(tx, before, command, to, now, paymentId))) {
      throw new Problem('statement-wrong-state', { details: { state: before.status } })
    }
    return { status: 200, body: { month, institutionId: id, status: to, ...extra } }
  })
}

/** Sends a draft to its institution. */
export async function sendStatement(
  deps: Deps,
  request: WriteRequest,
  where: StatementOrder,
): Promise<Answer<StatementMoved>> {
  return await order(deps, request, where, 'send', async () => ({ extra: {} }))
}

/** The institution agrees. */
export async function confirmStatement(
  deps: Deps,
  request: WriteRequest,
  where: StatementOrder,
): Promise<Answer<StatementMoved>> {
  return await order(deps, request, where, 'confirm', async () => ({ extra: {} }))
}

/**
 * Pays a confirmed statement: one entry that brings its own part of the institution's accounts back to zero.
 *
 * Pays what the month itself made due; what earlier months left unpaid is paid with their own statements. The entry
 * has the day of the payment, so it stands in a later month's statement. A negative amount is what the institution
 * owes: a hospital's is taken off its other payments (MZ-7.4).
 */
export async function payStatement(
  deps: Deps,
  request: WriteRequest,
  where: StatementOrder,
): Promise<Answer<StatementMoved & { paidFen: number }>> {
  return await order(deps, request, where, 'pay', async (tx, statement, now) => {
    const { regionCode, month, institutionId } = statement
    const [own] = await runs.institutionMonths(tx, regionCode, month, institutionId)
    const lines = paymentLines(institutionId, own?.movements ?? [])
    const extra = { paidFen: fenToJson(statement.due) }
    if (lines.length === 0) return { extra }
    const paymentId = uuid()
    await ledger.post(tx, {
      regionCode,
      postingId: paymentId,
      kind: 'clearing',
      day: dayOf(now),
      at: now,
      lines,
    })
    return { extra, paymentId }
  })
}

/** Five years of months. */
const MONTHS = 60

/** The statements that were sent to an institution, newest first; at most five years. */
export async function ownStatements(
  deps: Pick<Deps, 'pool'>,
  caller: Caller & { readonly institutionId: string },
): Promise<statements.Statement[]> {
  const all = await statements.listOfInstitution(deps.pool, caller.regionCode, caller.institutionId, MONTHS)
  return all.filter(({ status }) => status !== 'draft')
}
