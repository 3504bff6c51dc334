import t from 'tap'
import { STEPS } from '../../src/domain/facts.ts'
import { judge } from '../../src/domain/rules/judge.ts'
import { loadPolicies } from '../../src/policy/load-policies.ts'
import { REGIONS, someFacts } from '../support/facts.ts'

const book = await loadPolicies(new URL('../../policies/', import.meta.url))

t.test('every region has a policy, and valid facts of it pass every step', async (t) => {
  t.same(
    book.regions().map(({ region }) => region),
    Object.keys(REGIONS).sort(),
  )
  for (const [region, { day }] of Object.entries(REGIONS)) {
    for (const step of STEPS) {
      const { findings } = judge(book.inForce(region, day)!, step, someFacts(region, step), 'sandbox')
      t.same(findings, [], `${region} ${step}`)
    }
  }
})
