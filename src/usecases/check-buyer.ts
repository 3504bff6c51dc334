import type { Finding } from '../domain/finding.ts'
import type { Buyer } from '../domain/prescription/buyer.ts'
import { requireHeldBy } from '../domain/prescription/while-held.ts'
import { leave } from '../storage/database.ts'
import * as dispenses from '../storage/dispense.ts'
import type { Caller, Deps } from './deps.ts'
import { allow, judgeStored } from './judge-stored.ts'
import { lockPrescription, note } from './lifecycle.ts'
import { type Answer, type WriteRequest, write } from './write.ts'

/** Who buys, and the pharmacist who has checked it. */
export interface BuyerCheck {
  readonly pharmacistId: string
  readonly buyer: Buyer
}

export interface BuyerChecked {
  readonly prescriptionNo: string
  readonly state: 'held' | 'reviewed'
  readonly findings: readonly Finding[]
}

/**
 * Records who buys (核对购药人), for a buyer who comes after the review or in place of another: the newest check counts.
 * The pharmacist is judged as at the review. Whether the check suffices is asked when the settlement is.
 *
 * @throws Problem rules-failed (licence, filing), hold-lost, wrong-state once money moves, cancel-pending,
 *   prescription-expired
 * @see MZ-6.5, SX-10.1
 */
export async function checkBuyer(
  deps: Deps,
  pharmacy: Caller & { readonly institutionId: string },
  request: WriteRequest,
  prescriptionNo: string,
  { pharmacistId, buyer }: BuyerCheck,
): Promise<Answer<BuyerChecked>> {
  return await write<BuyerChecked>(deps, request, async (tx, now) => {
    const { regionCode, institutionId } = pharmacy
    const row = await lockPrescription(tx, regionCode, prescriptionNo, now)
    const state = requireHeldBy(row, institutionId, now)
    const judged = await judgeStored(deps, tx, regionCode, prescriptionNo, 'review', now, {
      pharmacyId: institutionId,
      pharmacistId,
    })
    allow(tx, judged, now)
    const dispenseId = row.dispenseId!
    leave(tx, dispenses.recordBuyer(tx, regionCode, dispenseId, buyer, pharmacistId, now))
    await note(tx, row, 'buyer-checked', {
      caller: pharmacy,
      now,
      data: { dispenseId, pharmacistId, relation: buyer.relation },
    })
    return { status: 200, body: { prescriptionNo, state, findings: judged.findings } }
  })
}
