import t from 'tap'
import { STEPS, type Step } from '../../src/domain/facts.ts'
import { judge } from '../../src/domain/rules/judge.ts'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { loadPolicies } from '../../src/policy/load-policies.ts'
import { aSupply, DRUG, OTHER_DRUG, PERSON, REGIONS, someFacts, type Wish } from '../support/facts.ts'

const book = await loadPolicies(new URL('policies/', PACKAGE_ROOT))

function found(region: string, step: Step, wish: Wish = {}): string[] {
  const facts = someFacts(region, step, wish)
  return judge(book.inForce(region, REGIONS[region]!.day)!, step, facts, 'sandbox').findings.map(
    ({ ruleId, effect }) => `${ruleId} ${effect}`,
  )
}

t.test('every region has a policy, and valid facts of it pass every step', async (t) => {
  t.same(
    book.regions().map(({ region }) => region),
    Object.keys(REGIONS).sort(),
  )
  for (const region of Object.keys(REGIONS)) {
    for (const step of STEPS) t.same(found(region, step), [], `${region} ${step}`)
  }
})

t.test('at each step of each region, who or what no register knows never passes', async (t) => {
  for (const region of Object.keys(REGIONS)) {
    for (const part of ['person', 'hospital', 'physician', 'drug'] as const) {
      t.not(found(region, 'intake', { [part]: null }).length, 0, `${region} ${part}`)
    }
    for (const step of ['choice', 'taking', 'settlement'] as const) {
      t.not(found(region, step, { pharmacy: null }).length, 0, `${region} ${step}`)
    }
    t.not(found(region, 'review', { pharmacist: null }).length, 0, `${region} review`)
  }
})

t.test('the negative cases that each document names', async (t) => {
  const listing = (listId: string, more: object) =>
    ({ drug: { lists: [{ listId, drugCode: DRUG, ...more }] } }) as unknown as Wish
  const qualified = (...list: readonly object[]) =>
    ({
      person: {
        qualifications: list.map((entry) => ({ personId: PERSON, validFrom: '2025-11-01', ...entry })),
      },
    }) as unknown as Wish
  const sanctioned = (part: string, kind: string) =>
    ({
      [part]: {
        sanctions: [{ subject: part, subjectId: 'x', kind, reason: '样例', validFrom: '2025-11-01' }],
      },
    }) as unknown as Wish
  const sxDrug = { kind: 'drug', drugCodes: [DRUG], hospitalId: 'H44140200001' }
  const price = (unitPriceFen: number) => ({
    facts: { supply: [{ ...someFacts('500000', 'settlement').supply![0]!, unitPriceFen }] },
  })
  const cases: readonly (readonly [string, Step, Wish, readonly string[]])[] = [
    ['500000', 'intake', { person: { standing: 'suspended' } }, ['CQ-2.1 reject']],
    ['500000', 'intake', listing('x', { validFrom: '2020-01-01' }), ['CQ-2.2 reject']],
    [
      '500000',
      'intake',
      listing('outpatient-security', { validFrom: '2020-01-01', agreementEnd: '2025-11-19' }),
      ['CQ-2.6 reject'],
    ],
    ['500000', 'intake', { person: { qualifications: [] } }, ['CQ-4.1 reject']],
    ['500000', 'intake', { hospital: { level: 'primary' } }, []],
    [
      '500000',
      'intake',
      { drug: { geneTestRequired: true }, hospital: { geneTesting: false } },
      ['CQ-4.3 reject'],
    ],
    ['500000', 'intake', listing('special-disease', { validFrom: '2020-01-01' }), ['CQ-2.3 reject']],
    [
      '500000',
      'intake',
      {
        ...listing('special-disease', { validFrom: '2020-01-01' }),
        person: { specialDisease: true, qualifications: [] },
        physician: { title: 'resident', filings: [] },
        hospital: { level: 'primary', geneTesting: false },
      },
      [],
    ],
    ['500000', 'intake', { physician: { title: 'resident' } }, ['CQ-4.4 reject']],
    ['500000', 'choice', { pharmacy: { designations: [] } }, ['CQ-3 reject']],
    ['500000', 'settlement', price(1000), []],
    ['500000', 'settlement', price(1001), ['CQ-5.1 reject']],
    ['140000', 'intake', { facts: { signers: someFacts('500000', 'intake').signers } }, ['SX-8.2 reject']],
    ['140000', 'intake', { physician: { filings: [] } }, ['SX-3 reject']],
    ['140000', 'intake', { line: { days: 31 } }, ['SX-8.1 reject']],
    ['140000', 'intake', qualified({ ...sxDrug, hospitalId: 'H9' }), ['SX-6 reject']],
    ['140000', 'intake', qualified({ ...sxDrug, validFrom: '2024-11-20' }), ['SX-4.3 reject', 'SX-7 warn']],
    [
      '140000',
      'intake',
      qualified({ ...sxDrug, assessment: 'progressed', assessedOn: '2025-11-10' }),
      ['SX-7 not-covered'],
    ],
    [
      '140000',
      'intake',
      { history: [aSupply({ drugCode: OTHER_DRUG, ingredient: '另一成分', endsOn: '2025-11-30' })] },
      ['SX-9 reject'],
    ],
    ['140000', 'intake', listing('negotiated', { validFrom: '2026-01-01' }), ['SX-17.1 not-covered']],
    ['140000', 'intake', listing('x', { validFrom: '2020-01-01' }), ['SX-17.6 not-covered']],
    ['140000', 'settlement', { physician: { filings: [] } }, ['SX-17.2 not-covered']],
    ['140000', 'settlement', { drug: { restrictedIcd: ['C50'] } }, ['SX-17.3 not-covered']],
    ['140000', 'settlement', { line: { remaining: '29' } }, ['SX-17.5 not-covered']],
    [
      '140000',
      'hand-over',
      { facts: { buyer: { relation: 'agent', identityChecked: true } } },
      ['SX-10.1 reject'],
    ],
    [
      '140000',
      'hand-over',
      {
        drug: { coldChain: true },
        facts: { delivery: { way: 'counter', feeFen: 0, coldChain: 'ice-pack' } },
      },
      ['SX-10.3 reject'],
    ],
    ['510600', 'intake', { hospital: { designations: [] } }, ['SC-D3 reject']],
    ['510600', 'intake', { person: { qualifications: [] } }, ['SC-D4 reject']],
    ['510600', 'intake', { drug: { restrictedIcd: ['C50'] } }, ['SC-D4b reject']],
    ['510600', 'intake', sanctioned('hospital', 'removed'), ['SC-P2 reject']],
    ['510600', 'choice', { pharmacy: { designations: [] } }, ['SC-D3 reject']],
    ['210400', 'intake', { person: { scheme: 'employee' } }, ['FS-2.1 reject']],
    ['210400', 'intake', { hospital: { level: 'tertiary' } }, ['FS-2.3 reject']],
    ['210400', 'intake', { drug: { lists: [] } }, ['FS-2.2 reject']],
    ['210400', 'intake', { history: [aSupply({ endsOn: '2025-11-20' })] }, ['FS-3.4 reject']],
    ['210400', 'intake', sanctioned('physician', 'qualification-lost'), ['FS-4.2a reject']],
    ['210400', 'intake', sanctioned('person', 'benefit-excluded'), ['FS-4.2b reject']],
    ['210400', 'intake', sanctioned('person', 'watch-list'), ['FS-4.2b warn']],
    ['210400', 'settlement', sanctioned('person', 'benefit-excluded'), ['FS-4.2b not-covered']],
    ['210400', 'hand-over', price(1001), ['FS-3.4 reject']],
    ['210400', 'choice', { pharmacy: { kind: 'pharmacy' } }, ['FS-2.3 reject']],
    ['210400', 'taking', { pharmacy: { institutionId: 'H21040300009' } }, ['FS-3.6 reject']],
    ['210400', 'settlement', { pharmacy: { institutionId: 'H21040300009' } }, ['FS-3.6 reject']],
    ['210400', 'settlement', { person: { qualifications: [] } }, ['FS-2.1 not-covered']],
  ]
  // A rule may have several sentences about one fault.
  for (const [region, step, wish, expected] of cases)
    t.same([...new Set(found(region, step, wish))], expected, expected.join())
})

t.test(
  'MZ-6.5 SX-10.1 FS-3.4 SC-D3 CQ-4.5 the pharmacist at the hand-over is judged as at the review',
  async (t) => {
    for (const region of Object.keys(REGIONS)) {
      const rulesAt = (step: Step) =>
        (book.inForce(region, REGIONS[region]!.day)!.steps[step] ?? []).filter(
          ({ parameters }) => parameters['subject']?.value === 'pharmacist',
        )
      t.not(rulesAt('review').length, 0, region)
      const atHandOver = rulesAt('hand-over').map(({ rule }) => rule)
      for (const rule of rulesAt('review')) t.ok(atHandOver.includes(rule.rule), `${region} ${rule.rule}`)
      t.not(found(region, 'hand-over', { pharmacist: null }).length, 0, `${region} an unknown pharmacist`)
    }
  },
)
