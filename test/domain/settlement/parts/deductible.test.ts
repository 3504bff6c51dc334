import t from 'tap'
import type { HospitalLevel } from '../../../../src/domain/registers.ts'
import { highestLevel } from '../../../../src/domain/settlement/parts/deductible.ts'
import { cited, EMPTY_YEAR, layersOf, line, part, planOf, settle } from '../builder.ts'

const amountFen = [cited(50_000, { level: 'tertiary' }), cited(20_000, { level: 'secondary' }), cited(0)]
const plan = planOf(part('deductible', { amountFen }))
const combined = planOf(part('deductible', { amountFen, levelWhenQualified: cited('highest') }))
const paid = (deductiblePaid: bigint) => ({ balances: { ...EMPTY_YEAR, deductiblePaid } })

t.test('CQ-2.4a the deductible is crossed to the fen', (t) => {
  const split = (unitPriceFen: bigint) => layersOf(settle({ plan, lines: [line({ unitPriceFen })] }))
  t.same(split(49_999n), { deductible: 49_999 })
  t.same(split(50_000n), { deductible: 50_000 })
  t.same(split(50_001n), { deductible: 50_000, coinsurance: 1 })
  t.same(split(50_002n), { deductible: 50_000, 'basic-fund': 1, coinsurance: 1 })
  t.end()
})

t.test('CQ-2.4a only what is unpaid of this year is charged', (t) => {
  t.same(layersOf(settle({ plan, ...paid(49_999n) })), {
    deductible: 1,
    'basic-fund': 69_999,
    coinsurance: 30_000,
  })
  t.same(layersOf(settle({ plan, ...paid(50_000n) })), { 'basic-fund': 70_000, coinsurance: 30_000 })
  t.same(layersOf(settle({ plan, ...paid(60_000n) })), { 'basic-fund': 70_000, coinsurance: 30_000 })
  t.end()
})

t.test('CQ-2.4a lines use it up in the order of their numbers, however they are sent', (t) => {
  const bill = settle({
    plan,
    lines: [line({ lineNo: 2 }), line({ lineNo: 1, unitPriceFen: 30_000n })],
  })
  t.same(layersOf(bill, 1), { deductible: 30_000 })
  t.same(layersOf(bill, 2), { deductible: 20_000, 'basic-fund': 56_000, coinsurance: 24_000 })
  t.end()
})

t.test('CQ-2.4a once charged, the level of the year stays; a level without deductible opens none', (t) => {
  const first = settle({ plan, hospitalLevel: 'secondary' })
  t.equal(first.balancesAfter.deductibleLevel, 'secondary')
  const second = settle({ plan, hospitalLevel: 'tertiary', balances: first.balancesAfter })
  t.same(layersOf(second), { 'basic-fund': 70_000, coinsurance: 30_000 })
  t.equal(settle({ plan, hospitalLevel: 'primary' }).balancesAfter.deductibleLevel, undefined)
  t.end()
})

t.test('CQ-2.4b a higher hospital of a qualified patient costs the difference, and only once', (t) => {
  const qualified = { plan: combined, specialDisease: true, hospitalLevel: 'secondary' } as const
  const first = settle(qualified)
  t.same(layersOf(first), { deductible: 20_000, 'basic-fund': 56_000, coinsurance: 24_000 })
  const hospitals = [{ level: 'tertiary', chosenFor: 'special-disease' }] as const
  const second = settle({ ...qualified, hospitals, balances: first.balancesAfter })
  t.same(layersOf(second), { deductible: 30_000, 'basic-fund': 49_000, coinsurance: 21_000 })
  const third = settle({ ...qualified, hospitals, balances: second.balancesAfter })
  t.same(layersOf(third), { 'basic-fund': 70_000, coinsurance: 30_000 })
  t.end()
})

t.test('CQ-2.4b without qualification other hospitals do not raise the level', (t) => {
  const hospitals = [{ level: 'tertiary', chosenFor: 'special-disease' }] as const
  const bill = settle({ plan: combined, hospitalLevel: 'secondary', hospitals })
  t.equal(bill.balancesAfter.deductiblePaid, 20_000n)
  t.end()
})

t.test('CQ-2.4b the highest level among hospitals that count', (t) => {
  const levelOf = (hospitalLevel: HospitalLevel, single: HospitalLevel, other: HospitalLevel) =>
    highestLevel({
      hospitalLevel,
      hospitals: [
        { level: single, chosenFor: 'single-disease' },
        { level: other, chosenFor: 'security-drug' },
      ],
    })
  t.equal(levelOf('primary', 'tertiary', 'primary'), 'primary')
  t.equal(levelOf('primary', 'tertiary', 'secondary'), 'secondary')
  t.equal(levelOf('tertiary', 'primary', 'secondary'), 'tertiary')
  t.equal(highestLevel({ hospitalLevel: 'secondary', hospitals: [] }), 'secondary')
  t.end()
})
