import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { STEPS } from '../../src/domain/facts.ts'
import type { PolicyVersion } from '../../src/domain/rules/policy-version.ts'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import type { PolicyBook } from '../../src/policy/policy-book.ts'
import { DUTIES, type Duty } from './duty-ids.ts'

/** What stands behind one duty. */
export interface Proof {
  readonly duty: Duty
  /** Source files that carry it out. */
  readonly code: readonly string[]
  /** Where policy files cite it: `441400 intake physician-title (reject)`. */
  readonly policy: readonly string[]
  /** Titles of tests that name it, by what their text shows. */
  readonly accepts: readonly string[]
  readonly refuses: readonly string[]
}

/** Where proofs are looked for, the nearest to a user first. */
const TEST_ROOMS = ['journeys', 'http', 'usecases', 'policy', 'domain', '']
/** As many of each kind as a table can show. */
const SHOWN = 3
const REFUSES =
  /refus|reject|not-covered|declin|throws|wrong-state|atOwnCost|unpaid|expired|malformed|incomplete/
const ACCEPTS = /\[\]|dispensed|settled|approved|accepted|20[0-4]|findingsAt\(hub\)|t\.ok\(|t\.equal\(/

/** Finds what stands behind every duty: code, policies, tests. */
export function proofs(book: PolicyBook): Proof[] {
  const code = filesUnder('src').map((path) => ({ path, text: read(path) }))
  const cited = book
    .regions()
    .flatMap(({ region }) => book.versions(region).flatMap((version) => citations(version)))
  const tests = filesUnder('test')
    .filter((path) => path.endsWith('.test.ts'))
    .flatMap(testsOf)
  return DUTIES.map((duty) => {
    const names = new RegExp(`(?<![\\w.-])${duty.id.replaceAll('.', '\\.')}(?![\\w]|\\.\\d)`)
    const own = cited.filter(({ source }) => source === duty.id)
    const citing = code.filter(({ text }) => names.test(text)).map(({ path }) => path)
    const named = tests.filter(({ title }) => names.test(title))
    const titles = (kind: RegExp) =>
      [
        ...new Set(named.filter(({ text }) => kind.test(text)).map(({ path, title }) => `${path}: ${title}`)),
      ].slice(0, SHOWN)
    return {
      duty,
      code: [...new Set([...own.flatMap(({ file }) => file), ...citing])].slice(0, 2 * SHOWN),
      policy: [...new Set(own.map(({ label }) => label))],
      accepts: titles(ACCEPTS),
      refuses: titles(REFUSES),
    }
  })
}

/** The duties that nothing proves. */
export function unproved(all: readonly Proof[]): string[] {
  return all
    .filter(
      ({ code, policy, accepts, refuses }) =>
        code.length + policy.length === 0 || accepts.length + refuses.length === 0,
    )
    .map(({ duty }) => duty.id)
}

/** The table as Markdown. */
export function dutyTable(all: readonly Proof[]): string {
  const lines = all.flatMap(({ duty, code, policy, accepts, refuses }) => [
    `## ${duty.id} ${duty.title}`,
    '',
    ...(duty.lacks === undefined ? [] : [`Not carried yet: ${duty.lacks}.`, '']),
    ...list(
      'Code',
      code.map((path) => `\`${path}\``),
    ),
    ...list('Policies', policy),
    ...list('Accepted or worked out by', accepts),
    ...list('Refused or not covered by', refuses),
    '',
  ])
  const open = unproved(all)
  const partly = all.filter(({ duty }) => duty.lacks !== undefined && !open.includes(duty.id))
  return `${[
    '# Duties',
    '',
    'Every duty of the five documents, with the code, the policy lines and the tests that prove it. Written by',
    '`npm run duties`; a test fails when it is out of date. Tests stand under what their text shows: that something',
    'is accepted or worked out, that something is refused or not covered, or both.',
    '',
    `${all.length} duties. ${open.length === 0 ? 'None is without a proof.' : `Without a proof: ${open.join(', ')}.`}`,
    ...(partly.length === 0 ? [] : [`Proved in part: ${partly.map(({ duty }) => duty.id).join(', ')}.`]),
    '',
    ...lines,
  ]
    .join('\n')
    .trimEnd()}\n`
}

function list(name: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`- ${name}:`, ...items.map((item) => `  - ${item}`)]
}

interface Citation {
  readonly source: string
  readonly label: string
  readonly file: readonly string[]
}

/** Everywhere in a version where a duty is named as a source. */
function citations(version: PolicyVersion): Citation[] {
  const { steps, settlement, ...rest } = version
  const ofSteps = STEPS.flatMap((step) =>
    (steps[step] ?? []).flatMap((applied) =>
      sourcesIn(applied).map((source) => ({
        source,
        label: `${version.region} ${step}: ${applied.rule} (${applied.effect})`,
        file: [`src/domain/rules/${applied.rule}.ts`],
      })),
    ),
  )
  const ofSettlement = (settlement?.parts ?? []).flatMap((part) =>
    sourcesIn(part).map((source) => ({
      source,
      label: `${version.region} settlement part ${part.part}`,
      file: [`src/domain/settlement/parts/${part.part}.ts`],
    })),
  )
  const ofRest = Object.entries(rest).flatMap(([name, value]) =>
    sourcesIn(value).map((source) => ({ source, label: `${version.region} ${name}`, file: [] })),
  )
  return [...ofSteps, ...ofSettlement, ...ofRest].map((citation) => ({
    ...citation,
    file: citation.file.filter((path) => existsSync(new URL(path, PACKAGE_ROOT))),
  }))
}

function sourcesIn(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, member]) =>
    key === 'source' && typeof member === 'string' ? [member] : sourcesIn(member),
  )
}

interface NamedTest {
  readonly path: string
  readonly title: string
  /** From the title to the next one. */
  readonly text: string
}

/** The tests of a file with a title that is written out. */
function testsOf(path: string): NamedTest[] {
  const text = read(path)
  const found = [...text.matchAll(/\bt\.test\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g)]
  return found.map((match, index) => ({
    path,
    title: match[2]!.replaceAll(/\$\{\w+\}/g, '…').replaceAll('\\', ''),
    text: text.slice(match.index, found[index + 1]?.index),
  }))
}

/** TypeScript files, those of the rooms nearest to a user first. */
function filesUnder(folder: string): string[] {
  const found = readdirSync(new URL(folder, PACKAGE_ROOT), { recursive: true }) as string[]
  const rank = (path: string) => TEST_ROOMS.findIndex((room) => path.startsWith(`test/${room}`))
  return found
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`)
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
}

function read(path: string): string {
  return readFileSync(new URL(path, PACKAGE_ROOT), 'utf8')
}
