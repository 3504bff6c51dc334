import t from 'tap'
import type { PlanPart } from '../../../src/domain/settlement/plan.ts'
import { planFaults } from '../../../src/domain/settlement/plan-faults.ts'
import { cited, part, planOf } from './builder.ts'
import { allVersions } from './region-plans.ts'

const ratio = part('ratio', { ratioBp: cited(7_000) })
const paths = (...parts: readonly PlanPart[]) => planFaults({ parts }).map((fault) => fault.path)
const figure = (change: object) => part('ratio', { ratioBp: { ...cited(7_000), ...change } as never })

t.test('every region’s plan is without fault', (t) => {
  for (const { id, settlement } of allVersions()) t.same(planFaults(settlement), [], id)
  t.end()
})

t.test('parts stand once, in order, with the parts they need', (t) => {
  t.same(paths(ratio), [])
  t.same(paths(ratio, ratio), ['/parts/1/part'])
  t.same(paths(ratio, part('charity')), ['/parts/1/part'])
  t.same(paths(part('charity'), ratio), [])
  t.same(paths(part('charity')), ['/parts'])
  const large = part('large-amount', { ratioBp: cited(1), maximumFen: cited(1) })
  t.same(paths(ratio, large), ['/parts/1/part'])
  t.same(paths(part('no-such-part' as never), ratio), ['/parts/0/part'])
  t.end()
})

t.test('parameters are known and given', (t) => {
  t.same(paths(part('ratio')), ['/parts/0/parameters/ratioBp'])
  t.same(paths(part('ratio', { ratioBp: cited(1), other: cited(1) })), ['/parts/0/parameters/other'])
  t.same(paths(part('deductible', { amountFen: cited(1) }), ratio), [], 'the choice of level is optional')
  t.end()
})

t.test('figures have a value, an article or a note, as their status wants', (t) => {
  const at = ['/parts/0/parameters/ratioBp']
  t.same(paths(figure({ value: null })), at)
  t.same(paths(figure({ status: 'unset' })), at)
  t.same(paths(figure({ status: 'unset', value: null })), [])
  t.same(paths(figure({ article: undefined })), [`${at[0]}/article`])
  t.same(paths(figure({ status: 'sample' })), at)
  t.same(paths(figure({ status: 'sample', note: 'Sandbox sample.' })), [])
  t.end()
})

t.test('a figure after one for everybody can never be chosen', (t) => {
  const list = [cited(1), cited(2, { scheme: 'employee' })]
  t.same(paths(part('ratio', { ratioBp: list })), ['/parts/0/parameters/ratioBp/0'])
  t.same(planFaults(planOf(part('ratio', { ratioBp: list.toReversed() }))), [])
  t.end()
})

t.test('bands start at 0 and ascend', (t) => {
  const bands = (...from: readonly number[]) =>
    planFaults(
      planOf(
        ratio,
        part('serious-illness', {
          counts: cited(['coinsurance']),
          thresholdFen: cited(1),
          bands: cited(from.map((overFen) => ({ overFen, ratioBp: 1 }))),
          maximumFen: cited(1),
        }),
      ),
    ).map((fault) => fault.path.replace(/^.*value/, ''))
  t.same(bands(0, 1, 2), [])
  t.same(bands(1), ['/0'])
  t.same(bands(0, 2, 2), ['/2'])
  t.end()
})
