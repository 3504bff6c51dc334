import { type Cancelled, decideCancel } from '../domain/prescription/cancel.ts'
import type { Caller, Deps } from './deps.ts'
import { loadNothing, runCommand } from './run-command.ts'
import type { Answer, WriteRequest } from './write.ts'

export type { Cancelled }

/**
 * The hospital cancels its prescription, or the agency does: see `decideCancel`.
 *
 * @param reasonCode a code of the API
 * @throws Problem prescription-unknown, wrong-state with the state, prescription-expired
 */
export async function cancelPrescription(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  prescriptionNo: string,
  reasonCode: string,
): Promise<Answer<Cancelled>> {
  const target = { regionCode: caller.regionCode, prescriptionNo }
  return await runCommand(deps, request, target, loadNothing, (situation) =>
    decideCancel(situation, { caller, reasonCode }),
  )
}
