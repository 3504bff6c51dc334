import { Problem } from '../../domain/problems.ts'
import * as outbox from '../../storage/outbox.ts'
import { findSalt, replaceLink } from '../../storage/patient-access.ts'
import { lock } from '../../storage/prescription/state.ts'
import type { Caller, Deps } from '../deps.ts'
import { linkToken, newLink } from '../secrets.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'

export interface RenewedLink {
  readonly prescriptionNo: string
  readonly renewedAt: string
  /** The link that holds now; earlier ones and their sessions have ended. */
  readonly patientLink: string
}

/**
 * Gives the patient a new link, after the first was lost or locked, and sends it.
 *
 * @throws Problem prescription-unknown, also when it is another hospital's
 */
export async function renewLink(
  deps: Deps,
  hospital: Caller,
  request: WriteRequest,
  prescriptionNo: string,
): Promise<Answer<RenewedLink>> {
  const { regionCode } = hospital
  // The link is a secret: the stored answer holds none, and a replay derives it again.
  const { status, body, isReplay } = await write<Omit<RenewedLink, 'patientLink'>>(
    deps,
    request,
    async (tx, now) => {
      // The lock puts two renewals in one order, so that one link is left.
      const row = await lock(tx, regionCode, prescriptionNo)
      if (row === undefined || row.hospitalId !== hospital.institutionId)
        throw new Problem('prescription-unknown')
      await replaceLink(tx, regionCode, prescriptionNo, newLink(deps.linkKey, prescriptionNo), now)
      await outbox.add(tx, regionCode, 'notification', { kind: 'patient-link', prescriptionNo }, now)
      return { status: 200, body: { prescriptionNo, renewedAt: now.toISOString() } }
    },
  )
  const salt = await findSalt(deps.pool, regionCode, prescriptionNo)
  if (salt === undefined) throw new Error(`prescription ${prescriptionNo} has no live link`)
  const token = linkToken(deps.linkKey, prescriptionNo, salt)
  return { status, isReplay, body: { ...body, patientLink: `${deps.settings.publicUrl}/p/${token}` } }
}
