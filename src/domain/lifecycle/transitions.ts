/** The states of a prescription (处方状态). */
export const STATES = [
  'open',
  'chosen',
  'held',
  'reviewed',
  'settling',
  'settled',
  'deferred',
  'dispensed',
  'returned',
  'refused',
  'cancelled',
  'expired',
] as const
export type State = (typeof STATES)[number]

/** What can be asked of a prescription that exists. */
export const COMMANDS = [
  'choose',
  'take',
  'release',
  'lapse',
  'approve',
  'refuse',
  'request-settlement',
  'settle',
  'decline-settlement',
  'defer',
  'reverse',
  'lapse-settlement',
  'hand-over',
  'return',
  'cancel',
  'expire',
] as const
export type Command = (typeof COMMANDS)[number]

/** Who may give a command. `system` is the hub's own worker or sweep. */
export type Actor = 'patient' | 'hospital' | 'pharmacy' | 'agency' | 'system'

/** Conditions beyond the state, checked in the same transaction. */
export type Guard =
  | 'within-validity'
  | 'no-cancel-pending'
  | 'cancel-pending'
  | 'chosen-pharmacy'
  | 'holder'
  | 'hold-ended'
  | 'past-validity'
  | 'settlement-in-time'
  | 'within-collection'
  | 'collection-over'
  | 'settlement-overdue'
  | 'lines-remaining'
  | 'nothing-remaining'
  | 'goods-kept'
  | 'nothing-kept'

export interface Transition {
  readonly from: State
  readonly command: Command
  readonly by: readonly Actor[]
  readonly guards: readonly Guard[]
  readonly to: State
  /** The event that records it. */
  readonly event: string
}

/**
 * Every change of state there is. This table feeds the use cases, the trigger in the database (it is copied there
 * by the migration step), the documentation page and the tests that walk every cell.
 *
 * @see MZ-6.3, MZ-6.4, MZ-6.5, MZ-6.7
 */
export const TRANSITIONS: readonly Transition[] = [
  row('open', 'choose', ['patient'], ['within-validity'], 'chosen', 'pharmacy-chosen'),
  row('chosen', 'choose', ['patient'], ['within-validity'], 'chosen', 'pharmacy-chosen'),
  row('chosen', 'take', ['pharmacy'], ['within-validity', 'chosen-pharmacy'], 'held', 'taken'),
  row('held', 'release', ['pharmacy'], ['holder', 'no-cancel-pending'], 'chosen', 'released'),
  row('reviewed', 'release', ['pharmacy'], ['holder', 'no-cancel-pending'], 'chosen', 'released'),
  row('held', 'release', ['pharmacy'], ['holder', 'cancel-pending'], 'cancelled', 'cancelled'),
  row('reviewed', 'release', ['pharmacy'], ['holder', 'cancel-pending'], 'cancelled', 'cancelled'),
  row('held', 'lapse', ['system'], ['hold-ended', 'no-cancel-pending'], 'chosen', 'hold-lapsed'),
  row('reviewed', 'lapse', ['system'], ['hold-ended', 'no-cancel-pending'], 'chosen', 'hold-lapsed'),
  row('held', 'lapse', ['system'], ['hold-ended', 'cancel-pending'], 'cancelled', 'cancelled'),
  row('reviewed', 'lapse', ['system'], ['hold-ended', 'cancel-pending'], 'cancelled', 'cancelled'),
  row('held', 'approve', ['pharmacy'], ['holder', 'no-cancel-pending'], 'reviewed', 'review-approved'),
  row('held', 'refuse', ['pharmacy'], ['holder'], 'refused', 'review-refused'),
  row(
    'reviewed',
    'request-settlement',
    ['pharmacy'],
    ['holder', 'within-validity', 'no-cancel-pending'],
    'settling',
    'settlement-requested',
  ),
  row('settling', 'settle', ['system'], [], 'settled', 'settled'),
  row('settling', 'decline-settlement', ['system'], [], 'reviewed', 'settlement-declined'),
  row('settling', 'defer', ['system', 'agency'], [], 'deferred', 'settlement-deferred'),
  row('settling', 'defer', ['pharmacy'], ['holder', 'settlement-overdue'], 'deferred', 'settlement-deferred'),
  // The hub itself, when the payer has taken back what it paid before the goods left.
  row('settled', 'reverse', ['pharmacy', 'agency', 'system'], ['holder'], 'reviewed', 'settlement-reversed'),
  row('deferred', 'reverse', ['pharmacy', 'agency'], ['holder'], 'reviewed', 'settlement-reversed'),
  ...(['settled', 'deferred'] as const).flatMap((from) => [
    row(
      from,
      'lapse-settlement',
      ['system'],
      ['collection-over', 'no-cancel-pending', 'within-validity'],
      'chosen',
      'settlement-lapsed',
    ),
    row(
      from,
      'lapse-settlement',
      ['system'],
      ['collection-over', 'no-cancel-pending', 'past-validity'],
      'expired',
      'settlement-lapsed',
    ),
    row(
      from,
      'lapse-settlement',
      ['system'],
      ['collection-over', 'cancel-pending'],
      'cancelled',
      'settlement-lapsed',
    ),
  ]),
  row(
    'settled',
    'hand-over',
    ['pharmacy'],
    ['holder', 'settlement-in-time', 'within-collection', 'nothing-remaining'],
    'dispensed',
    'handed-over',
  ),
  row(
    'deferred',
    'hand-over',
    ['pharmacy'],
    ['holder', 'settlement-in-time', 'within-collection', 'nothing-remaining'],
    'dispensed',
    'handed-over',
  ),
  row(
    'settled',
    'hand-over',
    ['pharmacy'],
    ['holder', 'settlement-in-time', 'within-collection', 'lines-remaining'],
    'open',
    'partly-handed-over',
  ),
  row(
    'deferred',
    'hand-over',
    ['pharmacy'],
    ['holder', 'settlement-in-time', 'within-collection', 'lines-remaining'],
    'open',
    'partly-handed-over',
  ),
  row('dispensed', 'return', ['pharmacy', 'agency'], ['nothing-kept'], 'returned', 'returned'),
  row('dispensed', 'return', ['pharmacy', 'agency'], ['goods-kept'], 'dispensed', 'goods-returned'),
  // An earlier supply comes back: what is under way, or over, stays so.
  ...(
    [
      'open',
      'chosen',
      'held',
      'reviewed',
      'settling',
      'settled',
      'deferred',
      'refused',
      'cancelled',
      'expired',
    ] as const
  ).map((state) => row(state, 'return', ['pharmacy', 'agency'], [], state, 'goods-returned')),
  row('open', 'cancel', ['hospital', 'agency'], [], 'cancelled', 'cancelled'),
  row('chosen', 'cancel', ['hospital', 'agency'], [], 'cancelled', 'cancelled'),
  row('open', 'expire', ['system'], ['past-validity'], 'expired', 'expired'),
  row('chosen', 'expire', ['system'], ['past-validity'], 'expired', 'expired'),
]

function row(
  from: State,
  command: Command,
  by: readonly Actor[],
  guards: readonly Guard[],
  to: State,
  event: string,
): Transition {
  return { from, command, by, guards, to, event }
}

/** States from which nothing leads on; goods may still come back. */
export const TERMINAL: readonly State[] = STATES.filter(
  (state) => !TRANSITIONS.some(({ from, to }) => from === state && to !== state),
)

/**
 * The cells of the table for one state and command; several when a guard decides between them.
 *
 * @returns an empty list when the state forbids the command
 */
export function transitionsOf(from: State, command: Command): readonly Transition[] {
  return TRANSITIONS.filter((transition) => transition.from === from && transition.command === command)
}

/** States in which a hospital's cancel can't act at once and is kept as pending. */
export const CANCEL_WAITS: readonly State[] = ['held', 'reviewed', 'settling']

/** The states in which somebody may give a command, as far as the state decides. */
export function statesFor(command: Command, by: Actor): readonly State[] {
  return STATES.filter((state) => transitionsOf(state, command).some((cell) => cell.by.includes(by)))
}
