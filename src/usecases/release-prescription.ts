import { decideRelease, type Released } from '../domain/prescription/release.ts'
import type { Caller, Deps } from './deps.ts'
import { loadNothing, runCommand } from './run-command.ts'
import type { Answer, WriteRequest } from './write.ts'

export type { Released }

/**
 * A pharmacy gives a prescription back before settlement: see `decideRelease`.
 *
 * @param reasonCode why, as a code of the API: `out-of-stock`, `patient-left`, `other`…
 * @throws Problem prescription-unknown, hold-lost, wrong-state, prescription-expired
 */
export async function releasePrescription(
  deps: Deps,
  pharmacy: Caller,
  request: WriteRequest,
  prescriptionNo: string,
  reasonCode: string,
): Promise<Answer<Released>> {
  const target = { regionCode: pharmacy.regionCode, prescriptionNo }
  return await runCommand(deps, request, target, loadNothing, (situation) =>
    decideRelease(situation, { caller: pharmacy, reasonCode }),
  )
}
