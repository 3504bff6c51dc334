import t from 'tap'
import { stateAt } from '../../../src/domain/lifecycle/state-at.ts'
import { STATES } from '../../../src/domain/lifecycle/transitions.ts'
import { decideCancel } from '../../../src/domain/prescription/cancel.ts'
import { collectUntil } from '../../../src/domain/prescription/collection.ts'
import { decideLapseSettlement } from '../../../src/domain/prescription/lapse-settlement.ts'
import { passTime } from '../../../src/domain/prescription/pass-time.ts'
import { decideRelease } from '../../../src/domain/prescription/release.ts'
import { decideRenewHold } from '../../../src/domain/prescription/renew-hold.ts'
import { decideReverse } from '../../../src/domain/prescription/reverse.ts'
import {
  AGENCY,
  aPrescription,
  aSettlement,
  aSupply,
  at,
  HOSPITAL,
  NOW,
  OTHER_PHARMACY,
  PHARMACY,
  refusalOf,
  situationOf,
} from './situations.ts'

t.test(
  'MZ-6.3 time ends a hold, takes a pending cancel with it, and expires what nobody holds',
  async (t) => {
    const over = { holdUntil: NOW }
    const rows = [
      [aPrescription('held', over), 'chosen', ['hold-lapsed'], 'lapsed'],
      [aPrescription('reviewed', over), 'chosen', ['hold-lapsed'], 'lapsed'],
      [aPrescription('held', { ...over, cancelPendingAt: at(-1) }), 'cancelled', ['cancelled'], 'cancelled'],
      [aPrescription('held', { ...over, expiresAt: NOW }), 'expired', ['hold-lapsed', 'expired'], 'lapsed'],
      [aPrescription('held', { expiresAt: NOW }), 'held', [], undefined],
      [aPrescription('open', { expiresAt: NOW }), 'expired', ['expired'], undefined],
      [aPrescription('chosen', { expiresAt: NOW }), 'expired', ['expired'], undefined],
      [aPrescription('chosen', { expiresAt: at(0.001) }), 'chosen', [], undefined],
      [aPrescription('settled', { ...over, expiresAt: NOW }), 'settled', [], undefined],
    ] as const
    for (const [before, state, events, supplyEnd] of rows) {
      const { prescription, changes, supplies } = passTime(before, NOW)
      t.equal(prescription.state, state, `${before.state} to ${state}`)
      t.same(
        changes.map(({ event }) => event.type),
        events,
      )
      t.same(
        supplies.map((change) => 'reason' in change && change.reason),
        supplyEnd === undefined ? [] : [supplyEnd],
      )
      t.equal(prescription.revision, before.revision + events.length)
      t.equal(stateAt(before, NOW), state, 'a reader sees the same state')
      t.same(passTime(prescription, NOW).changes, [], 'and nothing passes twice')
    }
  },
)

t.test('MZ-6.4 a release leaves the choice, or lets the pending cancel take effect', async (t) => {
  const command = { caller: PHARMACY, reasonCode: 'out-of-stock' }
  const released = decideRelease(situationOf(aPrescription('reviewed')), command)
  t.match(released.answer, { status: 200, body: { prescriptionNo: '1', state: 'chosen' } })
  t.same(released.supplies, [{ kind: 'ended', dispenseId: 'D1', reason: 'released' }])
  t.notOk('dispenseId' in released.changes[0]!.after)
  t.notOk('holdUntil' in released.changes[0]!.after)
  t.same(released.changes[0]!.event.data, { pharmacyId: 'P1', reason: 'out-of-stock', dispenseId: 'D1' })
  const pending = aPrescription('held', { cancelPendingAt: at(-1) })
  t.match(decideRelease(situationOf(pending), command), {
    answer: { body: { state: 'cancelled' } },
    supplies: [{ reason: 'cancelled' }],
  })
  const other = { ...command, caller: OTHER_PHARMACY }
  t.equal(
    refusalOf(() => decideRelease(situationOf(aPrescription('held')), other)),
    'hold-lost',
  )
  t.equal(
    refusalOf(() => decideRelease(situationOf(aPrescription('settled')), command)),
    'wrong-state',
  )
})

t.test('a cancel is done, waits for the pharmacy that holds, or comes too late', async (t) => {
  const command = { caller: HOSPITAL, reasonCode: 'duplicate' }
  for (const state of STATES) {
    const decide = () => decideCancel(situationOf(aPrescription(state)), command)
    if (['open', 'chosen'].includes(state)) {
      t.match(decide().answer, { status: 200, body: { cancel: 'done', state: 'cancelled' } }, state)
    } else if (['held', 'reviewed', 'settling'].includes(state)) {
      const { answer, changes } = decide()
      t.match(answer, { status: 202, body: { cancel: 'pending', state } })
      t.match(changes, [{ command: 'note', after: { cancelPendingAt: NOW, cancelReason: 'duplicate' } }])
    } else {
      t.equal(refusalOf(decide), state === 'expired' ? 'prescription-expired' : 'wrong-state', state)
    }
  }
  const twice = decideCancel(situationOf(aPrescription('held', { cancelPendingAt: at(-1) })), command)
  t.same(twice.changes, [], 'asked again it is pending still, and nothing is recorded')
  const strange = { ...command, caller: { ...HOSPITAL, institutionId: 'H2' } }
  t.equal(
    refusalOf(() => decideCancel(situationOf(aPrescription('open')), strange)),
    'prescription-unknown',
  )
})

t.test(
  'MZ-6.4 a hold is renewed to its full time, within what the policy allows from the taking',
  async (t) => {
    const renew = (takenAt: Date, change = {}) =>
      decideRenewHold(
        {
          ...situationOf(aPrescription('held', { holdUntil: at(5), ...change })),
          takenAt,
          hold: () => ({ minutes: 30, renewals: 2 }),
        },
        { caller: PHARMACY },
      )
    t.equal(renew(at(-25)).answer.body.holdUntil, at(30).toISOString())
    t.equal(renew(at(-75)).answer.body.holdUntil, at(15).toISOString(), 'the last one is cut')
    t.equal(
      refusalOf(() => renew(at(-85))),
      'hold-not-renewable',
    )
    t.equal(
      refusalOf(() => renew(at(-25), { cancelPendingAt: NOW })),
      'cancel-pending',
    )
    t.equal(
      refusalOf(() => renew(at(-25), { expiresAt: NOW })),
      'prescription-expired',
    )
    t.equal(
      refusalOf(() => renew(at(-25), { state: 'settled' })),
      'wrong-state',
    )
    t.equal(
      refusalOf(() => renew(at(-25), { pharmacyId: 'P2' })),
      'hold-lost',
    )
  },
)

t.test('a reversal before the hand-over gives the year back and moves no account', async (t) => {
  const situation = {
    ...situationOf(aPrescription('settled')),
    supplies: [aSupply()],
    holdMinutes: 30,
    refundDays: 7,
  }
  const { changes, postings, settlements } = decideReverse(situation, {
    caller: PHARMACY,
    reasonCode: 'wrong-lines',
  })
  t.match(changes, [{ after: { state: 'reviewed', holdUntil: at(30) } }])
  t.same(settlements, [{ kind: 'reversed', settlementId: 'S1' }])
  t.match(postings, [{ kind: 'release', reversesId: 'posting-1', lines: [] }])
  t.same([...postings![0]!.movements!.measures], [['fundPaid', -70n]])
})

t.test('MZ-6.7 a deferred settlement is reversed with its file, but not once that is examined', async (t) => {
  const reverse = (status: string) =>
    decideReverse(
      {
        ...situationOf(aPrescription('deferred')),
        supplies: [
          aSupply({
            settlement: {
              settlementId: 'S1',
              dispenseId: 'D1',
              personId: 'person',
              pharmacyId: 'P1',
              hospitalId: 'H1',
              status: 'deferred',
              requestedAt: at(-5),
              manualFile: { fileId: 'F1', status },
              isAskedOfPayer: true,
              hospitalCollects: false,
            },
          }),
        ],
        holdMinutes: 30,
        refundDays: 7,
      },
      { caller: AGENCY, reasonCode: 'pharmacy-unavailable' },
    )
  const kinds = reverse('open').settlements?.map(({ kind }) => kind)
  t.same(kinds, ['reversed', 'file-withdrawn', 'cancelled-at-payer'])
  t.same(reverse('open').postings, [])
  t.equal(reverse('declined').settlements?.length, 3)
  for (const status of ['submitted', 'approved', 'paid']) {
    t.equal(
      refusalOf(() => reverse(status)),
      'wrong-state',
      status,
    )
  }
})

t.test(
  'what is settled and not collected in time is taken back, and the prescription is free while valid',
  async (t) => {
    const lapse = (change = {}) =>
      decideLapseSettlement({
        ...situationOf(
          aPrescription('settled', { holdUntil: NOW, settlementRequestedAt: at(-9), ...change }),
        ),
        supplies: [aSupply()],
        refundDays: 7,
      })
    const { changes, postings, settlements, supplies } = lapse()
    t.match(changes, [
      {
        command: 'lapse-settlement',
        after: { state: 'chosen', pharmacyId: 'P1' },
        event: {
          type: 'settlement-lapsed',
          actorKind: 'system',
          data: { settlementId: 'S1', dispenseId: 'D1' },
        },
        recipients: ['H1', 'P1'],
      },
    ])
    t.notOk('dispenseId' in changes[0]!.after || 'holdUntil' in changes[0]!.after)
    t.notOk('settlementRequestedAt' in changes[0]!.after)
    t.match(postings, [{ kind: 'release', lines: [] }])
    t.same(settlements, [{ kind: 'reversed', settlementId: 'S1' }])
    t.same(supplies, [{ kind: 'ended', dispenseId: 'D1', reason: 'lapsed' }])
    t.equal(lapse({ expiresAt: NOW }).changes[0]!.after.state, 'expired')
    t.equal(lapse({ cancelPendingAt: at(-1) }).changes[0]!.after.state, 'cancelled')
    t.equal(
      refusalOf(() => lapse({ holdUntil: at(1) })),
      'wrong-state',
      'not a moment too early',
    )
    t.equal(
      refusalOf(() => lapse({ state: 'dispensed' })),
      'wrong-state',
    )
  },
)

t.test('an entry from before the hand-over counted is taken back from the accounts too', async (t) => {
  const lines = [
    { account: 'fund:basic:employee', amount: -70n },
    { account: 'institution:P1:receivable', amount: 70n },
  ]
  const { entries: _, ...settlement } = aSettlement({ posted: { postingId: 'old', lines } })
  const { postings } = decideLapseSettlement({
    ...situationOf(aPrescription('settled', { holdUntil: NOW })),
    supplies: [aSupply({ settlement })],
    refundDays: 7,
  })
  t.match(postings, [{ kind: 'reversal', reversesId: 'old' }])
  t.same(
    postings![0]!.lines.map(({ amount }) => amount),
    [70n, -70n],
  )
})

t.test(
  'the time to collect: hours of the policy, the end of validity with its grace, one hold at least',
  async (t) => {
    const terms = { holdMinutes: 30, graceMinutes: 120 }
    const rows: [number | undefined, number, number][] = [
      [72, 100 * 60, 72 * 60],
      [72, 24 * 60, 26 * 60],
      [72, 1, 121],
      [72, -600, 30],
      [undefined, 24 * 60, 26 * 60],
    ]
    for (const [collectHours, expires, until] of rows) {
      const all = { ...terms, ...(collectHours === undefined ? {} : { collectHours }) }
      t.same(collectUntil(all, at(expires), NOW), at(until))
    }
  },
)
