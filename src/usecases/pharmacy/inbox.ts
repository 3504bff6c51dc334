import type { Inbox } from '../../../schemas/pharmacy.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import { type InboxPosition, type InboxRow, listInbox } from '../../storage/pharmacy/inbox.ts'
import type { RegisterSnapshot } from '../../storage/register-cache.ts'
import type { Deps } from '../deps.ts'
import { drugView, hospitalView } from './register-view.ts'
import type { Supplier } from './supplier.ts'

/** What an inbox is asked for. */
export interface InboxQuestion {
  readonly after?: string | undefined
  readonly state?: Inbox['entries'][number]['state'] | undefined
  readonly limit: number
}

/**
 * What waits for a pharmacy, longest unchanged first: drugs, quantities, hospital and time left, nothing of the person.
 *
 * A work list, not a feed: what changes while it is read moves to its end. Who must miss nothing reads the events.
 *
 * @throws Problem malformed for a cursor that no page gave
 * @see MZ-6.4
 */
export async function readInbox(deps: Deps, supplier: Supplier, question: InboxQuestion): Promise<Inbox> {
  const { regionCode, institutionId } = supplier
  const now = deps.clock()
  const after = question.after === undefined ? undefined : positionOf(question.after)
  const [rows, snapshot] = await Promise.all([
    listInbox(deps.pool, regionCode, institutionId, now, after, question.state, question.limit),
    deps.registers.latest(deps.pool, regionCode),
  ])
  const last = rows.at(-1)
  return {
    entries: rows.map((row) => entryOf(row, snapshot, now)),
    ...(last !== undefined && rows.length === question.limit ? { next: cursorOf(last) } : {}),
  }
}

function entryOf(row: InboxRow, snapshot: RegisterSnapshot, now: Date): Inbox['entries'][number] {
  const today = dayOf(now)
  return {
    prescriptionNo: row.prescriptionNo,
    state: row.state as Inbox['entries'][number]['state'],
    changedAt: row.changedAt.toISOString(),
    hospital: hospitalView(snapshot, row.hospitalId, today),
    expiresAt: row.expiresAt.toISOString(),
    secondsLeft: secondsUntil(row.expiresAt, now),
    ...(row.holdUntil === undefined
      ? {}
      : { holdUntil: row.holdUntil.toISOString(), holdSecondsLeft: secondsUntil(row.holdUntil, now) }),
    cancelPending: row.cancelPendingAt !== undefined,
    lines: row.lines.map((line) => ({ ...line, ...drugView(snapshot, line.drugCode, today) })),
  }
}

/** Whole seconds, none once it is over. */
export function secondsUntil(end: Date, now: Date): number {
  return Math.max(0, Math.floor((end.getTime() - now.getTime()) / 1000))
}

function cursorOf(row: InboxRow): string {
  return `${row.changedAt.getTime()}.${row.prescriptionNo}`
}

function positionOf(cursor: string): InboxPosition {
  const [, at, prescriptionNo] = /^(\d{1,15})\.(\d{22})$/.exec(cursor) ?? []
  if (at === undefined || prescriptionNo === undefined) throw badCursor()
  return { changedAt: new Date(Number(at)), prescriptionNo }
}

function badCursor(): Problem {
  const message = { zh: '请使用上一页返回的游标。', en: 'Use the cursor that the page before gave.' }
  return new Problem('malformed', { fields: [{ path: '/querystring/after', keyword: 'cursor', message }] })
}
