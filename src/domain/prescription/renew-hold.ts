import type { Caller } from '../caller.ts'
import { retryIn } from '../lifecycle/decide.ts'
import type { State } from '../lifecycle/transitions.ts'
import { Problem, type ProblemCode } from '../problems.ts'
import { remarkOn } from './change.ts'
import type { Decision, Situation } from './decision.ts'
import type { Prescription } from './prescription.ts'

export interface HoldRenewed {
  readonly prescriptionNo: string
  readonly state: 'held' | 'reviewed'
  readonly holdUntil: string
}

/** What a hold may last, by the policy in force. */
export interface HoldTerms {
  readonly minutes: number
  readonly renewals: number
}

/**
 * Renews the hold (续锁) of the pharmacy that has the prescription: the full time from now, but never beyond the time
 * of the first hold and the renewals that the policy allows, counted from the taking. Changes no state.
 *
 * @throws Problem hold-lost, wrong-state once money moves, cancel-pending, prescription-expired, hold-not-renewable
 * @see MZ-6.4
 */
export function decideRenewHold(
  situation: Situation & { readonly hold: () => HoldTerms; readonly takenAt: Date | undefined },
  command: { readonly caller: Caller & { readonly institutionId: string } },
): Decision<HoldRenewed> {
  const { prescription, now, takenAt } = situation
  const { prescriptionNo, state, dispenseId, holdUntil } = prescription
  const refusal = refusalOf(prescription, command.caller.institutionId, now)
  if (refusal !== undefined) {
    const retry = refusal === 'wrong-state' ? retryIn(state, RENEWABLE_IN) : undefined
    throw new Problem(refusal, { details: { state }, ...(retry === undefined ? {} : { retry }) })
  }
  if (takenAt === undefined || holdUntil === undefined || dispenseId === undefined) {
    throw new Error(`prescription ${prescriptionNo} is held without a supply`)
  }
  const { minutes, renewals } = situation.hold()
  const hold = minutes * 60_000
  const until = new Date(Math.min(now.getTime() + hold, takenAt.getTime() + hold * (1 + renewals)))
  if (until <= holdUntil) {
    throw new Problem('hold-not-renewable', { details: { heldUntil: holdUntil.toISOString() } })
  }
  const renewed = remarkOn(prescription, 'hold-renewed', {
    caller: command.caller,
    now,
    patch: { holdUntil: until },
    data: { dispenseId, holdUntil: until.toISOString() },
  })
  const body = { prescriptionNo, state: state as HoldRenewed['state'], holdUntil: until.toISOString() }
  return { changes: [renewed], answer: { status: 200, body } }
}

const RENEWABLE_IN: readonly State[] = ['held', 'reviewed']

function refusalOf(prescription: Prescription, pharmacyId: string, now: Date): ProblemCode | undefined {
  const { state } = prescription
  if (state === 'expired') return 'prescription-expired'
  if (prescription.pharmacyId !== pharmacyId || state === 'chosen') return 'hold-lost'
  if (!RENEWABLE_IN.includes(state)) return 'wrong-state'
  if (prescription.cancelPendingAt !== undefined) return 'cancel-pending'
  return now >= prescription.expiresAt ? 'prescription-expired' : undefined
}
