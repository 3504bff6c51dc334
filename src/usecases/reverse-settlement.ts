import { decideReverse, type Reversed } from '../domain/prescription/reverse.ts'
import type { Supply } from '../domain/prescription/supply.ts'
import { holdMinutes, refundDays } from '../domain/rules/cited.ts'
import { type Transaction, together } from '../storage/database.ts'
import { lockManualFiles, lockYearsOf, suppliesOf } from '../storage/supply.ts'
import type { Caller, Deps } from './deps.ts'
import { policyInForce } from './policy-in-force.ts'
import { runCommand, type Target } from './run-command.ts'
import type { Answer, WriteRequest } from './write.ts'

export type { Reversed }

/**
 * Reverses a settlement before the hand-over: see `decideReverse`.
 *
 * @throws Problem wrong-state, hold-lost, prescription-expired, policy-missing
 */
export async function reverseSettlement(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  prescriptionNo: string,
  reasonCode: string,
  patientPaid?: boolean,
): Promise<Answer<Reversed>> {
  const target = { regionCode: caller.regionCode, prescriptionNo }
  return await runCommand(deps, request, target, loadMoney(target), (situation) => {
    const version = policyInForce(deps, target.regionCode, situation.now)
    return decideReverse(
      {
        ...situation,
        holdMinutes: holdMinutes(version, deps.mode),
        refundDays: refundDays(version, deps.mode),
      },
      { caller, reasonCode, ...(patientPaid === undefined ? {} : { patientPaid }) },
    )
  })
}

/** The supplies of a prescription whose money may move: their files and years are locked first. */
export function loadMoney({ regionCode, prescriptionNo }: Target) {
  return async (tx: Transaction): Promise<{ readonly supplies: readonly Supply[] }> => {
    const [, [, supplies]] = await together(
      lockManualFiles(tx, regionCode, prescriptionNo),
      together(lockYearsOf(tx, regionCode, prescriptionNo), suppliesOf(tx, regionCode, prescriptionNo)),
    )
    return { supplies }
  }
}
