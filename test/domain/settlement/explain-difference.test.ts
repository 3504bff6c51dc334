import t from 'tap'
import { toJson } from '../../../src/domain/settlement/adjudication-json.ts'
import { explainDifference } from '../../../src/domain/settlement/explain-difference.ts'
import { settle as adjudicated, cited, EMPTY_YEAR, line, notCovered, part, planOf } from './builder.ts'

const plan = planOf(part('payment-standard'), part('deductible', { amountFen: cited(50_000) }))
const settle = (wish: Parameters<typeof adjudicated>[0]) => toJson(adjudicated(wish))
const quote = settle({ plan })
const changes = (bill: typeof quote) =>
  explainDifference(quote, bill).map(({ kind, path, before, after }) => [kind, path, before, after])

t.test('a bill on the same facts has no difference', (t) => {
  t.same(explainDifference(quote, settle({ plan })), [])
  t.end()
})

t.test('another purchase in between: the balance, and what follows for each payer', (t) => {
  const bill = settle({ plan, balances: { ...EMPTY_YEAR, deductiblePaid: 50_000n } })
  t.same(changes(bill), [
    ['input', 'balances.deductiblePaid', 0, 50_000],
    ['amount', 'totals.patient', 65_000, 30_000],
    ['amount', 'totals.basic-fund', 35_000, 70_000],
  ])
  const [first, , last] = explainDifference(quote, bill)
  t.match(first?.reason.zh, /累计/)
  t.match(last?.reason.en, /CNY 700.00 instead of CNY 350.00/)
  t.end()
})

t.test('another price, and a line that is no longer covered', (t) => {
  const dearer = settle({ plan, lines: [line({ unitPriceFen: 100_001n, paymentStandardFen: 100_000n })] })
  t.same(changes(dearer), [
    ['input', 'lines.1.unitPriceFen', 100_000, 100_001],
    ['amount', 'charge', 100_000, 100_001],
    ['amount', 'totals.patient', 65_000, 65_001],
  ])
  const refused = settle({ plan, notCovered: [notCovered('SX-7', 1)] })
  t.same(changes(refused)[0], ['input', 'notCovered', [], ['SX-7 1']])
  t.end()
})

t.test('another policy version with another figure', (t) => {
  const other = planOf(part('payment-standard'), part('deductible', { amountFen: cited(40_000) }))
  t.same(changes(settle({ plan: other, versionId: 'test/2', day: '2026-04-01' })), [
    ['input', 'versionId', 'test/1', 'test/2'],
    ['input', 'day', '2026-03-02', '2026-04-01'],
    ['figure', 'deductible.amountFen', 50_000, 40_000],
    ['amount', 'totals.patient', 65_000, 58_000],
    ['amount', 'totals.basic-fund', 35_000, 42_000],
  ])
  t.end()
})
