import fc from 'fast-check'
import t from 'tap'
import { type Facts, STEPS, type Step } from '../../../src/domain/facts.ts'
import type { Finding } from '../../../src/domain/finding.ts'
import { Problem } from '../../../src/domain/problems.ts'
import { holdMinutes, validityDays } from '../../../src/domain/rules/cited.ts'
import { judge } from '../../../src/domain/rules/judge.ts'
import type { AppliedRule, Figure, PolicyVersion } from '../../../src/domain/rules/policy-version.ts'
import { PACKAGE_ROOT } from '../../../src/package-root.ts'
import { loadPolicies } from '../../../src/policy/load-policies.ts'
import {
  aDrug,
  aLine,
  aSupply,
  DRUG,
  OTHER_DRUG,
  REGIONS,
  someFacts,
  type Wish,
} from '../../support/facts.ts'

const book = await loadPolicies(new URL('policies/', PACKAGE_ROOT))
const versionOf = (region: string) => book.inForce(region, REGIONS[region]!.day)!

const wish: fc.Arbitrary<Wish> = fc.record(
  {
    hospital: fc.constantFrom(null, { designations: [] }, { level: 'primary' as const }),
    pharmacy: fc.constantFrom(null, { designations: [] }),
    physician: fc.constantFrom(null, { title: 'resident' as const }, { filings: [] }),
    pharmacist: fc.constantFrom(null, { licenceValidTo: '2020-01-01' }),
    person: fc.constantFrom(null, { standing: 'suspended' as const }, { qualifications: [] }),
    line: fc.constantFrom({ days: 90 }, { restrictedScopeConfirmed: false }, { drugCode: OTHER_DRUG }),
    drug: fc.constantFrom(null, { lists: [] }, { special: 'narcotic' as const }, { coldChain: true }),
    history: fc.constant([aSupply({ endsOn: '2025-11-30' })]),
    prescription: fc.constantFrom({ longTerm: true }, { selfPay: true }, { setting: 'inpatient' as const }),
    now: fc.constantFrom('2025-11-22T15:59:59.999Z', '2025-11-22T16:00:00.000Z'),
  },
  { requiredKeys: [] },
)
const situation = fc.record({
  region: fc.constantFrom(...Object.keys(REGIONS)),
  step: fc.constantFrom(...STEPS),
  wish,
})

/** Every applied rule of every region: what may be added to a policy. */
const anyRule: fc.Arbitrary<AppliedRule> = fc.constantFrom(
  ...Object.keys(REGIONS).flatMap((region) => STEPS.flatMap((step) => versionOf(region).steps[step] ?? [])),
)

const asSet = (findings: readonly Finding[]) => findings.map((finding) => JSON.stringify(finding)).sort()

function judged(version: PolicyVersion, step: Step, facts: Facts): readonly Finding[] {
  return judge(version, step, facts, 'sandbox').findings
}

t.test('adding a rule never removes a finding', async (t) => {
  const holds = () =>
    fc.assert(
      fc.property(situation, anyRule, ({ region, step, wish }, added) => {
        const version = versionOf(region)
        const facts = someFacts(region, step, wish)
        const rules = version.steps[step] ?? []
        const more = { ...version, steps: { ...version.steps, [step]: [added, ...rules] } }
        const after = asSet(judged(more, step, facts))
        return asSet(judged(version, step, facts)).every((finding) => after.includes(finding))
      }),
      { numRuns: 400 },
    )
  t.doesNotThrow(holds)
})

t.test('a decision does not depend on the order of the rules', async (t) => {
  const holds = () =>
    fc.assert(
      fc.property(situation, fc.infiniteStream(fc.nat()), ({ region, step, wish }, numbers) => {
        const version = versionOf(region)
        const facts = someFacts(region, step, wish)
        const shuffled = (version.steps[step] ?? [])
          .map((rule) => ({ rule, rank: numbers.next().value }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ rule }) => rule)
        const other = { ...version, steps: { ...version.steps, [step]: shuffled } }
        t.same(asSet(judged(other, step, facts)), asSet(judged(version, step, facts)))
      }),
      { numRuns: 200 },
    )
  t.doesNotThrow(holds)
})

t.test('every finding has a source, an article and a sentence in both languages', async (t) => {
  const holds = () =>
    fc.assert(
      fc.property(situation, ({ region, step, wish }) =>
        judged(versionOf(region), step, someFacts(region, step, wish)).every(
          ({ ruleId, article, message }) =>
            /^[A-Z]{2}-/.test(ruleId) &&
            article !== '' &&
            message.zh.endsWith('。') &&
            message.en.endsWith('.'),
        ),
      ),
      { numRuns: 400 },
    )
  t.doesNotThrow(holds)
})

t.test('facts that went through JSON give the same judgement to the byte', async (t) => {
  const holds = () =>
    fc.assert(
      fc.property(situation, ({ region, step, wish }) => {
        const facts = someFacts(region, step, wish)
        const again = JSON.parse(JSON.stringify(facts)) as Facts
        const [a, b] = [facts, again].map((each) => judge(versionOf(region), step, each, 'sandbox'))
        return JSON.stringify(a) === JSON.stringify(b)
      }),
      { numRuns: 200 },
    )
  t.doesNotThrow(holds)
})

t.test('findings stand in the order of the policy, then by path', async (t) => {
  const lines = [2, 1].map((lineNo) => aLine('2025-11-20', { lineNo, restrictedScopeConfirmed: false }))
  const facts = someFacts('441400', 'intake', { lines, physician: { title: 'resident' } })
  t.same(
    judged(versionOf('441400'), 'intake', facts).map(({ rule, path }) => `${rule} ${path}`),
    [
      'physician-title /physician/practitionerId',
      'restricted-scope-confirmed /lines/0/restrictedScopeConfirmed',
      'restricted-scope-confirmed /lines/1/restrictedScopeConfirmed',
      'no-duplicate-supply /lines/1/drugCode',
    ],
  )
})

function withFigure(figure: Figure): PolicyVersion {
  const version = versionOf('441400')
  const days: Figure<number> = { value: 3, status: 'cited', source: 'MZ-6.3', article: '六' }
  const rule: AppliedRule = {
    rule: 'days-at-most',
    source: 'SX-8.1',
    article: '八',
    effect: 'warn',
    parameters: { days: figure },
  }
  return { ...version, validity: { days }, steps: { intake: [rule] } }
}

t.test('a sample marks its findings in the sandbox and refuses the step in production', async (t) => {
  const facts = someFacts('441400', 'intake', { line: { days: 31 } })
  const sample = withFigure({ value: 30, status: 'sample', source: 'SX-8.1' })
  const cited = withFigure({ value: 30, status: 'cited', source: 'SX-8.1' })
  const unset = withFigure({ status: 'unset', source: 'SX-8.1' })
  t.equal(judge(sample, 'intake', facts, 'sandbox').findings[0]?.restsOnSample, true)
  t.same(judge(sample, 'intake', facts, 'sandbox').uncited, [
    { rule: 'days-at-most', ruleId: 'SX-8.1', parameter: 'days', status: 'sample' },
  ])
  t.throws(() => judge(sample, 'intake', facts, 'production'), { code: 'policy-not-cited' })
  t.throws(() => judge(unset, 'intake', facts, 'sandbox'), { code: 'policy-not-cited' })
  t.throws(() => judge(unset, 'intake', facts, 'production'), { code: 'policy-not-cited' })
  const { findings, uncited } = judge(cited, 'intake', facts, 'production')
  t.equal(findings.length, 1)
  t.equal(findings[0]?.restsOnSample, undefined)
  t.same(uncited, [])
})

t.test('validity and hold follow the same mode; an uncited validity refuses intake', async (t) => {
  const version = withFigure({ value: 30, status: 'cited', source: 'SX-8.1' })
  t.equal(validityDays(version, 'production'), 3)
  t.equal(holdMinutes(version, 'sandbox'), 30)
  t.throws(() => holdMinutes(version, 'production'), Problem)
  const days: Figure<number> = { value: 3, status: 'sample', source: 'MZ-6.3' }
  const facts = someFacts('441400', 'intake')
  t.throws(() => judge({ ...version, validity: { days } }, 'intake', facts, 'production'), {
    code: 'policy-not-cited',
  })
})

t.test('a policy of another region never judges', async (t) => {
  t.throws(() => judge(versionOf('500000'), 'intake', someFacts('441400', 'intake'), 'sandbox'), RangeError)
})

t.test(
  'SX-2 a condition about a list leaves out other classes, CQ-4.4 one about self-pay changes the effect',
  async (t) => {
    const rules = (region: string, wish: Wish) =>
      judged(versionOf(region), 'intake', someFacts(region, 'intake', wish)).map(
        ({ ruleId, effect }) => `${ruleId} ${effect}`,
      )
    const person = { person: { qualifications: [] } }
    t.same(rules('140000', person), ['SX-4.3 reject'])
    t.same(rules('140000', { ...person, prescription: { setting: 'inpatient' } }), ['SX-14 reject'])
    t.same(rules('140000', { ...person, drugs: { [DRUG]: aDrug('negotiated', {}, 'large-amount') } }), [])
    const physician = { physician: { title: 'resident' as const } }
    t.same(rules('500000', physician), ['CQ-4.4 reject'])
    t.same(rules('500000', { ...physician, prescription: { selfPay: true } }), ['CQ-4.4 not-covered'])
  },
)
