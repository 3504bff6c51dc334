import type { Caller } from '../caller.ts'
import { changeBy } from './change.ts'
import type { Decision, Situation } from './decision.ts'
import { supplyEnded } from './pass-time.ts'

export interface Released {
  readonly prescriptionNo: string
  /** `cancelled` when the hospital's cancel was waiting for the release. */
  readonly state: 'chosen' | 'cancelled'
}

/**
 * A pharmacy gives a prescription back (退回) before settlement. The patient's choice stands; a pending cancel takes
 * effect.
 *
 * @throws Problem hold-lost, wrong-state, prescription-expired
 */
export function decideRelease(
  { prescription, now }: Situation,
  command: { readonly caller: Caller; readonly reasonCode: string },
): Decision<Released> {
  const { prescriptionNo, dispenseId } = prescription
  const released = changeBy(prescription, {
    command: 'release',
    by: 'pharmacy',
    caller: command.caller,
    now,
    patch: { dispenseId: undefined, holdUntil: undefined },
    data: {
      // What ends is the prescription, for the hospital's reason; the pharmacy's own stands beside it.
      ...(prescription.cancelReason === undefined
        ? { reason: command.reasonCode }
        : { reason: prescription.cancelReason, releaseReason: command.reasonCode }),
      ...(dispenseId === undefined ? {} : { dispenseId }),
    },
  })
  const state = released.after.state as Released['state']
  return {
    changes: [released],
    supplies: supplyEnded(prescription, state === 'cancelled' ? 'cancelled' : 'released'),
    answer: { status: 200, body: { prescriptionNo, state } },
  }
}
