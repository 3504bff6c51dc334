import t from 'tap'
import { layersOf, line, notCovered, settle } from '../builder.ts'

t.test(
  'SX-17.3 a finding on the whole prescription leaves every line to the patient, by its rule id',
  (t) => {
    const bill = settle({ lines: [line(), line({ lineNo: 2 })], notCovered: [notCovered('SX-17.3')] })
    t.same(layersOf(bill), { 'not-covered': 200_000 })
    t.same(
      bill.entries.map(({ ruleId, part }) => [ruleId, part]),
      [
        ['SX-17.3', 'coverage'],
        ['SX-17.3', 'coverage'],
      ],
    )
    t.same(bill.figures, [], 'no figure is consulted for what is not covered')
    t.end()
  },
)

t.test('a finding that only warns changes nothing', (t) => {
  const bill = settle({ notCovered: [{ ...notCovered('SC-N3'), effect: 'warn' }] })
  t.same(layersOf(bill), { 'basic-fund': 70_000, coinsurance: 30_000 })
  t.end()
})

t.test('SX-17.5 an excess of the whole quantity leaves nothing, an excess of none leaves all', (t) => {
  const split = (quantity: bigint) =>
    layersOf(settle({ lines: [line({ excess: { quantity, ruleId: 'SX-17.5' } })] }))
  t.same(split(10_000n), { 'not-covered': 100_000 })
  t.same(split(0n), { 'basic-fund': 70_000, coinsurance: 30_000 })
  t.end()
})
