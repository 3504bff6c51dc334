import t from 'tap'
import { adjudicate } from '../../../src/domain/settlement/adjudicate.ts'
import { cited, inputOf, line, notCovered, part, planOf, settle } from './builder.ts'
import { allVersions, versionOn } from './region-plans.ts'

const sample = (value: number) =>
  ({ value, status: 'sample', source: 'ZZ-2', note: 'Sandbox sample.' }) as const
const unset = { status: 'unset', source: 'ZZ-3' } as const
const mixed = planOf(
  part('deductible', { amountFen: sample(50_000) }),
  part('ratio', { ratioBp: cited(7_000) }),
  part('yearly-maximum', { maximumFen: unset }),
)

t.test('in production every sample and every unset figure is listed, and no amount is stated', (t) => {
  t.same(adjudicate(inputOf({ plan: mixed, mode: 'production' })), {
    outcome: 'refused',
    versionId: 'test/1',
    code: 'policy-not-cited',
    figures: [
      { part: 'deductible', name: 'amountFen', ruleId: 'ZZ-2', reason: 'sample' },
      { part: 'yearly-maximum', name: 'maximumFen', ruleId: 'ZZ-3', reason: 'unset' },
    ],
    facts: [],
  })
  t.end()
})

t.test('the sandbox takes samples, says so, and refuses what is unset', (t) => {
  t.match(adjudicate(inputOf({ plan: mixed })), {
    outcome: 'refused',
    figures: [{ name: 'maximumFen', reason: 'unset' }],
  })
  const plan = planOf(part('deductible', { amountFen: sample(50_000) }))
  const bill = settle({ plan })
  t.equal(bill.restsOnSample, true)
  t.same(
    bill.samples.map(({ part, name, value }) => [part, name, value]),
    [['deductible', 'amountFen', 50_000]],
  )
  t.equal(settle().restsOnSample, false)
  t.equal(
    settle({ notCovered: [{ ...notCovered('ZZ-9'), restsOnSample: true }] }).restsOnSample,
    true,
    'a finding can rest on a sample too',
  )
  t.end()
})

t.test('in production a settlement that needs no doubtful figure goes through', (t) => {
  t.equal(settle({ mode: 'production' }).totals['basic-fund'], 70_000n)
  const bill = settle({ plan: mixed, mode: 'production', notCovered: [notCovered('ZZ-9')] })
  t.equal(bill.totals.patient, 100_000n)
  t.end()
})

t.test('a figure for nobody like this is missing as well', (t) => {
  const plan = planOf(part('ratio', { ratioBp: cited(7_000, { level: 'primary' }) }))
  t.match(adjudicate(inputOf({ plan })), { outcome: 'refused', figures: [{ reason: 'no-case' }] })
  t.end()
})

t.test('production refuses every region today, because no document states all figures', (t) => {
  for (const { id, settlement } of allVersions()) {
    const outcome = adjudicate(
      inputOf({
        plan: settlement,
        mode: 'production',
        hospitalLevel: 'primary',
        lines: [line({ purchasePriceFen: 100_000n })],
      }),
    )
    t.equal(outcome.outcome, 'refused', id)
  }
  t.end()
})

t.test('each amount carries version, rule, part, parameters and a sentence in both languages', (t) => {
  const { id, settlement } = versionOn('500000', '2026-03-02')
  const bill = settle({ versionId: id, plan: settlement, lines: [line({ medicineClass: 'B' })] })
  for (const entry of bill.entries) {
    t.equal(entry.version, id)
    t.match(entry.ruleId, /^CQ-/)
    t.match(entry.explanation.zh, /\d+\.\d\d 元/)
    t.match(entry.explanation.en, /CNY \d+\.\d\d/)
    t.ok(entry.parameters.length > 0)
  }
  t.match(bill.rounding, { charge: 'half-up', ratio: 'fund-down', 'serious-illness': 'year-down' })
  t.end()
})

t.test('a broken quantity is charged half up to a fen', (t) => {
  const charge = (count: string) => settle({ lines: [line({ count, unitPriceFen: 1n })] }).charge
  t.equal(charge('0.4999'), 0n)
  t.equal(charge('0.5'), 1n)
  t.end()
})

t.test('a supply of nothing has no entries', (t) => {
  const bill = settle({ lines: [] })
  t.equal(bill.charge, 0n)
  t.same(bill.entries, [])
  t.end()
})

t.test('amounts that cannot be are a bug of the caller', (t) => {
  t.throws(() => settle({ lines: [line({ unitPriceFen: -1n })] }), RangeError)
  t.throws(() => settle({ lines: [line({ quantity: -1n })] }), RangeError)
  t.throws(() => settle({ lines: [line(), line()] }), RangeError)
  t.throws(() => settle({ lines: [line({ excess: { quantity: 10_001n, ruleId: 'ZZ-5' } })] }), RangeError)
  t.end()
})
