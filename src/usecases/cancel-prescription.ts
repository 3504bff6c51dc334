import { CANCEL_WAITS, type State } from '../domain/lifecycle/transitions.ts'
import { Problem } from '../domain/problems.ts'
import type { Transaction } from '../storage/database.ts'
import type { StateRow } from '../storage/prescription/state.ts'
import type { Caller, Deps } from './deps.ts'
import { give, lockPrescription, note } from './lifecycle.ts'
import { type Answer, type WriteRequest, write } from './write.ts'

export interface Cancelled {
  readonly prescriptionNo: string
  /** `pending`: a pharmacy holds it; the cancel takes effect when it is released, and no settlement begins. */
  readonly cancel: 'done' | 'pending'
  readonly state: State
}

/**
 * The hospital cancels (撤销) its prescription. While a pharmacy holds it the cancel is kept as pending and shown to
 * the pharmacy; once money has moved it is refused, and the pharmacy's return is the way.
 *
 * @param reasonCode a code of the API
 * @throws Problem prescription-unknown, wrong-state with the state
 */
export async function cancelPrescription(
  deps: Deps,
  hospital: Caller,
  request: WriteRequest,
  prescriptionNo: string,
  reasonCode: string,
): Promise<Answer<Cancelled>> {
  return await write<Cancelled>(deps, request, async (tx, now) => {
    const row = await lockPrescription(tx, hospital.regionCode, prescriptionNo, now)
    if (hospital.kind === 'hospital' && row.hospitalId !== hospital.institutionId) {
      throw new Problem('prescription-unknown')
    }
    const { cancel, state } = await cancelLocked(tx, hospital, row, reasonCode, now)
    return { status: cancel === 'pending' ? 202 : 200, body: { prescriptionNo, cancel, state } }
  })
}

/**
 * Cancels a locked prescription, or keeps the cancel as pending while a pharmacy holds it.
 *
 * @throws Problem wrong-state with the state
 */
export async function cancelLocked(
  tx: Transaction,
  caller: Caller,
  row: StateRow,
  reasonCode: string,
  now: Date,
): Promise<{ readonly cancel: Cancelled['cancel']; readonly state: State }> {
  if (CANCEL_WAITS.includes(row.state)) {
    if (row.cancelPendingAt === undefined) {
      await note(tx, row, 'cancel-requested', {
        caller,
        now,
        patch: { cancelPendingAt: now, cancelReason: reasonCode },
        data: { reason: reasonCode },
      })
    }
    return { cancel: 'pending', state: row.state }
  }
  const done = await give(tx, row, {
    command: 'cancel',
    by: caller.kind === 'agency' ? 'agency' : 'hospital',
    caller,
    now,
    patch: { cancelReason: reasonCode },
    data: { reason: reasonCode },
  })
  return { cancel: 'done', state: done.state }
}
