import { leave, together } from '../storage/database.ts'
import { setPickupCode } from '../storage/patient-access.ts'
import type { Caller, Deps } from './deps.ts'
import { allow, judgeLoaded, loadPrescription } from './judge-stored.ts'
import { give, lockPrescription } from './lifecycle.ts'
import { keepEstimate } from './patient/keep-estimate.ts'
import { hashOf, pickupCode } from './secrets.ts'
import { type Answer, type WriteRequest, write } from './write.ts'

export interface Choice {
  readonly prescriptionNo: string
  readonly state: 'chosen'
  readonly pharmacyId: string
  readonly expiresAt: string
}

/**
 * The patient chooses a dual-channel pharmacy, or another one as long as none has taken the prescription. What the
 * page estimated for it is kept with the choice.
 *
 * @throws Problem rules-failed, prescription-expired, held-by-another, wrong-state
 * @see MZ-6.3, MZ-6.4, MZ-7.1
 */
export async function choosePharmacy(
  deps: Deps,
  patient: Caller,
  request: WriteRequest,
  prescriptionNo: string,
  pharmacyId: string,
): Promise<Answer<Choice>> {
  return await write<Choice>(deps, request, async (tx, now) => {
    const before = await lockPrescription(tx, patient.regionCode, prescriptionNo, now)
    // The table first: whether the state allows it at all is the better answer.
    const given = give(tx, before, {
      command: 'choose',
      by: 'patient',
      caller: patient,
      now,
      patch: { pharmacyId },
      data: before.pharmacyId === undefined ? {} : { previousPharmacyId: before.pharmacyId },
    })
    const [row, loaded] = await together(
      given,
      loadPrescription(deps, tx, before.regionCode, prescriptionNo, now),
    )
    allow(tx, judgeLoaded(deps, loaded, 'choice', now, { pharmacyId }), now)
    const code = pickupCode(deps.linkKey, prescriptionNo, row.revision)
    leave(tx, setPickupCode(tx, row.regionCode, prescriptionNo, hashOf(code), now))
    await keepEstimate(deps, tx, loaded, pharmacyId, now)
    return {
      status: 200,
      body: { prescriptionNo, state: 'chosen', pharmacyId, expiresAt: row.expiresAt.toISOString() },
    }
  })
}
