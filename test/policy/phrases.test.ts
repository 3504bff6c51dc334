import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { parse } from 'yaml'
import type { PolicyDocument } from '../../src/domain/rules/policy-version.ts'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { documentOf } from '../../src/policy/version-faults.ts'
import { articleText, timesFound, writtenNumbers } from '../support/seed-articles.ts'

interface CitedFigure {
  readonly name: string
  readonly value: unknown
  readonly source: string
  readonly article: string
}

const folder = new URL('policies/', PACKAGE_ROOT)
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
const policies = files.map((name) => ({
  file: name,
  ...(parse(readFileSync(new URL(name, folder), 'utf8'), { maxAliasCount: 10_000 }) as {
    documents: Record<string, PolicyDocument>
    versions: unknown
  }),
}))

/** Every figure that a file calls cited, with the article that speaks for it. */
function citedIn(node: unknown, above: { source?: string; article?: string } = {}, name = ''): CitedFigure[] {
  if (typeof node !== 'object' || node === null) return []
  const own = node as { status?: string; source?: string; article?: string; value?: unknown }
  if (own.status !== undefined) {
    if (own.status !== 'cited') return []
    const article = own.article ?? (above.source === own.source ? above.article : undefined)
    return [{ name, value: own.value, source: own.source!, article: article! }]
  }
  const here = {
    ...above,
    ...(own.source === undefined ? {} : { source: own.source, article: own.article! }),
  }
  return Object.entries(node).flatMap(([key, member]) =>
    citedIn(member, here, Array.isArray(node) ? name : key),
  )
}

/** The numbers of a figure as a document would write them: a ratio in per cent. */
function numbersOf(value: unknown, name: string): number[] {
  if (typeof value === 'number') return [name.endsWith('Bp') ? value / 100 : value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) =>
    numbersOf(member, Array.isArray(value) ? name : key),
  )
}

for (const { file, documents, versions } of policies) {
  t.test(`${file}: every cited figure rests on words of its article, its numbers among them`, async (t) => {
    const figures = citedIn(versions)
    t.ok(figures.length > 0)
    for (const figure of figures) {
      const { source, article } = figure
      const phrases = documents[documentOf(source, documents)!]!.phrases?.[source]?.[article] ?? []
      const what = `${source} ${article} ${figure.name}`
      t.not(phrases.length, 0, `${what} has a key phrase`)
      const written = phrases.flatMap(writtenNumbers)
      for (const number of numbersOf(figure.value, figure.name))
        t.ok(written.includes(number), `${what}: ${number} is written in ${phrases.join(' | ')}`)
    }
  })
}

const seeds = process.env['SEED_DOCUMENTS_DIR']
t.test(
  'every key phrase stands once in the article that is named, in the document as it was published',
  seeds === undefined
    ? { skip: 'SEED_DOCUMENTS_DIR names no folder: the published documents are not part of this repository' }
    : {},
  async (t) => {
    for (const { documents } of policies) {
      for (const { seed, number, phrases = {} } of Object.values(documents)) {
        const text = readFileSync(join(seeds!, seed!), 'utf8')
        for (const [duty, articles] of Object.entries(phrases)) {
          for (const [article, words] of Object.entries(articles)) {
            const within = articleText(text, number, article)
            for (const phrase of words)
              t.equal(within && timesFound(within, phrase), 1, `${duty} ${article}: ${phrase}`)
          }
        }
      }
    }
  },
)

t.test('articles are found by their headings, and a phrase only where it stands', async (t) => {
  const text = [
    '某文〔2020〕1号',
    '1、 总则',
    '有效期为3天。',
    '二、办法',
    '（一）起付。1、每年一次；2、按最高 等级',
    '收取。',
    '(二) 比例为80%。比例为80%。',
    '附件',
    '某函〔2020〕2号',
    '二、 附则',
    '第 7 日起施行。',
  ].join('\n')
  t.equal(articleText(text, '某文〔2020〕1号', '一'), '1、总则有效期为3天。')
  t.equal(articleText(text, '某文〔2020〕1号', '二（一）2'), '2、按最高等级收取。')
  t.equal(timesFound(articleText(text, '某文〔2020〕1号', '二（二）')!, '比例为80%'), 2)
  t.equal(timesFound(articleText(text, undefined, '一')!, '比例为80%'), 0)
  t.equal(articleText(text, '某函〔2020〕2号', '二'), '二、附则第7日起施行。')
  t.equal(articleText(text, undefined, '三'), undefined)
  t.equal(articleText('第十六条 甲\n第十七条 乙\n（一） 丙', undefined, '第十七条（一）'), '（一）丙')
  t.same(writtenNumbers('一个年度内选择1—2名，各两家'), [1, 1, 2, 2])
})
