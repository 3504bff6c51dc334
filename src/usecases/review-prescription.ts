import { type Finding, faultsDocument, isRefused } from '../domain/finding.ts'
import type { PacksOfLine } from '../domain/packs/packs-of-line.ts'
import type { Buyer } from '../domain/prescription/buyer.ts'
import { leave, together } from '../storage/database.ts'
import * as dispenses from '../storage/dispense.ts'
import type { Caller, Deps } from './deps.ts'
import { allow, judgeStored, keepDecision } from './judge-stored.ts'
import { give, lockPrescription } from './lifecycle.ts'
import { packsOfRemaining } from './packs.ts'
import { type Answer, type WriteRequest, write } from './write.ts'

/** The pharmacist's review (审方). */
export interface Review {
  readonly pharmacistId: string
  readonly decision: 'approve' | 'refuse'
  /** Needed when refused: a code of the API. */
  readonly reasonCode?: string
  /** Free text for the hospital; kept, never logged. */
  readonly opinion?: string
  /** Who buys, when he is at the counter already. */
  readonly buyer?: Buyer
}

export interface Reviewed {
  readonly prescriptionNo: string
  readonly state: 'reviewed' | 'refused'
  readonly findings: readonly Finding[]
  /** What trace codes the hand-over will need, once approved. */
  readonly packs?: readonly PacksOfLine[]
}

/**
 * A licensed pharmacist reviews the prescription before anything is settled; a refusal ends it and the hospital is told.
 * What the hospital has withdrawn is not approved any more.
 *
 * @throws Problem rules-failed (licence, filing), hold-lost, cancel-pending for an approval, wrong-state
 * @see MZ-6.5, SX-10.1
 */
export async function reviewPrescription(
  deps: Deps,
  pharmacy: Caller & { readonly institutionId: string },
  request: WriteRequest,
  prescriptionNo: string,
  review: Review,
): Promise<Answer<Reviewed>> {
  return await write<Reviewed>(deps, request, async (tx, now) => {
    const before = await lockPrescription(tx, pharmacy.regionCode, prescriptionNo, now)
    const refused = review.decision === 'refuse'
    const given = give(tx, before, {
      command: refused ? 'refuse' : 'approve',
      by: 'pharmacy',
      caller: pharmacy,
      now,
      data: {
        pharmacistId: review.pharmacistId,
        ...(review.reasonCode === undefined ? {} : { reason: review.reasonCode }),
      },
    })
    const [row, judged] = await together(
      given,
      judgeStored(deps, tx, before.regionCode, prescriptionNo, 'review', now, {
        pharmacyId: pharmacy.institutionId,
        pharmacistId: review.pharmacistId,
      }),
    )
    // A fault of the prescription is a reason to refuse it, and no reason not to.
    if (refused && !isRefused(judged.findings.filter((finding) => !faultsDocument(finding))))
      keepDecision(tx, judged, now)
    else allow(tx, judged, now)
    const dispenseId = before.dispenseId!
    const { buyer, ...opinion } = review
    const { pharmacistId } = opinion
    const text = JSON.stringify(opinion)
    leave(tx, dispenses.recordReview(tx, row.regionCode, dispenseId, pharmacistId, text, now))
    if (!refused && buyer !== undefined)
      leave(tx, dispenses.recordBuyer(tx, row.regionCode, dispenseId, buyer, pharmacistId, now))
    if (refused) leave(tx, dispenses.end(tx, row.regionCode, dispenseId, now, 'refused'))
    return {
      status: 200,
      body: {
        prescriptionNo,
        state: row.state as Reviewed['state'],
        findings: judged.findings,
        ...(refused ? {} : { packs: packsOfRemaining(judged.prescription.lines, judged.snapshot, now) }),
      },
    }
  })
}
