import { dayOf } from '../domain/primitives/civil-day.ts'
import { Problem, type ProblemCode } from '../domain/problems.ts'
import { holdMinutes, holdRenewals } from '../domain/rules/cited.ts'
import * as dispenses from '../storage/dispense.ts'
import type { StateRow } from '../storage/prescription/state.ts'
import type { Caller, Deps } from './deps.ts'
import { lockPrescription, note } from './lifecycle.ts'
import { type Answer, type WriteRequest, write } from './write.ts'

export interface HoldRenewed {
  readonly prescriptionNo: string
  readonly state: 'held' | 'reviewed'
  readonly holdUntil: string
}

/**
 * Renews the hold (续锁) of the pharmacy that has the prescription: the full time from now, but never beyond the time
 * of the first hold and the renewals that the policy allows, counted from the taking. Changes no state.
 *
 * @throws Problem hold-lost, wrong-state once money moves, cancel-pending, prescription-expired, hold-not-renewable
 * @see MZ-6.4
 */
export async function renewHold(
  deps: Deps,
  pharmacy: Caller & { readonly institutionId: string },
  request: WriteRequest,
  prescriptionNo: string,
): Promise<Answer<HoldRenewed>> {
  return await write<HoldRenewed>(deps, request, async (tx, now) => {
    const row = await lockPrescription(tx, pharmacy.regionCode, prescriptionNo, now)
    const refusal = refusalOf(row, pharmacy.institutionId, now)
    if (refusal !== undefined) throw new Problem(refusal, { details: { state: row.state } })
    const dispense = await dispenses.find(tx, row.regionCode, row.dispenseId!)
    if (dispense === undefined) throw new Error(`prescription ${prescriptionNo} is held without a dispense`)
    const version = deps.policies.inForce(row.regionCode, dayOf(now))
    if (version === undefined)
      throw new Problem('policy-missing', { details: { regionCode: row.regionCode } })
    const hold = holdMinutes(version, deps.mode) * 60_000
    const last = dispense.takenAt.getTime() + hold * (1 + holdRenewals(version, deps.mode))
    const until = new Date(Math.min(now.getTime() + hold, last))
    if (until <= row.holdUntil!) {
      throw new Problem('hold-not-renewable', { details: { heldUntil: row.holdUntil!.toISOString() } })
    }
    await note(tx, row, 'hold-renewed', {
      caller: pharmacy,
      now,
      patch: { holdUntil: until },
      data: { dispenseId: dispense.dispenseId, holdUntil: until.toISOString() },
    })
    return {
      status: 200,
      body: { prescriptionNo, state: row.state as HoldRenewed['state'], holdUntil: until.toISOString() },
    }
  })
}

function refusalOf(row: StateRow, pharmacyId: string, now: Date): ProblemCode | undefined {
  if (row.state === 'expired') return 'prescription-expired'
  if (row.pharmacyId !== pharmacyId || row.state === 'chosen') return 'hold-lost'
  if (row.state !== 'held' && row.state !== 'reviewed') return 'wrong-state'
  if (row.cancelPendingAt !== undefined) return 'cancel-pending'
  return now >= row.expiresAt ? 'prescription-expired' : undefined
}
