import type { Caller } from '../caller.ts'
import { type RefundCause, refundFor } from '../settlement/refund.ts'
import { reversalFor } from '../settlement/reversal.ts'
import { changeBy } from './change.ts'
import type { Decision, Situation } from './decision.ts'
import type { Supply } from './supply.ts'

export interface Reversed {
  readonly prescriptionNo: string
  readonly settlementId: string
  readonly state: 'reviewed'
  /** What the supplier owes the patient. */
  readonly refund?: { readonly refundId: string; readonly amountFen: number; readonly dueOn: string }
}

export interface Reverse {
  readonly caller: Caller
  readonly reasonCode: string
  /**
   * Whether the patient's part was paid at the till. When left out, not for the pharmacy that reverses; the agency
   * can't know, nor can the hub, so it is owed until the pharmacy says that nothing was taken.
   */
  readonly patientPaid?: boolean
  /** `settlement-reversed` when left out. */
  readonly cause?: RefundCause
}

/**
 * Reverses a settlement before the hand-over (冲正): opposite entries, and the pharmacy holds the prescription as
 * reviewed.
 *
 * @throws Problem wrong-state, hold-lost, prescription-expired
 */
export function decideReverse(
  situation: Situation & {
    readonly supplies: readonly Supply[]
    /** Of a new hold, by the policy in force. */
    readonly holdMinutes: number
    readonly refundDays: number
  },
  { caller, reasonCode, patientPaid, cause = 'settlement-reversed' }: Reverse,
): Decision<Reversed> {
  const { prescription, now, newId, supplies } = situation
  const { regionCode, prescriptionNo } = prescription
  const change = changeBy(prescription, {
    command: 'reverse',
    by: caller.kind === 'agency' || caller.kind === 'system' ? caller.kind : 'pharmacy',
    caller,
    now,
    patch: {
      settlementRequestedAt: undefined,
      holdUntil: new Date(now.getTime() + situation.holdMinutes * 60_000),
    },
    data: { reason: reasonCode },
  })
  const supply = supplies.find(({ dispenseId }) => dispenseId === prescription.dispenseId)
  const settlement = supply?.settlement
  if (settlement === undefined) throw new Error(`prescription ${prescriptionNo} has no settlement to reverse`)
  const isPaid = patientPaid ?? caller.kind !== 'pharmacy'
  const refunds = isPaid
    ? refundFor(settlement, {
        cause,
        lines: supply?.lines ?? [],
        days: situation.refundDays,
        now,
        newId,
      })
    : []
  const [refund] = refunds
  return {
    changes: [change],
    refunds,
    ...reversalFor(settlement, { caller, regionCode, now, newId }),
    answer: {
      status: 200,
      body: {
        prescriptionNo,
        settlementId: settlement.settlementId,
        state: 'reviewed',
        ...(refund && {
          refund: { refundId: refund.refundId, amountFen: refund.amountFen, dueOn: refund.dueOn },
        }),
      },
    },
  }
}
