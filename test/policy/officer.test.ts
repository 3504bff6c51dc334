import t from 'tap'
import { STEPS } from '../../src/domain/facts.ts'
import { term } from '../../src/domain/rules/terms.ts'
import { VOCABULARY } from '../../src/domain/rules/vocabulary.ts'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { compareVersions } from '../../src/policy/compare-versions.ts'
import { explainVersion } from '../../src/policy/explain-version.ts'
import { loadPolicies } from '../../src/policy/load-policies.ts'

const book = await loadPolicies(new URL('policies/', PACKAGE_ROOT))
const meizhou = book.inForce('441400', '2025-11-20')!

t.test('explain says every rule with its duty, article and effect, and leaves no place open', async (t) => {
  for (const { region } of book.regions()) {
    for (const version of book.versions(region)) {
      for (const language of ['zh', 'en'] as const) {
        const text = explainVersion(version, language).join('\n')
        t.notMatch(text, /\{\w+\}/, `${version.id} ${language}`)
        for (const { source, article } of STEPS.flatMap((step) => version.steps[step] ?? [])) {
          t.ok(text.includes(`[${source} ${article}`), `${version.id} ${source} ${article}`)
        }
      }
    }
  }
  const [sample] = explainVersion(meizhou, 'zh').filter((line) => line.includes('1440'))
  t.match(sample, `minutes: ${term('sample').zh}`)
})

t.test(
  'explain says what settlement, reimbursement, stock and workflows demand, with articles',
  async (t) => {
    for (const { region } of book.regions()) {
      for (const version of book.versions(region)) {
        const lines = explainVersion(version, 'zh')
        const { settlement, reimbursement, stock, workflows } = version
        const things = [
          ...(settlement?.parts ?? []).map((part) => ({ ...part, name: part.part })),
          ...(reimbursement?.occasions ?? []).map((terms) => ({ ...terms, name: terms.occasion })),
          ...(workflows?.admissions ?? []).flatMap((workflow) => [workflow, ...workflow.steps]),
          ...(workflows?.sanctions ?? []).map((sanction) => ({ ...sanction, name: sanction.kind })),
        ]
        for (const { source, article, name } of things) {
          const found = lines.some((line) => line.includes(`[${source} ${article}]`) && line.includes(name))
          t.ok(found, `${version.id} ${source} ${article} ${name}`)
        }
        if (stock !== undefined) t.ok(lines.some((line) => line.includes('uploadDays')))
      }
    }
    t.ok(explainVersion(meizhou, 'en').includes('  uploadDays: 7 (sample, MZ-9.4a 九（四）)'))
  },
)

t.test('diff tells what changed in settlement, reimbursement, stock and workflows', async (t) => {
  const [first, ...others] = meizhou.workflows!.admissions
  const deferred = meizhou.reimbursement!.occasions[0]!
  const papers = { ...deferred.papers, value: ['invoice'] }
  const after = {
    ...meizhou,
    stock: { uploadDays: { ...meizhou.stock!.uploadDays, value: 1 } },
    reimbursement: { occasions: [{ ...deferred, papers }] },
    workflows: { ...meizhou.workflows!, admissions: others },
  }
  const changes = compareVersions(meizhou, after, 'en')
  t.same(
    changes.map(({ kind, step, concerned }) => [kind, step, concerned]),
    [
      ['changed', 'reimbursement', ['patient', 'agency']],
      ['changed', 'stock', ['pharmacy', 'agency']],
      ['removed', 'workflows', ['hospital', 'patient', 'agency']],
    ],
  )
  t.equal(changes[0]!.after, '[MZ-6.7 六] deferred; papers: ["invoice"] (sample, MZ-6.7 六)')
  t.equal(changes[1]!.before, 'uploadDays: 7 (sample, MZ-9.4a 九（四）)')
  t.ok(changes[2]!.before?.startsWith(`[${first!.source} ${first!.article}] ${first!.title.en}`))
  const [admission] = others
  const [step] = admission!.steps
  const other = { ...step!, by: { ...step!.by, caller: 'agency' as const, as: 'officer' as const } }
  const moved = { ...admission!, steps: [other, ...admission!.steps.slice(1)] }
  const workflows = { ...meizhou.workflows!, admissions: [first!, moved, ...others.slice(1)] }
  const hidden = compareVersions(meizhou, { ...meizhou, workflows }, 'en')
  t.match(hidden, [{ kind: 'changed', step: 'workflows' }], 'what no line shows is told all the same')
  t.not(hidden[0]!.before, hidden[0]!.after)
  const capitation = compareVersions(
    book.version('210400/2019-11')!,
    book.version('210400/2021-01')!,
    'en',
  ).filter(({ step }) => step === 'settlement')
  t.match(capitation, [{ kind: 'added', after: '[FS-3.5a 三（五）] capitation' }])
})

t.test('a version compared with itself has no change, also in another order', async (t) => {
  t.same(compareVersions(meizhou, meizhou, 'zh'), [])
  const reversed = { ...meizhou, steps: { ...meizhou.steps, intake: [...meizhou.steps.intake!].reverse() } }
  const changed = compareVersions(meizhou, reversed, 'zh').map(({ kind }) => kind)
  t.same(changed, [])
})

t.test('diff tells an added, a removed and a changed rule, and whom it concerns', async (t) => {
  const [first, ...rest] = meizhou.steps.review!
  const after = {
    ...meizhou,
    validity: { days: { value: 7, status: 'cited', source: 'MZ-6.3', article: '六' } as const },
    steps: {
      ...meizhou.steps,
      choice: [...meizhou.steps.choice!, first!],
      review: rest.map((rule, index) => (index === 0 ? { ...rule, effect: 'warn' as const } : rule)),
    },
  }
  t.same(
    compareVersions(meizhou, after, 'en').map(({ kind, step, concerned }) => [kind, step, concerned]),
    [
      ['changed', 'validity', ['patient', 'pharmacy']],
      ['added', 'choice', ['patient', 'pharmacy']],
      ['removed', 'review', ['pharmacy']],
      ['changed', 'review', ['pharmacy']],
    ],
  )
})

t.test('FS-3.5a SC-N1 each day has the version in force on it, and none before the first', async (t) => {
  const id = (region: string, day: string) => book.inForce(region, day)?.id
  t.equal(id('210400', '2019-11-27'), undefined)
  t.equal(id('210400', '2020-12-31'), '210400/2019-11')
  t.equal(id('210400', '2021-01-01'), '210400/2021-01')
  t.equal(id('500000', '2021-02-28'), undefined)
  t.equal(id('500000', '2021-03-01'), '500000/2021-03')
  t.equal(id('999999', '2025-01-01'), undefined)
  t.equal(book.version('441400/2023-12'), meizhou)
  t.equal(book.version('441400/none'), undefined)
})

t.test('the vocabulary is small: every rule is used by a policy', async (t) => {
  const used = new Set(
    book
      .regions()
      .flatMap(({ region }) =>
        book
          .versions(region)
          .flatMap(({ steps }) => STEPS.flatMap((step) => (steps[step] ?? []).map(({ rule }) => rule))),
      ),
  )
  t.same(
    [...VOCABULARY.keys()].filter((name) => !used.has(name)),
    [],
  )
})
