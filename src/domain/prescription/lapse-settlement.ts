import { systemCaller } from '../caller.ts'
import { refundFor } from '../settlement/refund.ts'
import { reversalFor } from '../settlement/reversal.ts'
import { changeBy } from './change.ts'
import type { Decision, Situation } from './decision.ts'
import { supplyEnded } from './pass-time.ts'
import type { Supply } from './supply.ts'

/**
 * Takes back a settlement that nobody collected in time (结算逾期未取药): the year gets its balances back, a file for
 * manual reimbursement is withdrawn, and the prescription is free again while it is valid.
 *
 * @throws Problem wrong-state when it is not over, or neither settled nor deferred any more
 */
export function decideLapseSettlement(
  situation: Situation & { readonly supplies: readonly Supply[]; readonly refundDays: number },
): Decision<undefined> {
  const { prescription, now, newId, supplies } = situation
  const { regionCode, prescriptionNo, dispenseId = '' } = prescription
  const caller = systemCaller(regionCode)
  const supply = supplies.find((one) => one.dispenseId === dispenseId)
  const settlement = supply?.settlement
  if (settlement === undefined) throw new Error(`prescription ${prescriptionNo} has no settlement to lapse`)
  const { settlementId } = settlement
  const change = changeBy(prescription, {
    command: 'lapse-settlement',
    by: 'system',
    caller,
    now,
    patch: { dispenseId: undefined, holdUntil: undefined, settlementRequestedAt: undefined },
    data: { settlementId, dispenseId },
  })
  return {
    changes: [change],
    supplies: supplyEnded(prescription, 'lapsed'),
    // Whether it was paid at the till nobody said: it is owed until the pharmacy says that nothing was taken.
    refunds: refundFor(settlement, {
      cause: 'settlement-lapsed',
      lines: supply?.lines ?? [],
      days: situation.refundDays,
      now,
      newId,
    }),
    ...reversalFor(settlement, { caller, regionCode, now, newId, reason: 'lapsed' }),
    answer: { status: 200, body: undefined },
  }
}
