import { decideRenewHold, type HoldRenewed } from '../domain/prescription/renew-hold.ts'
import { holdMinutes, holdRenewals } from '../domain/rules/cited.ts'
import { suppliesOf } from '../storage/supply.ts'
import type { Caller, Deps } from './deps.ts'
import { policyInForce } from './policy-in-force.ts'
import { runCommand } from './run-command.ts'
import type { Answer, WriteRequest } from './write.ts'

export type { HoldRenewed }

/**
 * Renews the hold of the pharmacy that has the prescription: see `decideRenewHold`.
 *
 * @throws Problem hold-lost, wrong-state once money moves, cancel-pending, prescription-expired, hold-not-renewable,
 *   policy-missing
 * @see MZ-6.4
 */
export async function renewHold(
  deps: Deps,
  pharmacy: Caller & { readonly institutionId: string },
  request: WriteRequest,
  prescriptionNo: string,
): Promise<Answer<HoldRenewed>> {
  const { regionCode } = pharmacy
  const target = { regionCode, prescriptionNo }
  return await runCommand(
    deps,
    request,
    target,
    async (tx) => ({ supplies: await suppliesOf(tx, regionCode, prescriptionNo) }),
    ({ supplies, ...situation }) => {
      const { dispenseId } = situation.prescription
      const hold = () => {
        const version = policyInForce(deps, regionCode, situation.now)
        return { minutes: holdMinutes(version, deps.mode), renewals: holdRenewals(version, deps.mode) }
      }
      const takenAt = supplies.find((supply) => supply.dispenseId === dispenseId)?.takenAt
      return decideRenewHold({ ...situation, takenAt, hold }, { caller: pharmacy })
    },
  )
}
