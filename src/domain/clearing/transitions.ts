/** The states of a clearing statement (清算单). */
export const STATEMENT_STATES = ['draft', 'sent', 'confirmed', 'disputed', 'paid'] as const
export type StatementState = (typeof STATEMENT_STATES)[number]

/** What can be asked of a statement. */
export const STATEMENT_COMMANDS = ['send', 'confirm', 'dispute', 'resolve', 'pay'] as const
export type StatementCommand = (typeof STATEMENT_COMMANDS)[number]

/** `institution`: the pharmacy or hospital that the statement is for. */
export type StatementActor = 'agency' | 'institution'

export interface StatementTransition {
  readonly from: StatementState
  readonly command: StatementCommand
  readonly by: StatementActor
  /** Whether disputes are open after the command; absent when that doesn't matter. */
  readonly disputesRemain?: boolean
  readonly to: StatementState
}

/**
 * Every change of state of a statement. The trigger in the database holds the same rows, and a test compares them.
 *
 * A statement whose disputes are all answered goes back to `sent`: the institution confirms it knowing the answers.
 *
 * @see MZ-7.3, CQ-4.6, SX-12
 */
export const STATEMENT_TRANSITIONS: readonly StatementTransition[] = [
  { from: 'draft', command: 'send', by: 'agency', to: 'sent' },
  { from: 'sent', command: 'confirm', by: 'institution', to: 'confirmed' },
  { from: 'sent', command: 'dispute', by: 'institution', to: 'disputed' },
  { from: 'disputed', command: 'dispute', by: 'institution', to: 'disputed' },
  { from: 'disputed', command: 'resolve', by: 'agency', disputesRemain: true, to: 'disputed' },
  { from: 'disputed', command: 'resolve', by: 'agency', disputesRemain: false, to: 'sent' },
  { from: 'confirmed', command: 'pay', by: 'agency', to: 'paid' },
]

/**
 * Decides what a command does to a statement.
 *
 * @param disputesRemain whether disputes stay open after a `resolve`
 * @returns the state after it, or undefined when the table has no such cell
 */
export function nextState(
  from: StatementState,
  command: StatementCommand,
  by: StatementActor,
  disputesRemain = false,
): StatementState | undefined {
  return STATEMENT_TRANSITIONS.find(
    (cell) =>
      cell.from === from &&
      cell.command === command &&
      cell.by === by &&
      (cell.disputesRemain === undefined || cell.disputesRemain === disputesRemain),
  )?.to
}
