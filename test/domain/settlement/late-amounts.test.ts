import t from 'tap'
import { adjudicate } from '../../../src/domain/settlement/adjudicate.ts'
import type { Adjudication, PersonYear } from '../../../src/domain/settlement/adjudication.ts'
import { countedStatements, lateDifferences } from '../../../src/domain/settlement/late-amounts.ts'
import { movedByStatement, type OutsideAmounts } from '../../../src/domain/settlement/outside-amount.ts'
import { personYearOf } from '../../../src/domain/settlement/year-movements.ts'
import { cited, EMPTY_YEAR, inputOf, line, part, planOf } from './builder.ts'

/** Deductible 600.00 a year, then 50 %. */
const plan = planOf(
  part('deductible', { amountFen: cited(60_000) }),
  part('ratio', { ratioBp: cited(5_000) }),
)
const NOTHING: OutsideAmounts = {
  deductibleFen: 0,
  fundFen: 0,
  largeAmountFen: 0,
  ownFen: 0,
  seriousIllnessFen: 0,
  assistanceFen: 0,
  expenseFen: 0,
}

let count = 0
function settlement(day: string, fen: number, balances: PersonYear) {
  count += 1
  const lines = [line({ quantity: 10_000n, unitPriceFen: BigInt(fen), paymentStandardFen: BigInt(fen) })]
  const input = inputOf({ plan, day, balances, lines })
  const adjudication = adjudicate(input) as Adjudication
  return { settlementId: `S${count}`, balancesAt: new Date(`${day}T02:00:00.000Z`), input, adjudication }
}

const paidElsewhere = (on: string, deductibleFen: number, statedAt: string) => ({
  on,
  statedAt: new Date(statedAt),
  moved: movedByStatement(undefined, { ...NOTHING, deductibleFen, deductibleLevel: 'tertiary' }),
})

t.test('CQ-2.4b MZ-7.2 a correction moves the difference only, level by level', (t) => {
  const before = { ...NOTHING, deductibleFen: 40_000, deductibleLevel: 'tertiary', fundFen: 10_000 } as const
  const after = { ...before, deductibleFen: 30_000, deductibleLevel: 'secondary' } as const
  const moved = movedByStatement(before, after)
  t.equal(moved.get('deductiblePaid'), -10_000n)
  t.equal(moved.get('fundPaid'), 0n)
  t.equal(moved.get('deductible-level:tertiary'), -40_000n)
  t.equal(moved.get('deductible-level:secondary'), 30_000n)
  t.same(personYearOf(movedByStatement(undefined, after)), {
    ...EMPTY_YEAR,
    deductiblePaid: 30_000n,
    deductibleLevel: 'secondary',
    fundPaid: 10_000n,
  })
  t.end()
})

t.test('CQ-2.4b MZ-7.2 what comes late changes no settlement, and says by how much it would have', (t) => {
  // 1,000.00: deductible 600.00, then 200.00 each; 1,000.00: 500.00 each.
  const first = settlement('2026-03-01', 100_000, EMPTY_YEAR)
  const second = settlement('2026-04-01', 100_000, first.adjudication.balancesAfter)
  t.equal(first.adjudication.totals.patient, 80_000n)
  t.equal(second.adjudication.totals.patient, 50_000n)
  const both = [first, second]
  // 400.00 of the deductible were paid before: 200.00 left, 800.00 halved; the second one is as it was.
  t.same(lateDifferences(both, [paidElsewhere('2026-02-01', 40_000, '2026-05-01T00:00:00Z')]), [
    { settlementId: first.settlementId, byPayer: { patient: -20_000n, 'basic-fund': 20_000n } },
  ])
  t.same(
    lateDifferences(both, [paidElsewhere('2026-02-01', 40_000, '2026-02-02T00:00:00Z')]),
    [],
    'known in time',
  )
  t.same(
    lateDifferences(both, [paidElsewhere('2026-05-01', 40_000, '2026-06-01T00:00:00Z')]),
    [],
    'of a later day',
  )
  t.same(
    lateDifferences(both, [
      paidElsewhere('2026-02-01', 40_000, '2026-05-01T00:00:00Z'),
      {
        on: '2026-02-01',
        statedAt: new Date('2026-06-01T00:00:00Z'),
        moved: movedByStatement({ ...NOTHING, deductibleFen: 40_000, deductibleLevel: 'tertiary' }, NOTHING),
      },
    ]),
    [],
    'and one that was withdrawn leaves nothing',
  )
  t.end()
})

t.test('CQ-2.4b what the first would have left is what the second would have found', (t) => {
  // 300.00, then 900.00: 300.00 and 300.00 of the deductible; with 500.00 before 100.00 in the first, none in the second.
  const first = settlement('2026-03-01', 30_000, EMPTY_YEAR)
  const second = settlement('2026-04-01', 90_000, first.adjudication.balancesAfter)
  const late = lateDifferences([first, second], [paidElsewhere('2026-02-01', 50_000, '2026-05-01T00:00:00Z')])
  t.same(late, [
    { settlementId: first.settlementId, byPayer: { patient: -10_000n, 'basic-fund': 10_000n } },
    { settlementId: second.settlementId, byPayer: { patient: -15_000n, 'basic-fund': 15_000n } },
  ])
  t.end()
})

t.test('CQ-2.4b a correction of the day counts on the new day and no more on the old one', (t) => {
  const first = settlement('2026-03-01', 100_000, EMPTY_YEAR)
  const amounts = { ...NOTHING, deductibleFen: 40_000, deductibleLevel: 'tertiary' } as const
  const known = { source: 'outpatient', reference: 'A', amounts }
  const at = (statedAt: string, on: string) => ({ ...known, on, statedAt: new Date(statedAt) })
  const early = at('2026-05-01T00:00:00Z', '2026-02-01')
  const later = at('2026-06-01T00:00:00Z', '2026-04-01')
  t.equal(lateDifferences([first], countedStatements([early])).length, 1)
  t.same(lateDifferences([first], countedStatements([early, later])), [], 'it arose after the settlement')
  t.equal(lateDifferences([first], countedStatements([later, early])).length, 1)
  const other = { ...later, reference: 'B' }
  t.equal(lateDifferences([first], countedStatements([early, other])).length, 1, 'of another record')
  t.end()
})
