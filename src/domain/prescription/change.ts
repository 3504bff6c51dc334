import type { Caller } from '../caller.ts'
import { decide, retryIn } from '../lifecycle/decide.ts'
import { type Actor, type Command, type State, statesFor } from '../lifecycle/transitions.ts'
import type { Json } from '../primitives/canonical-json.ts'
import { Problem, type ProblemDetails } from '../problems.ts'
import type { Prescription } from './prescription.ts'

/** One revision of a prescription, with the event that records it. */
export interface Change {
  /** Of the transition table; `note` for a remark that changes no state. */
  readonly command: Command | 'note'
  readonly before: Prescription
  readonly after: Prescription
  readonly event: {
    readonly type: string
    readonly actorKind: Caller['kind']
    readonly actorId: string
    readonly data: Json
  }
  /** Institutions that find the event in their feed. */
  readonly recipients: readonly string[]
}

/** What a change may set besides the state; a member that is present and undefined is cleared. */
export type Patch = {
  readonly [Name in
    | 'pharmacyId'
    | 'dispenseId'
    | 'holdUntil'
    | 'settlementRequestedAt'
    | 'cancelPendingAt'
    | 'cancelReason']?: Prescription[Name] | undefined
}

/** Who changes what, and when. */
export interface ChangeBy {
  readonly caller: Caller
  readonly now: Date
  readonly patch?: Patch
  /** Codes and ids; never personal data. */
  readonly data?: { readonly [key: string]: Json }
}

/** A command of the transition table. */
export interface Order extends ChangeBy {
  readonly command: Command
  readonly by: Actor
  readonly linesRemain?: boolean
  readonly settlementOverdue?: boolean
  readonly goodsKept?: boolean
  /** Facts for the refusal, when the command is refused. */
  readonly onRefusal?: ProblemDetails
}

/**
 * What a command makes of a prescription, by the transition table.
 *
 * @throws Problem the refusal of the table, with the state
 */
export function changeBy(prescription: Prescription, order: Order): Change {
  const { now, caller, linesRemain, settlementOverdue, goodsKept } = order
  const { state, expiresAt, pharmacyId, holdUntil, settlementRequestedAt, cancelPendingAt } = prescription
  const transition = decide(
    {
      state,
      now,
      expiresAt,
      pharmacyId,
      holdUntil,
      settlementRequestedAt,
      cancelPendingAt,
      institutionId: caller.institutionId,
      linesRemain,
      settlementOverdue,
      goodsKept,
    },
    order.command,
    order.by,
  )
  if (typeof transition === 'string') {
    if (transition !== 'wrong-state') {
      throw new Problem(transition, { details: { state, ...order.onRefusal } })
    }
    const allowedIn = statesFor(order.command, order.by)
    throw new Problem(transition, {
      details: { state, allowedIn, ...order.onRefusal },
      retry: retryIn(state, allowedIn),
    })
  }
  return changed(prescription, order.command, transition.to, transition.event, order)
}

/** Records something that changes no state: a pending cancel, a renewed hold. */
export function remarkOn(prescription: Prescription, event: string, by: ChangeBy): Change {
  return changed(prescription, 'note', prescription.state, event, by)
}

function changed(
  before: Prescription,
  command: Change['command'],
  state: State,
  type: string,
  { caller, now, patch = {}, data = {} }: ChangeBy,
): Change {
  const after = Object.fromEntries(
    Object.entries({ ...before, ...patch, state, revision: before.revision + 1, changedAt: now }).filter(
      ([, value]) => value !== undefined,
    ),
  ) as unknown as Prescription
  const told = [before.hospitalId, before.pharmacyId, after.pharmacyId].filter((id) => id !== undefined)
  return {
    command,
    before,
    after,
    event: {
      type,
      actorKind: caller.kind,
      actorId: caller.id,
      data: { ...(after.pharmacyId === undefined ? {} : { pharmacyId: after.pharmacyId }), ...data },
    },
    recipients: [...new Set(told)],
  }
}
