import * as dispenses from '../storage/dispense.ts'
import type { Caller, Deps } from './deps.ts'
import { give, lockPrescription } from './lifecycle.ts'
import { type Answer, type WriteRequest, write } from './write.ts'

export interface Released {
  readonly prescriptionNo: string
  /** `cancelled` when the hospital's cancel was waiting for the release. */
  readonly state: 'chosen' | 'cancelled'
}

/**
 * A pharmacy gives a prescription back before settlement. The patient's choice stands; a pending cancel takes effect.
 *
 * @param reasonCode why, as a code of the API: `out-of-stock`, `patient-left`, `other`…
 * @throws Problem prescription-unknown, hold-lost, wrong-state
 */
export async function releasePrescription(
  deps: Deps,
  pharmacy: Caller,
  request: WriteRequest,
  prescriptionNo: string,
  reasonCode: string,
): Promise<Answer<Released>> {
  return await write<Released>(deps, request, async (tx, now) => {
    const before = await lockPrescription(tx, pharmacy.regionCode, prescriptionNo, now)
    const row = await give(tx, before, {
      command: 'release',
      by: 'pharmacy',
      caller: pharmacy,
      now,
      patch: { dispenseId: undefined, holdUntil: undefined },
      data: {
        reason: reasonCode,
        ...(before.dispenseId === undefined ? {} : { dispenseId: before.dispenseId }),
      },
    })
    if (before.dispenseId !== undefined) {
      await dispenses.end(
        tx,
        row.regionCode,
        before.dispenseId,
        now,
        row.state === 'cancelled' ? 'cancelled' : 'released',
      )
    }
    return { status: 200, body: { prescriptionNo, state: row.state as Released['state'] } }
  })
}
