import { findLinkMade } from '../../storage/patient-access.ts'
import type { Caller, Deps } from '../deps.ts'
import { hashOf } from '../secrets.ts'
import { type Envelope, type Receipt, submitPrescription } from '../submit-prescription.ts'
import type { Answer, WriteRequest } from '../write.ts'

/** A link that holds, or since when it holds no more. */
export type LinkOrEnd = { readonly patientLink: string } | { readonly patientLinkReplacedAt: string }

/** The receipt of a push; of one that is repeated, the first one, without a link that was replaced since. */
export type PushReceipt = Omit<Receipt, 'patientLink'> & LinkOrEnd

/**
 * Receives a prescription from its hospital.
 *
 * A repeat gets the first receipt. When the patient got another link meanwhile, the first one is dead and is left out;
 * the new one went to whoever renewed it, and is not handed to a request that may have been recorded before.
 *
 * @throws Problem as `submitPrescription`
 */
export async function pushPrescription(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  envelope: Envelope,
): Promise<Answer<PushReceipt>> {
  const answer = await submitPrescription(deps, caller, request, envelope)
  if (!answer.isReplay) return answer
  const { patientLink, ...body } = answer.body
  const made = await findLinkMade(deps.pool, hashOf(patientLink.slice(patientLink.lastIndexOf('/') + 1)))
  if (made?.replacedAt === undefined) return answer
  return { ...answer, body: { ...body, patientLinkReplacedAt: made.replacedAt.toISOString() } }
}
