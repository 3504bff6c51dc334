import type { Caller } from '../caller.ts'
import { Problem } from '../problems.ts'
import { remarkOn } from './change.ts'
import type { Decision, Situation } from './decision.ts'
import { requireHeldBy } from './while-held.ts'

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
  const { prescriptionNo, dispenseId, holdUntil } = prescription
  const held = requireHeldBy(prescription, command.caller.institutionId, now)
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
  const body = { prescriptionNo, state: held, holdUntil: until.toISOString() }
  return { changes: [renewed], answer: { status: 200, body } }
}
