import t from 'tap'
import { STEPS, type Step } from '../../src/domain/facts.ts'
import { judge } from '../../src/domain/rules/judge.ts'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { loadPolicies } from '../../src/policy/load-policies.ts'
import { aDrug, aLine, DRUG, OTHER_DRUG, someFacts, type Wish } from '../support/facts.ts'

const book = await loadPolicies(new URL('policies/', PACKAGE_ROOT))
const version = book.inForce('441400', '2025-11-20')!

function found(step: Step, wish: Wish = {}): string[] {
  return judge(version, step, someFacts('441400', step, wish), 'sandbox').findings.map(
    ({ ruleId, rule, effect }) => `${ruleId} ${rule} ${effect}`,
  )
}

t.test('a prescription that meets every duty of Meizhou has no finding at any step', async (t) => {
  for (const step of STEPS) t.same(found(step), [], step)
})

t.test('each duty of Meizhou refuses at its step, and nothing else does', async (t) => {
  const ended = { institutionId: 'x', kind: 'dual-channel', agreementNo: 'A', basis: 'application' } as const
  const cases: readonly (readonly [Step, Wish, string])[] = [
    ['intake', { drug: { special: 'narcotic' } }, 'MZ-2 excluded-special-drug reject'],
    ['intake', { drug: { lists: [] } }, 'MZ-2 drug-on-list reject'],
    ['intake', { hospital: { designations: [] } }, 'MZ-4.1 designated-institution reject'],
    ['intake', { physician: { title: 'attending' } }, 'MZ-4.3b physician-title reject'],
    ['intake', { physician: { filings: [] } }, 'MZ-4.3b practitioner-filed reject'],
    ['intake', { line: { restrictedScopeConfirmed: false } }, 'MZ-6.1 restricted-scope-confirmed reject'],
    ['intake', { person: { standing: 'suspended' } }, 'MZ-6.1 insured-standing reject'],
    ['intake', { person: { insuredRegion: '440100' } }, 'MZ-6.1 insured-here reject'],
    ['intake', { facts: { patientMatches: false } }, 'MZ-6.1 patient-matches reject'],
    [
      'choice',
      { pharmacy: { designations: [{ ...ended, validFrom: '2023-12-01', validTo: '2025-11-19' }] } },
      'MZ-5 designated-institution reject',
    ],
    ['taking', { now: '2025-11-22T16:00:00.000Z' }, 'MZ-6.3 within-validity reject'],
    ['review', { pharmacist: { licenceValidTo: '2025-11-19' } }, 'MZ-6.5 licence-live reject'],
    ['hand-over', { facts: { statement: { signed: false } } }, 'MZ-6.5 statement-signed reject'],
    ['hand-over', { facts: { papersIssued: ['receipt', 'fee-list'] } }, 'MZ-6.5 papers-issued reject'],
    ['hand-over', { facts: { papersIssued: [] } }, 'MZ-6.5 papers-issued reject'],
  ]
  for (const [step, wish, expected] of cases) t.same(found(step, wish), [expected])
})

t.test('MZ-6.2 an ordinary drug beside a listed one is refused on its own line', async (t) => {
  const drugs = {
    [DRUG]: aDrug('dual-channel'),
    [OTHER_DRUG]: aDrug('ordinary', { drugCode: OTHER_DRUG, ingredient: '另一成分' }),
  }
  const lines = [aLine('2025-11-20'), aLine('2025-11-20', { lineNo: 2, drugCode: OTHER_DRUG })]
  const { findings } = judge(version, 'intake', someFacts('441400', 'intake', { drugs, lines }), 'sandbox')
  t.same(
    findings.map(({ ruleId, path, lineNo }) => [ruleId, path, lineNo]),
    [
      ['MZ-2', '/lines/1/drugCode', 2],
      ['MZ-6.2', '/lines/1/drugCode', 2],
    ],
  )
})

t.test('an unknown patient, hospital, physician, pharmacy, pharmacist or drug never passes', async (t) => {
  for (const part of ['person', 'hospital', 'physician', 'drug'] as const) {
    t.ok(
      found('intake', { [part]: null }).some((finding) => finding.endsWith('reject')),
      part,
    )
  }
  for (const step of ['choice', 'taking', 'settlement'] as const)
    t.not(found(step, { pharmacy: null }).length, 0)
  t.not(found('review', { pharmacist: null }).length, 0)
})
