import type { Caller } from '../caller.ts'
import { Problem } from '../problems.ts'
import { reversalFor } from '../settlement/reversal.ts'
import { changeBy } from './change.ts'
import type { Decision, Situation } from './decision.ts'
import type { Supply } from './supply.ts'

export interface Reversed {
  readonly prescriptionNo: string
  readonly settlementId: string
  readonly state: 'reviewed' | 'returned'
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
  },
  { caller, reasonCode }: { readonly caller: Caller; readonly reasonCode: string },
): Decision<Reversed> {
  const { prescription, now, newId, supplies } = situation
  const { regionCode, prescriptionNo } = prescription
  const change = changeBy(prescription, {
    command: 'reverse',
    by: caller.kind === 'agency' ? 'agency' : 'pharmacy',
    caller,
    now,
    patch: {
      settlementRequestedAt: undefined,
      holdUntil: new Date(now.getTime() + situation.holdMinutes * 60_000),
    },
    data: { reason: reasonCode },
  })
  const settlement = supplies.find(({ dispenseId }) => dispenseId === prescription.dispenseId)?.settlement
  if (settlement === undefined) throw new Error(`prescription ${prescriptionNo} has no settlement to reverse`)
  return {
    changes: [change],
    ...reversalFor(settlement, { caller, regionCode, now, newId }),
    answer: {
      status: 200,
      body: { prescriptionNo, settlementId: settlement.settlementId, state: 'reviewed' },
    },
  }
}

/**
 * Takes goods back (退药) after the hand-over: the settlement is reversed and the packs may be sold again.
 *
 * @throws Problem wrong-state; also while a file for reimbursement by hand is examined, approved or paid
 */
export function decideReturn(
  situation: Situation & { readonly supplies: readonly Supply[] },
  { caller, reasonCode }: { readonly caller: Caller; readonly reasonCode: string },
): Decision<Reversed> {
  const { prescription, now, newId, supplies } = situation
  const { regionCode, prescriptionNo } = prescription
  const change = changeBy(prescription, {
    command: 'return',
    by: caller.kind === 'agency' ? 'agency' : 'pharmacy',
    caller,
    now,
    data: { reason: reasonCode },
  })
  const supply = supplies.find(({ dispenseId }) => dispenseId === prescription.dispenseId)
  if (supply?.settlement === undefined) throw new Problem('wrong-state')
  return {
    changes: [change],
    supplies: [{ kind: 'returned', dispenseId: supply.dispenseId }],
    ...reversalFor(supply.settlement, { caller, regionCode, now, newId }),
    answer: {
      status: 200,
      body: { prescriptionNo, settlementId: supply.settlement.settlementId, state: 'returned' },
    },
  }
}
