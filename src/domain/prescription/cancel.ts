import type { Caller } from '../caller.ts'
import { CANCEL_WAITS, type State } from '../lifecycle/transitions.ts'
import { Problem } from '../problems.ts'
import { type Change, changeBy, remarkOn } from './change.ts'
import type { Decision, Situation } from './decision.ts'

export interface Cancelled {
  readonly prescriptionNo: string
  /** `pending`: a pharmacy holds it; the cancel takes effect when it is released, and no settlement begins. */
  readonly cancel: 'done' | 'pending'
  readonly state: State
}

export interface Cancel {
  readonly caller: Caller
  readonly reasonCode: string
}

/**
 * The hospital cancels (撤销) its prescription, or the agency does. While a pharmacy holds it the cancel is kept as
 * pending and shown to the pharmacy; once money has moved it is refused, and the pharmacy's return is the way.
 *
 * @throws Problem prescription-unknown for another hospital's; wrong-state, prescription-expired
 */
export function decideCancel(situation: Situation, command: Cancel): Decision<Cancelled> {
  const { prescription } = situation
  const { kind, institutionId } = command.caller
  if (kind === 'hospital' && prescription.hospitalId !== institutionId) {
    throw new Problem('prescription-unknown')
  }
  const { prescriptionNo } = prescription
  const { cancel, changes, state } = cancelChanges(situation, command)
  const status = cancel === 'pending' ? 202 : 200
  return { changes, answer: { status, body: { prescriptionNo, cancel, state } } }
}

/**
 * What a cancel changes now; nothing when one is pending already.
 *
 * @throws Problem wrong-state, prescription-expired
 */
export function cancelChanges(
  { prescription, now }: Pick<Situation, 'prescription' | 'now'>,
  { caller, reasonCode }: Cancel,
): Pick<Cancelled, 'cancel' | 'state'> & { readonly changes: readonly Change[] } {
  const { state, cancelPendingAt } = prescription
  const data = { reason: reasonCode }
  if (CANCEL_WAITS.includes(state)) {
    const patch = { cancelPendingAt: now, cancelReason: reasonCode }
    const isNew = cancelPendingAt === undefined
    const changes = isNew ? [remarkOn(prescription, 'cancel-requested', { caller, now, patch, data })] : []
    return { cancel: 'pending', state, changes }
  }
  const cancelled = changeBy(prescription, {
    command: 'cancel',
    by: caller.kind === 'agency' ? 'agency' : 'hospital',
    caller,
    now,
    patch: { cancelReason: reasonCode },
    data,
  })
  return { cancel: 'done', state: cancelled.after.state, changes: [cancelled] }
}
