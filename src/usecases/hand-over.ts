import { v7 as uuid } from 'uuid'
import { decideHandOver, type HandedOver, type HandOver } from '../domain/prescription/hand-over.ts'
import { together } from '../storage/database.ts'
import { lockKnown } from '../storage/pack.ts'
import { suppliesOf } from '../storage/supply.ts'
import type { Caller, Deps } from './deps.ts'
import { judgeLoaded, judgementOf, loadPrescription } from './judge-stored.ts'
import { packSizesOf, serialsOf } from './packs.ts'
import { runCommand } from './run-command.ts'
import type { Answer, WriteRequest } from './write.ts'

export type { HandedOver, HandOver }

/**
 * Hands the medicine over: see `decideHandOver`. A pack is supplied once in the whole hub.
 *
 * @throws Problem rules-failed, not-as-settled, trace-code-used and its like, prescription-expired, hold-lost, wrong-state
 * @see MZ-6.3, MZ-6.5, MZ-9.4b, MZ-4.3a
 */
export async function handOver(
  deps: Deps,
  pharmacy: Caller & { readonly institutionId: string },
  request: WriteRequest,
  prescriptionNo: string,
  given: HandOver,
): Promise<Answer<HandedOver>> {
  const { regionCode } = pharmacy
  return await runCommand(
    deps,
    request,
    { regionCode, prescriptionNo },
    async (tx, now) => {
      const [loaded, [supplies, packs]] = await together(
        loadPrescription(deps, tx, regionCode, prescriptionNo, now),
        together(
          suppliesOf(tx, regionCode, prescriptionNo),
          lockKnown(tx, regionCode, prescriptionNo, serialsOf(given.lines)),
        ),
      )
      return { loaded, supplies, packs }
    },
    ({ loaded, ...situation }) =>
      decideHandOver(
        {
          ...situation,
          balances: loaded.prescription.lines,
          checkedBuyer: loaded.buyer,
          packSizeOf: packSizesOf(loaded.snapshot, situation.now),
          judge: (question) =>
            judgementOf(judgeLoaded(deps, loaded, 'hand-over', situation.now, question), uuid()),
        },
        { caller: pharmacy, given },
      ),
  )
}
