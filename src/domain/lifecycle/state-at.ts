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
 * The state as of an instant: a hold that has run out and a validity that has ended count at once, whenever the sweep
 * records them. Reads answer with it, so that nobody sees a state in which nothing can be done any more.
 *
 * @see MZ-6.3
 */
export function stateAt(row: TimedState, now: Date): State {
  const { state, expiresAt, holdUntil, cancelPendingAt } = row
  const lapsed =
    (state === 'held' || state === 'reviewed') && holdUntil !== undefined && holdUntil <= now
      ? cancelPendingAt === undefined
        ? 'chosen'
        : 'cancelled'
      : state
  return (lapsed === 'open' || lapsed === 'chosen') && expiresAt <= now ? 'expired' : lapsed
}
