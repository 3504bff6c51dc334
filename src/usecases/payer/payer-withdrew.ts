import { systemCaller } from '../../domain/caller.ts'
import { decideReverse } from '../../domain/prescription/reverse.ts'
import { holdMinutes, refundDays } from '../../domain/rules/cited.ts'
import { inTransaction, together } from '../../storage/database.ts'
import * as states from '../../storage/prescription/state.ts'
import * as settlements from '../../storage/settlement.ts'
import type { Deps } from '../deps.ts'
import { policyInForce } from '../policy-in-force.ts'
import { loadMoney } from '../reverse-settlement.ts'
import { decideAndSave } from '../run-command.ts'

/**
 * Reverses a settlement whose payment the payer has taken back by itself, as long as the goods are not handed over: the
 * pharmacy holds the prescription as reviewed, and what the patient paid at the till is owed. Afterwards nothing is done:
 * the goods are with the patient, and what the payer owes is for the agency to clear up.
 *
 * @returns whether it was reversed
 * @see MZ-6.6, MZ-6.7
 */
export async function reverseWithdrawn(
  deps: Pick<Deps, 'pool' | 'clock' | 'policies' | 'mode'>,
  regionCode: string,
  settlementId: string,
): Promise<boolean> {
  const seen = await settlements.find(deps.pool, regionCode, settlementId)
  if (seen?.status !== 'settled') return false
  return await inTransaction(deps.pool, async (tx) => {
    const now = deps.clock()
    const target = { regionCode, prescriptionNo: seen.prescriptionNo }
    const [row, loaded] = await together(
      states.lock(tx, regionCode, seen.prescriptionNo),
      loadMoney(target)(tx),
    )
    const current = loaded.supplies.find(({ dispenseId }) => dispenseId === row?.dispenseId)?.settlement
    if (row?.state !== 'settled' || current?.settlementId !== settlementId) return false
    const version = policyInForce(deps, regionCode, now)
    decideAndSave(tx, row, now, loaded, (situation) =>
      decideReverse(
        {
          ...situation,
          holdMinutes: holdMinutes(version, deps.mode),
          refundDays: refundDays(version, deps.mode),
        },
        { caller: systemCaller(regionCode), reasonCode: 'payer-withdrew', cause: 'payer-withdrew' },
      ),
    )
    return true
  })
}
