import type { ProblemCode, RetryAdvice } from '../problems.ts'
import {
  type Actor,
  type Command,
  type Guard,
  type State,
  TRANSITIONS,
  type Transition,
  transitionsOf,
} from './transitions.ts'

/** What the guards look at. Instants are compared as dates; absent means it never happened. */
export interface Situation {
  readonly state: State
  readonly now: Date
  /** Exclusive end of validity. */
  readonly expiresAt: Date
  /** The pharmacy that the patient chose, and that holds the prescription once it is taken. */
  readonly pharmacyId?: string | undefined
  readonly holdUntil?: Date | undefined
  readonly settlementRequestedAt?: Date | undefined
  readonly cancelPendingAt?: Date | undefined
  /** The institution that gives the command, when one does. */
  readonly institutionId?: string | undefined
  /** Whether the settlement has been waited for long enough that the pharmacy may go on without it. */
  readonly settlementOverdue?: boolean | undefined
  /** Whether lines stay undispensed after this hand-over. */
  readonly linesRemain?: boolean | undefined
  /** Whether the patient has something of any supply after this return. */
  readonly goodsKept?: boolean | undefined
}

/** Each guard as a claim about the situation. */
const GUARDS: Record<Guard, (situation: Situation) => boolean> = {
  'within-validity': ({ now, expiresAt }) => now < expiresAt,
  'past-validity': ({ now, expiresAt }) => now >= expiresAt,
  'no-cancel-pending': ({ cancelPendingAt }) => cancelPendingAt === undefined,
  'cancel-pending': ({ cancelPendingAt }) => cancelPendingAt !== undefined,
  'chosen-pharmacy': ({ pharmacyId, institutionId }) => pharmacyId === institutionId,
  // The agency acts for a pharmacy that no longer can; it names no institution.
  holder: ({ pharmacyId, institutionId }) => institutionId === undefined || pharmacyId === institutionId,
  'hold-ended': ({ now, holdUntil }) => holdUntil !== undefined && now >= holdUntil,
  // A purchase that began within validity is finished, not lost; but only while the hold lasts.
  'settlement-in-time': ({ now, expiresAt, settlementRequestedAt, holdUntil }) =>
    now < expiresAt ||
    (settlementRequestedAt !== undefined &&
      settlementRequestedAt < expiresAt &&
      holdUntil !== undefined &&
      now < holdUntil),
  // What nobody collects is not held for ever: the hub takes the settlement back.
  'within-collection': ({ now, holdUntil }) => holdUntil !== undefined && now < holdUntil,
  'collection-over': ({ now, holdUntil }) => holdUntil !== undefined && now >= holdUntil,
  'settlement-overdue': ({ settlementOverdue }) => settlementOverdue === true,
  'lines-remaining': ({ linesRemain }) => linesRemain === true,
  'nothing-remaining': ({ linesRemain }) => linesRemain !== true,
  'goods-kept': ({ goodsKept }) => goodsKept === true,
  'nothing-kept': ({ goodsKept }) => goodsKept !== true,
}

/** Why a guard that doesn't hold refuses the caller. */
const REFUSALS: Record<Guard, ProblemCode> = {
  'within-validity': 'prescription-expired',
  'past-validity': 'wrong-state',
  'no-cancel-pending': 'cancel-pending',
  'cancel-pending': 'cancel-pending',
  'chosen-pharmacy': 'not-yours',
  holder: 'hold-lost',
  'hold-ended': 'wrong-state',
  'settlement-in-time': 'prescription-expired',
  'within-collection': 'collection-over',
  'collection-over': 'wrong-state',
  'settlement-overdue': 'settlement-not-overdue',
  'lines-remaining': 'wrong-state',
  'nothing-remaining': 'wrong-state',
  'goods-kept': 'wrong-state',
  'nothing-kept': 'wrong-state',
}

/** States in which one pharmacy has the prescription. */
const HELD: readonly State[] = ['held', 'reviewed', 'settling', 'settled', 'deferred']

/**
 * Whether a command that a state does not allow is worth sending again: never when nothing leads to a state that allows
 * it, soon while the settlement is under way, else once somebody has moved the prescription.
 */
export function retryIn(state: State, allowedIn: readonly State[]): RetryAdvice {
  if (![...withinReach(state)].some((each) => allowedIn.includes(each))) return 'never'
  return state === 'settling' ? 'later' : 'after-change'
}

/** The states to which any way leads, the first included. */
function withinReach(first: State): ReadonlySet<State> {
  const reached = new Set([first])
  for (const state of reached) {
    for (const { from, to } of TRANSITIONS) if (from === state) reached.add(to)
  }
  return reached
}

/**
 * Decides what a command does in a situation, by the transition table alone.
 *
 * @returns the transition, or the code of the refusal
 * @see MZ-6.3 validity, MZ-6.4 choice, MZ-6.5 order at the counter
 */
export function decide(situation: Situation, command: Command, by: Actor): Transition | ProblemCode {
  const cells = transitionsOf(situation.state, command).filter((cell) => cell.by.includes(by))
  if (cells.length === 0) {
    if (situation.state === 'expired') return 'prescription-expired'
    if (HELD.includes(situation.state)) {
      // Its own purchase is under way: nobody else has it.
      if (command === 'take' && situation.institutionId === situation.pharmacyId) return 'wrong-state'
      if (command === 'take' || command === 'choose') return 'held-by-another'
      if (by === 'pharmacy' && situation.institutionId !== situation.pharmacyId) return 'hold-lost'
    }
    const needsHold = command !== 'take' && command !== 'choose'
    if (by === 'pharmacy' && needsHold && (situation.state === 'chosen' || situation.state === 'open'))
      return 'hold-lost'
    return 'wrong-state'
  }
  let refusal: ProblemCode = 'wrong-state'
  // Several cells differ in one guard only; the one that gets furthest explains the refusal best.
  let furthest = -1
  for (const cell of cells) {
    const failed = cell.guards.findIndex((guard) => !GUARDS[guard](situation))
    if (failed === -1) return cell
    if (failed > furthest) {
      furthest = failed
      refusal = REFUSALS[cell.guards[failed]!]
    }
  }
  return refusal
}
