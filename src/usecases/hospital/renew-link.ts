import { stateAt } from '../../domain/lifecycle/state-at.ts'
import { STATES, type State } from '../../domain/lifecycle/transitions.ts'
import { parseQuantity } from '../../domain/primitives/quantity.ts'
import { Problem } from '../../domain/problems.ts'
import type { Transaction } from '../../storage/database.ts'
import * as outbox from '../../storage/outbox.ts'
import { findLinkMade, replaceLink } from '../../storage/patient-access.ts'
import { findPrescription } from '../../storage/prescription/read.ts'
import { lock, type StateRow } from '../../storage/prescription/state.ts'
import type { Caller, Deps } from '../deps.ts'
import { linkToken, newLink } from '../secrets.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'
import type { LinkOrEnd } from './push-prescription.ts'

/** What a renewal is answered with; when it is repeated after a later one, its own link holds no more. */
export type RenewedLink = { readonly prescriptionNo: string; readonly renewedAt: string } & LinkOrEnd

/** The answer as it is kept: it names the link without being it. */
interface Kept {
  readonly prescriptionNo: string
  readonly renewedAt: string
  /** SHA-256 of the secret, in hexadecimal digits. */
  readonly linkHash: string
}

/**
 * Gives the patient a new link, after the first was lost or locked, and sends it.
 *
 * @throws Problem prescription-unknown, also when it is another hospital's; wrong-state when it ended and nothing of it
 *   was handed over: the page has nothing to do and nothing to keep
 */
export async function renewLink(
  deps: Deps,
  hospital: Caller,
  request: WriteRequest,
  prescriptionNo: string,
): Promise<Answer<RenewedLink>> {
  const { regionCode } = hospital
  const { status, body, isReplay } = await write<Kept>(deps, request, async (tx, now) => {
    // The lock puts two renewals in one order, so that one link is left.
    const row = await lock(tx, regionCode, prescriptionNo)
    if (row === undefined || row.hospitalId !== hospital.institutionId)
      throw new Problem('prescription-unknown')
    await requireUse(tx, row, now)
    const link = newLink(deps.linkKey, prescriptionNo)
    await replaceLink(tx, regionCode, prescriptionNo, link, now)
    await outbox.add(tx, regionCode, 'notification', { kind: 'patient-link', prescriptionNo }, now)
    const renewedAt = now.toISOString()
    return { status: 200, body: { prescriptionNo, renewedAt, linkHash: link.hash.toString('hex') } }
  })
  const made = await findLinkMade(deps.pool, Buffer.from(body.linkHash, 'hex'))
  if (made === undefined) throw new Error(`prescription ${prescriptionNo} has lost a link`)
  const { renewedAt } = body
  if (made.replacedAt !== undefined) {
    const patientLinkReplacedAt = made.replacedAt.toISOString()
    return { status, isReplay, body: { prescriptionNo, renewedAt, patientLinkReplacedAt } }
  }
  const token = linkToken(deps.linkKey, prescriptionNo, made.salt)
  const patientLink = `${deps.settings.publicUrl}/p/${token}`
  return { status, isReplay, body: { prescriptionNo, renewedAt, patientLink } }
}

/** Ended without a supply, unless a part was handed over before. */
const OVER: readonly State[] = ['refused', 'cancelled', 'expired']

/** @throws Problem wrong-state */
async function requireUse(tx: Transaction, row: StateRow, now: Date): Promise<void> {
  const state = stateAt(row, now)
  if (!OVER.includes(state)) return
  const stored = await findPrescription(tx, row.regionCode, row.prescriptionNo)
  if (stored?.lines.some(({ dispensed }) => parseQuantity(dispensed) > 0n) === true) return
  const allowedIn = STATES.filter((each) => !OVER.includes(each))
  throw new Problem('wrong-state', { details: { state, allowedIn }, retry: 'never' })
}
