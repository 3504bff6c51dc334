import t from 'tap'
import { decide, retryIn, type Situation } from '../../../src/domain/lifecycle/decide.ts'
import {
  type Actor,
  COMMANDS,
  STATES,
  TERMINAL,
  TRANSITIONS,
  transitionsOf,
} from '../../../src/domain/lifecycle/transitions.ts'

const now = new Date('2026-11-22T02:00:00.000Z')
const later = new Date(now.getTime() + 1)
const ACTORS: readonly Actor[] = ['patient', 'hospital', 'pharmacy', 'agency', 'system']

/** A situation in which nothing stands in the way of the holder. */
const calm: Omit<Situation, 'state'> = {
  now,
  expiresAt: later,
  pharmacyId: 'P1',
  institutionId: 'P1',
  holdUntil: later,
  settlementRequestedAt: now,
}

/** The situation in which the guards of one cell hold. */
function fitting(cell: (typeof TRANSITIONS)[number]): Situation {
  const guards = new Set(cell.guards)
  return {
    ...calm,
    state: cell.from,
    ...(guards.has('past-validity') ? { expiresAt: now } : {}),
    ...(guards.has('hold-ended') || guards.has('collection-over') ? { holdUntil: now } : {}),
    ...(guards.has('cancel-pending') ? { cancelPendingAt: now } : {}),
    ...(guards.has('lines-remaining') ? { linesRemain: true } : {}),
    ...(guards.has('goods-kept') ? { goodsKept: true } : {}),
    ...(guards.has('settlement-overdue') ? { settlementOverdue: true } : {}),
  }
}

t.test('MZ-6.5 every cell of the table leads where it says, for each of its actors', async (t) => {
  for (const cell of TRANSITIONS) {
    for (const actor of cell.by) {
      const decision = decide(fitting(cell), cell.command, actor)
      t.same(decision, cell, `${cell.from} ${cell.command} by ${actor} to ${cell.to}`)
    }
  }
})

t.test('every state, command and actor without a cell is refused', async (t) => {
  let refused = 0
  for (const state of STATES) {
    for (const command of COMMANDS) {
      for (const actor of ACTORS) {
        if (transitionsOf(state, command).some((cell) => cell.by.includes(actor))) continue
        const decision = decide({ ...calm, state }, command, actor)
        t.type(decision, 'string', `${state} ${command} by ${actor}`)
        refused += 1
      }
    }
  }
  t.ok(refused > 800, 'most cells are empty')
})

t.test('the terminal states are those that the design names', async (t) => {
  t.same([...TERMINAL].sort(), ['cancelled', 'expired', 'refused', 'returned'])
})

t.test('for every guard there is a situation in which it refuses, with its own code', async (t) => {
  const cases: [
    string,
    Partial<Situation> & Pick<Situation, 'state'>,
    Parameters<typeof decide>[1],
    Actor,
    string,
  ][] = [
    ['within-validity', { state: 'open', expiresAt: now }, 'choose', 'patient', 'prescription-expired'],
    ['chosen-pharmacy', { state: 'chosen', institutionId: 'P2' }, 'take', 'pharmacy', 'not-yours'],
    ['holder', { state: 'held', institutionId: 'P2' }, 'approve', 'pharmacy', 'hold-lost'],
    [
      'no-cancel-pending',
      { state: 'reviewed', cancelPendingAt: now },
      'request-settlement',
      'pharmacy',
      'cancel-pending',
    ],
    ['hold-ended', { state: 'held' }, 'lapse', 'system', 'wrong-state'],
    ['within-collection', { state: 'settled', holdUntil: now }, 'hand-over', 'pharmacy', 'collection-over'],
    ['collection-over', { state: 'settled' }, 'lapse-settlement', 'system', 'wrong-state'],
    ['past-validity', { state: 'open' }, 'expire', 'system', 'wrong-state'],
    ['settlement-overdue', { state: 'settling' }, 'defer', 'pharmacy', 'settlement-not-overdue'],
    [
      'settlement-in-time: never requested in time',
      { state: 'settled', expiresAt: now, settlementRequestedAt: now },
      'hand-over',
      'pharmacy',
      'prescription-expired',
    ],
    [
      'settlement-in-time: requested in time, but the hold has ended',
      {
        state: 'settled',
        expiresAt: now,
        settlementRequestedAt: new Date(now.getTime() - 1),
        holdUntil: now,
      },
      'hand-over',
      'pharmacy',
      'prescription-expired',
    ],
  ]
  for (const [name, change, command, actor, code] of cases) {
    t.equal(decide({ ...calm, ...change }, command, actor), code, name)
  }
})

t.test(
  'MZ-6.3 a purchase begun in the last millisecond of validity may be finished while the hold lasts',
  async (t) => {
    const decision = decide(
      {
        ...calm,
        state: 'settled',
        expiresAt: now,
        settlementRequestedAt: new Date(now.getTime() - 1),
        holdUntil: later,
      },
      'hand-over',
      'pharmacy',
    )
    t.equal(typeof decision === 'string' ? decision : decision.to, 'dispensed')
  },
)

t.test('who comes too late is told what happened', async (t) => {
  t.equal(decide({ ...calm, state: 'expired' }, 'take', 'pharmacy'), 'prescription-expired')
  t.equal(decide({ ...calm, state: 'held', institutionId: 'P2' }, 'take', 'pharmacy'), 'held-by-another')
  t.equal(decide({ ...calm, state: 'settled' }, 'choose', 'patient'), 'held-by-another')
  t.equal(decide({ ...calm, state: 'settled' }, 'take', 'pharmacy'), 'wrong-state', 'its own purchase')
  t.equal(
    decide({ ...calm, state: 'held', cancelPendingAt: now }, 'approve', 'pharmacy'),
    'cancel-pending',
    'the hospital has withdrawn it',
  )
  t.equal(decide({ ...calm, state: 'chosen' }, 'approve', 'pharmacy'), 'hold-lost', 'the hold lapsed')
  t.equal(decide({ ...calm, state: 'settled' }, 'cancel', 'hospital'), 'wrong-state', 'money has moved')
})

t.test('a refusal for the state says whether waiting, a change or nothing helps', async (t) => {
  t.equal(retryIn('settling', ['settled', 'deferred']), 'later', 'the settlement ends by itself')
  t.equal(retryIn('reviewed', ['settled', 'deferred']), 'after-change')
  t.equal(retryIn('settled', ['open', 'chosen']), 'after-change', 'it can be reversed and released')
  for (const state of TERMINAL) t.equal(retryIn(state, ['held']), 'never', state)
  t.equal(retryIn('dispensed', ['held']), 'never', 'goods come back, the prescription does not')
})
