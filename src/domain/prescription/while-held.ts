import { retryIn } from '../lifecycle/decide.ts'
import type { State } from '../lifecycle/transitions.ts'
import { Problem, type ProblemCode } from '../problems.ts'
import type { Prescription } from './prescription.ts'

const WHILE_HELD: readonly State[] = ['held', 'reviewed']

/**
 * That a pharmacy has the prescription in its hands and no money moves yet: what is noted then changes no state.
 *
 * @throws Problem hold-lost, wrong-state, cancel-pending, prescription-expired
 */
export function requireHeldBy(
  prescription: Prescription,
  pharmacyId: string,
  now: Date,
): 'held' | 'reviewed' {
  const { state } = prescription
  const refusal = refusalOf(prescription, pharmacyId, now)
  if (refusal === undefined) return state as 'held' | 'reviewed'
  const retry = refusal === 'wrong-state' ? retryIn(state, WHILE_HELD) : undefined
  throw new Problem(refusal, { details: { state }, ...(retry === undefined ? {} : { retry }) })
}

function refusalOf(prescription: Prescription, pharmacyId: string, now: Date): ProblemCode | undefined {
  const { state } = prescription
  if (state === 'expired') return 'prescription-expired'
  if (prescription.pharmacyId !== pharmacyId || state === 'chosen') return 'hold-lost'
  if (!WHILE_HELD.includes(state)) return 'wrong-state'
  if (prescription.cancelPendingAt !== undefined) return 'cancel-pending'
  return now >= prescription.expiresAt ? 'prescription-expired' : undefined
}
