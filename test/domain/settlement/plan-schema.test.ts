import { Ajv2020 } from 'ajv/dist/2020.js'
import t from 'tap'
import { settlementPlanSchema } from '../../../src/domain/settlement/plan-schema.ts'
import { cited, part, planOf } from './builder.ts'
import { allVersions } from './region-plans.ts'

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(settlementPlanSchema)
const ratio = (figure: object) => planOf(part('ratio', { ratioBp: figure as never }))

t.test('every region’s plan has the right shape', (t) => {
  for (const { id, settlement } of allVersions()) t.ok(validate(settlement), id)
  t.end()
})

t.test('a ratio is 0 to 10,000 basis points', (t) => {
  const cases = new Map<unknown, boolean>([
    [0, true],
    [10_000, true],
    [-1, false],
    [10_001, false],
    [0.5, false],
    ['80%', false],
  ])
  for (const [value, right] of cases) t.equal(validate(ratio({ ...cited(0), value })), right, String(value))
  t.end()
})

t.test('a cited figure names duty and article, a sample has a note, an unset one no value', (t) => {
  t.notOk(validate(ratio({ value: 1, status: 'cited', source: 'ZZ-1' })))
  t.notOk(validate(ratio({ value: 1, status: 'cited', source: 'somewhere', article: '1' })))
  t.notOk(validate(ratio({ value: 1, status: 'sample', source: 'ZZ-1' })))
  t.ok(validate(ratio({ value: 1, status: 'sample', source: 'ZZ-1', note: 'Sandbox sample.' })))
  t.notOk(validate(ratio({ value: 1, status: 'unset', source: 'ZZ-1' })))
  t.ok(validate(ratio({ status: 'unset', source: 'ZZ-1' })))
  t.end()
})

t.test('unknown parts, parameters and conditions are refused', (t) => {
  t.notOk(validate({ parts: [{ part: 'gift', source: 'ZZ-1', article: '1' }] }))
  t.notOk(validate(ratio({ ...cited(1), when: { colour: 'red' } })))
  t.notOk(validate(planOf(part('ratio', { ratioBp: cited(1), other: cited(1) }))))
  t.end()
})
