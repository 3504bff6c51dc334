import { systemCaller } from '../caller.ts'
import { type Change, changeBy } from './change.ts'
import type { SupplyChange } from './decision.ts'
import type { Prescription } from './prescription.ts'

/** What time alone has done to a prescription. */
export interface Passed {
  readonly prescription: Prescription
  readonly changes: readonly Change[]
  readonly supplies: readonly SupplyChange[]
}

/**
 * Lets time pass: a hold that has run out ends, a pending cancel takes effect with it, and a prescription that nobody
 * holds expires at the end of its validity. The only place that knows: every command begins with it, the sweep does
 * nothing else, and readers ask it for the state (`stateAt`), so that reading and writing never disagree.
 *
 * @see MZ-6.3, MZ-6.4
 */
export function passTime(prescription: Prescription, now: Date): Passed {
  const lapsed = holdLapsed(prescription, now)
  const free = lapsed.prescription
  if ((free.state !== 'open' && free.state !== 'chosen') || now < free.expiresAt) return lapsed
  const caller = systemCaller(free.regionCode)
  const expired = changeBy(free, { command: 'expire', by: 'system', caller, now })
  return { ...lapsed, prescription: expired.after, changes: [...lapsed.changes, expired] }
}

function holdLapsed(prescription: Prescription, now: Date): Passed {
  const { state, holdUntil, dispenseId, regionCode } = prescription
  const isOver = (state === 'held' || state === 'reviewed') && holdUntil !== undefined && holdUntil <= now
  if (!isOver) return { prescription, changes: [], supplies: [] }
  const change = changeBy(prescription, {
    command: 'lapse',
    by: 'system',
    caller: systemCaller(regionCode),
    now,
    patch: { dispenseId: undefined, holdUntil: undefined },
    data: {
      ...(prescription.cancelReason === undefined ? {} : { reason: prescription.cancelReason }),
      ...(dispenseId === undefined ? {} : { dispenseId }),
    },
  })
  return {
    prescription: change.after,
    changes: [change],
    supplies: supplyEnded(prescription, change.after.state === 'cancelled' ? 'cancelled' : 'lapsed'),
  }
}

/** The supply under way ends without a hand-over. */
export function supplyEnded(
  { dispenseId }: Prescription,
  reason: 'released' | 'lapsed' | 'cancelled' | 'refused',
): SupplyChange[] {
  return dispenseId === undefined ? [] : [{ kind: 'ended', dispenseId, reason }]
}
