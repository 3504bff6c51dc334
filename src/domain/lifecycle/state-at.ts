import { passTime } from '../prescription/pass-time.ts'
import type { State } from './transitions.ts'

/** What decides whether time alone has already moved a prescription on. */
export interface TimedState {
  readonly state: State
  /** Exclusive end of validity. */
  readonly expiresAt: Date
  /** Exclusive end of the hold. */
  readonly holdUntil?: Date | undefined
  readonly cancelPendingAt?: Date | undefined
}

/**
 * The state as of an instant: what time alone has done counts at once, whenever the sweep records it. Reads answer
 * with it, so that nobody sees a state in which nothing can be done any more.
 *
 * @see MZ-6.3
 */
export function stateAt({ holdUntil, cancelPendingAt, ...timed }: TimedState, now: Date): State {
  const prescription = {
    regionCode: '',
    prescriptionNo: '',
    hospitalId: '',
    revision: 0,
    changedAt: now,
    ...timed,
    ...(holdUntil && { holdUntil }),
    ...(cancelPendingAt && { cancelPendingAt }),
  }
  return passTime(prescription, now).prescription.state
}
