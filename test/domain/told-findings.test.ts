import t from 'tap'
import type { Finding } from '../../src/domain/finding.ts'
import { judge } from '../../src/domain/rules/judge.ts'
import { saidOnce } from '../../src/domain/told-findings.ts'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { loadPolicies } from '../../src/policy/load-policies.ts'
import { REGIONS, someFacts } from '../support/facts.ts'

const book = await loadPolicies(new URL('policies/', PACKAGE_ROOT))

for (const [step, who, path] of [
  ['intake', 'physician', '/physician/practitionerId'],
  ['review', 'pharmacist', undefined],
] as const) {
  t.test(`MZ-6.5 an unknown ${who} is told once, with every duty that asks for one`, async (t) => {
    const version = book.inForce('441400', REGIONS['441400']!.day)!
    const facts = someFacts('441400', step, { [who]: null })
    const all = judge(version, step, facts, 'sandbox').findings
    const about = all.filter((finding) => finding.path === path)
    t.ok(about.length > 1, 'every rule about somebody unknown fails')
    const told = saidOnce(all).filter((finding) => finding.path === path)
    t.equal(told.length, 1)
    const named = [told[0]!.ruleId, ...(told[0]!.alsoRuleIds ?? [])].sort()
    t.same(named, [...new Set(about.map(({ ruleId }) => ruleId))].sort())
  })
}

t.test('the strictest effect is told, other sentences and other fields stay', async (t) => {
  const message = { zh: '甲。', en: 'A.' }
  const finding = (ruleId: string, more: Partial<Finding> = {}): Finding => ({
    ruleId,
    rule: 'some-rule',
    article: '一',
    effect: 'warn',
    path: '/a',
    message,
    ...more,
  })
  const other = finding('X-4', { path: '/b' })
  const again = finding('X-5', { message: { zh: '乙。', en: 'B.' } })
  const all = [
    finding('X-1'),
    other,
    finding('X-2', { effect: 'reject' }),
    finding('X-3', { effect: 'not-covered' }),
    again,
  ]
  t.same(saidOnce(all), [finding('X-2', { effect: 'reject', alsoRuleIds: ['X-1', 'X-3'] }), other, again])
  t.same(saidOnce([finding('X-1'), finding('X-1')]), [finding('X-1')], 'a duty twice is named once')
})
