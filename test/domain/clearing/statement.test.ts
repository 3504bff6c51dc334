import fc from 'fast-check'
import t from 'tap'
import { adjustmentLines } from '../../../src/domain/clearing/adjustment.ts'
import { endOf, isMonth, monthAfter } from '../../../src/domain/clearing/month.ts'
import { paymentLines, statementOf } from '../../../src/domain/clearing/statement.ts'
import {
  nextState,
  STATEMENT_COMMANDS,
  STATEMENT_STATES,
  STATEMENT_TRANSITIONS,
} from '../../../src/domain/clearing/transitions.ts'

const moved = (account: string, kind: string, amount: bigint) => ({ account, kind, amount, entries: 1 })

t.test('MZ-7.3 a statement adds up what the month made due and what was paid in it', async (t) => {
  const figures = statementOf(500n, [
    moved('receivable', 'settlement', 10_000n),
    moved('receivable', 'reversal', -1_000n),
    moved('receivable', 'adjustment', 7n),
    moved('receivable', 'clearing', -500n),
    moved('paid', 'clearing', 500n),
    moved('counter', 'settlement', 3_000n),
  ])
  t.match(figures, { opening: 500n, due: 9_007n, paid: 500n, closing: 9_007n })
  t.same(
    figures.items.map(({ item, amount }) => [item, amount]),
    [
      ['settlements', 10_000n],
      ['reversals', -1_000n],
      ['adjustments', 7n],
      ['payments', -500n],
    ],
  )
  t.same(figures.memos, [{ item: 'counter', amount: 3_000n, entries: 1 }])
})

t.test('MZ-7.4 a hospital is short of the whole amount, and FS-3.5a capitation is a memo', async (t) => {
  const figures = statementOf(0n, [
    moved('receivable', 'settlement', 7_200n),
    moved('deduction', 'settlement', -10_000n),
    moved('deduction', 'reversal', 1_000n),
    moved('patient-receivable', 'settlement', 2_800n),
    moved('capitation', 'settlement', -900n),
  ])
  t.equal(figures.closing, -1_800n)
  t.equal(figures.items.find(({ item }) => item === 'inpatient-deductions')?.amount, -9_000n)
  t.same(
    figures.memos.map(({ item, amount }) => [item, amount]),
    [
      ['patient-receivable', 2_800n],
      ['capitation', -900n],
    ],
  )
  t.same(statementOf(0n, []), { opening: 0n, due: 0n, paid: 0n, closing: 0n, items: [], memos: [] })
  t.throws(() => statementOf(0n, [moved('pocket', 'settlement', 1n)]), RangeError)
})

t.test('MZ-7.3 a payment brings both owed accounts to zero and balances', async () => {
  const account = fc.constantFrom('receivable', 'deduction', 'counter', 'paid')
  const kind = fc.constantFrom('settlement', 'reversal', 'adjustment', 'clearing')
  const movement = fc.record({ account, kind, amount: fc.bigInt({ min: -9999n, max: 9999n }) })
  fc.assert(
    fc.property(fc.array(movement, { maxLength: 12 }), (some) => {
      const movements = some.map((each) => ({ ...each, entries: 1 }))
      const lines = paymentLines('P1', movements)
      const sum = lines.reduce((total, { amount }) => total + amount, 0n)
      const received = lines.find((line) => line.account === 'institution:P1:paid')?.amount ?? 0n
      return (
        sum === 0n && received === statementOf(0n, movements).due && lines.every((line) => line.amount !== 0n)
      )
    }),
    { numRuns: 500 },
  )
})

t.test(
  'MZ-7.3 a correction is borne by the fund that paid, MZ-7.4 for inpatients by the hospital',
  async (t) => {
    const outpatient = [
      { account: 'fund:basic:employee', amount: -400n },
      { account: 'fund:serious-illness', amount: -500n },
      { account: 'institution:P1:receivable', amount: 900n },
    ]
    t.same(adjustmentLines('P1', outpatient, 0n, 30n), [
      { account: 'fund:serious-illness', amount: -30n },
      { account: 'institution:P1:receivable', amount: 30n },
    ])
    const inpatient = [
      { account: 'fund:basic:employee', amount: -700n },
      { account: 'institution:H1:receivable', amount: 700n },
      { account: 'institution:H1:deduction', amount: -1_000n },
      { account: 'institution:P1:receivable', amount: 1_000n },
    ]
    t.same(adjustmentLines('P1', inpatient, 0n, -5n)[0], { account: 'institution:H1:deduction', amount: 5n })
    t.same(adjustmentLines('H1', inpatient, 0n, 5n)[0], { account: 'fund:basic:employee', amount: -5n })
    t.equal(adjustmentLines('P2', inpatient, 0n, 5n), 'correction-impossible')
    t.equal(adjustmentLines('P1', outpatient, 0n, -900n).length, 2, 'all of the entry')
    t.equal(adjustmentLines('P1', outpatient, 0n, -901n), 'correction-exceeds')
    t.equal(adjustmentLines('P1', outpatient, 0n, 9_000_000_000_000_000n), 'correction-exceeds')
    t.equal(adjustmentLines('P1', outpatient, 600n, 301n), 'correction-exceeds', 'with the ones before')
    t.equal(adjustmentLines('P1', outpatient, -600n, 1_500n).length, 2, 'taken back and more')
  },
)

t.test('MZ-7.3 the table of a statement has these cells and no other', async (t) => {
  const cells = STATEMENT_STATES.flatMap((from) =>
    STATEMENT_COMMANDS.flatMap((command) =>
      (['agency', 'institution'] as const).flatMap((by) => {
        const to = nextState(from, command, by, true)
        return to === undefined ? [] : [`${from} ${command} ${by} ${to}`]
      }),
    ),
  )
  t.same(cells, [
    'draft send agency sent',
    'sent confirm institution confirmed',
    'sent dispute institution disputed',
    'confirmed pay agency paid',
    'disputed dispute institution disputed',
    'disputed resolve agency disputed',
  ])
  t.equal(nextState('disputed', 'resolve', 'agency', false), 'sent')
  t.equal(STATEMENT_TRANSITIONS.length, 7)
})

t.test('months follow each other over the end of a year', async (t) => {
  t.equal(monthAfter('2026-09'), '2026-10')
  t.equal(monthAfter('2026-12'), '2027-01')
  t.equal(endOf('2026-02'), '2026-03-01')
  t.ok(isMonth('2026-12'))
  for (const text of ['2026-13', '2026-00', '26-01', '2026-1', '2026-01-01']) t.notOk(isMonth(text), text)
})
