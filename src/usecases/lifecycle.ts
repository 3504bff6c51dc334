import { createHash } from 'node:crypto'
import { decide, type Situation } from '../domain/lifecycle/decide.ts'
import { chainedBytes } from '../domain/lifecycle/event.ts'
import type { Actor, Command } from '../domain/lifecycle/transitions.ts'
import { canonicalJson, type Json } from '../domain/primitives/canonical-json.ts'
import { Problem, type ProblemDetails } from '../domain/problems.ts'
import type { Transaction } from '../storage/database.ts'
import * as dispenses from '../storage/dispense.ts'
import * as outbox from '../storage/outbox.ts'
import { cancelRemaining } from '../storage/prescription/line-balance.ts'
import * as states from '../storage/prescription/state.ts'
import type { Caller } from './deps.ts'

/** What a change of state may set beside the state itself; a member that is present and undefined is cleared. */
export type Patch = Partial<
  Pick<
    states.StateChange,
    'pharmacyId' | 'dispenseId' | 'holdUntil' | 'settlementRequestedAt' | 'cancelPendingAt' | 'cancelReason'
  >
>

/** A command as it is given. */
export interface Order {
  readonly command: Command
  readonly by: Actor
  readonly caller: Caller
  readonly now: Date
  readonly patch?: Patch
  readonly data?: { readonly [key: string]: Json }
  readonly linesRemain?: boolean
  readonly settlementOverdue?: boolean
  /** Facts for the refusal, when the command is refused. */
  readonly onRefusal?: ProblemDetails
}

/** The hub itself, where no caller stands behind a change. */
export function systemCaller(regionCode: string): Caller {
  return { kind: 'system', id: 'hub', regionCode }
}

/**
 * Locks a prescription. A hold that has run out ends here and now, so nobody waits for the sweep and nobody acts on
 * a hold that is over; when the caller's command is then refused, this is rolled back with it and changes nothing.
 *
 * @throws Problem prescription-unknown
 */
export async function lockPrescription(
  tx: Transaction,
  regionCode: string,
  prescriptionNo: string,
  now: Date,
): Promise<states.StateRow> {
  const row = await states.lock(tx, regionCode, prescriptionNo)
  if (row === undefined) throw new Problem('prescription-unknown')
  return isLapsed(row, now) ? await lapse(tx, row, now) : row
}

function isLapsed(row: states.StateRow, now: Date): boolean {
  return (
    (row.state === 'held' || row.state === 'reviewed') && row.holdUntil !== undefined && row.holdUntil <= now
  )
}

/** Ends a hold that has run out; a pending cancel takes effect. */
export async function lapse(tx: Transaction, row: states.StateRow, now: Date): Promise<states.StateRow> {
  const after = await give(tx, row, {
    command: 'lapse',
    by: 'system',
    caller: systemCaller(row.regionCode),
    now,
    patch: { dispenseId: undefined, holdUntil: undefined },
    data: row.dispenseId === undefined ? {} : { dispenseId: row.dispenseId },
  })
  if (row.dispenseId !== undefined) {
    await dispenses.end(
      tx,
      row.regionCode,
      row.dispenseId,
      now,
      after.state === 'cancelled' ? 'cancelled' : 'lapsed',
    )
  }
  return after
}

/**
 * Gives a command: decides by the transition table, writes state, event and feed.
 *
 * @returns the row as it is now
 * @throws Problem the refusal of the table
 */
export async function give(tx: Transaction, row: states.StateRow, order: Order): Promise<states.StateRow> {
  const decision = decide(situationOf(row, order), order.command, order.by)
  if (typeof decision === 'string') {
    throw new Problem(decision, { details: { state: row.state, ...order.onRefusal } })
  }
  return await record(tx, row, decision.to, order.command, decision.event, order)
}

/** Records something that changes no state: a pending cancel, a renewed hold. */
export async function note(
  tx: Transaction,
  row: states.StateRow,
  event: string,
  order: Omit<Order, 'command' | 'by'>,
): Promise<states.StateRow> {
  return await record(tx, row, row.state, 'note', event, order)
}

/** Ends that somebody else brings about: the patient is told. That validity ends was told with the link. */
const TOLD: ReadonlySet<string> = new Set(['cancelled', 'refused', 'returned'])

async function record(
  tx: Transaction,
  row: states.StateRow,
  to: states.StateRow['state'],
  command: string,
  type: string,
  order: Omit<Order, 'command' | 'by'>,
): Promise<states.StateRow> {
  const { caller, now, patch = {}, data = {} } = order
  const { regionCode, prescriptionNo } = row
  const next = { ...row, ...patch }
  const event = {
    regionCode,
    prescriptionNo,
    revision: row.revision + 1,
    type,
    at: now,
    actorKind: caller.kind,
    actorId: caller.id,
    data: { ...(next.pharmacyId === undefined ? {} : { pharmacyId: next.pharmacyId }), ...data },
  }
  const hash = createHash('sha256').update(chainedBytes(row.hash, event)).digest()
  const told = [row.hospitalId, row.pharmacyId, next.pharmacyId].filter((id) => id !== undefined)
  await states.change(tx, row, {
    state: to,
    command,
    hash,
    at: now,
    pharmacyId: next.pharmacyId,
    dispenseId: next.dispenseId,
    holdUntil: next.holdUntil,
    settlementRequestedAt: next.settlementRequestedAt,
    cancelPendingAt: next.cancelPendingAt,
    cancelReason: next.cancelReason,
    event: { type, actorKind: caller.kind, actorId: caller.id, data: canonicalJson(event.data) },
    recipients: [...new Set(told)],
  })
  if (TOLD.has(to) && to !== row.state)
    await outbox.add(tx, regionCode, 'notification', { kind: 'prescription-changed', prescriptionNo }, now)
  // What nobody may dispense any more is cancelled, line by line: prescribed = dispensed + cancelled + remaining.
  if (to === 'cancelled') await cancelRemaining(tx, regionCode, prescriptionNo)
  return { ...next, state: to, revision: row.revision + 1, hash, changedAt: now } as states.StateRow
}

function situationOf(row: states.StateRow, order: Order): Situation {
  return {
    state: row.state,
    now: order.now,
    expiresAt: row.expiresAt,
    pharmacyId: row.pharmacyId,
    holdUntil: row.holdUntil,
    settlementRequestedAt: row.settlementRequestedAt,
    cancelPendingAt: row.cancelPendingAt,
    institutionId: order.caller.institutionId,
    linesRemain: order.linesRemain,
    settlementOverdue: order.settlementOverdue,
  }
}
