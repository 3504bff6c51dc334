import { readdir } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Pool } from 'pg'
import { readSettings } from './config.ts'
import { addDays, dayOf, isCivilDay, startOfDay } from './domain/primitives/civil-day.ts'
import type { PolicyVersion } from './domain/rules/policy-version.ts'
import { compareVersions } from './policy/compare-versions.ts'
import { CannotDecide } from './policy/decide-figure.ts'
import { explainVersion, type Language } from './policy/explain-version.ts'
import { loadPolicies } from './policy/load-policies.ts'
import type { PolicyBook } from './policy/policy-book.ts'
import { PolicyError } from './policy/policy-fault.ts'
import { decideInFolder, openFiguresOf } from './policy/policy-folder.ts'
import { openPool } from './storage/database.ts'
import { findDecision } from './storage/decision-stream.ts'
import { explainDecision } from './usecases/replay/explain-decision.ts'
import { reportLines } from './usecases/replay/report-lines.ts'
import { replay } from './usecases/replay.ts'

const USAGE = `npm run policy -- check [--production]   names every figure that production doesn't serve; then the exit code is 1
npm run policy -- decide VERSION PATH… [--value JSON] --by WHO --on DAY --number NO --why REASON
                                    writes one decision into the file, of one figure or several; PATH as check --production
                                    names it: /hold/minutes
npm run policy -- explain REGION [DATE]
npm run policy -- diff A B          A, B: a version id (210400/2019-11) or REGION@DATE
npm run policy -- replay --database URL [--region R] [--from DAY] [--to DAY]
npm run policy -- decision --database URL DECISION_ID
Options: --policies FOLDER (default: POLICIES_DIR, else policies), --lang zh|en (default: zh)
`

/** A command that cannot be carried out; its message is for the officer. */
class UsageError extends Error {
  override readonly name = 'UsageError'
}

/**
 * The policy officer's tool.
 *
 * @param args without the program's name
 * @param today the day for `explain` without a date
 * @returns what to print
 * @throws UsageError, PolicyError
 */
async function run(args: readonly string[], today: string): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      policies: { type: 'string' },
      lang: { type: 'string', default: 'zh' },
      database: { type: 'string' },
      region: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      production: { type: 'boolean', default: false },
      value: { type: 'string' },
      by: { type: 'string' },
      on: { type: 'string' },
      number: { type: 'string' },
      why: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const [command, ...names] = positionals
  if (values.help || command === undefined) return USAGE
  if (values.lang !== 'zh' && values.lang !== 'en')
    throw new UsageError(`--lang is zh or en, not ${values.lang}`)
  const language: Language = values.lang
  const folder = values.policies ?? readSettings(process.env, ['policiesDir']).policiesDir
  if (command === 'check') return await check(folder, values.production ? today : undefined)
  if (command === 'decide' && names.length >= 2)
    return await decide(folder, names[0]!, names.slice(1), values)
  const book = await loadPolicies(folder)
  if (command === 'explain' && (names.length === 1 || names.length === 2)) {
    const version = find(book, `${names[0]}@${names[1] ?? today}`)
    return `${explainVersion(version, language).join('\n')}\n`
  }
  if (command === 'diff' && names.length === 2)
    return diff(find(book, names[0]!), find(book, names[1]!), language)
  if (command === 'replay' && names.length === 0) {
    return await withDatabase(values.database, (pool) => replayAll(pool, book, values, language))
  }
  if (command === 'decision' && names.length === 1) {
    return await withDatabase(values.database, (pool) => oneDecision(pool, book, names[0]!, language))
  }
  throw new UsageError(USAGE)
}

async function withDatabase(url: string | undefined, work: (pool: Pool) => Promise<string>): Promise<string> {
  if (url === undefined) throw new UsageError('--database names the database: postgres://…')
  const pool = openPool(url, 1)
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
}

/** Judges the past by these policy files. Differences are the answer, not an error. */
async function replayAll(
  pool: Pool,
  book: PolicyBook,
  { region, from, to }: { region?: string; from?: string; to?: string },
  language: Language,
): Promise<string> {
  for (const day of [from, to]) {
    if (day !== undefined && !isCivilDay(day)) throw new UsageError(`${day} is not a date like 2025-11-20.`)
  }
  const known = book.regions().map((entry) => entry.region)
  if (region !== undefined && !known.includes(region)) {
    throw new UsageError(`There is no policy of ${region}. Known: ${known.join(', ')}`)
  }
  const report = await replay(pool, book, {
    regions: region === undefined ? known : [region],
    ...(from === undefined ? {} : { since: startOfDay(from) }),
    ...(to === undefined ? {} : { before: startOfDay(addDays(to, 1)) }),
    onProgress: (what, done) => process.stderr.write(`${what}: ${done}\n`),
  })
  return `${reportLines(report, language).join('\n')}\n`
}

async function oneDecision(pool: Pool, book: PolicyBook, id: string, language: Language): Promise<string> {
  const regions = book.regions().map(({ region }) => region)
  const found = /^[0-9a-f-]{36}$/.test(id) ? await findDecision(pool, regions, id) : undefined
  if (found === undefined) throw new UsageError(`There is no decision ${id}.`)
  return `${explainDecision(found, book, language).join('\n')}\n`
}

/** @param productionDay the day from which all versions must be fit for production; undefined asks for no more than no fault */
async function check(folder: string, productionDay: string | undefined): Promise<string> {
  const book = await loadPolicies(folder)
  const lines = book.regions().map(({ region, name }) => {
    const ids = book.versions(region).map(({ id, from, to }) => `${id} (${from} – ${to ?? ''})`)
    return `${region} ${name.zh} ${name.en}: ${ids.join(', ')}`
  })
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).length
  const head = [...lines, `${files} policy files, no fault.`]
  if (productionDay === undefined) return `${head.join('\n')}\n`
  const missing = (await openFiguresOf(folder, productionDay)).map(
    ({ file, line, version, path, status, source }) =>
      `${file}:${line} ${version} ${path} ${status} ${source}`,
  )
  if (missing.length === 0) return `${[...head, '可用于生产 · Fit for production.'].join('\n')}\n`
  process.exitCode = 1
  const sentence =
    `${missing.length} 个参数既无文件依据也无决定，所属统筹区在生产环境不提供服务 · ` +
    `${missing.length} figures are neither cited nor decided: production does not serve their regions.`
  return `${[...head, ...missing, sentence].join('\n')}\n`
}

async function decide(
  folder: string,
  version: string,
  paths: readonly string[],
  given: { readonly [option: string]: string | boolean | undefined },
): Promise<string> {
  const absent = ['by', 'on', 'number', 'why'].filter((name) => !given[name])
  if (absent.length > 0)
    throw new UsageError(
      `A decision names by whom, on which day, under which number and why. Missing: ${absent.map((name) => `--${name}`).join(' ')}`,
    )
  const [by, on, number, why] = ['by', 'on', 'number', 'why'].map((name) => String(given[name])) as [
    string,
    string,
    string,
    string,
  ]
  if (!isCivilDay(on)) throw new UsageError(`--on ${on} is not a date like 2025-11-20.`)
  const { file, also, already } = await decideInFolder(folder, {
    version,
    paths,
    ...(given['value'] === undefined ? {} : { value: jsonOf(String(given['value'])) }),
    decision: { by, on, number, why },
  })
  const path = paths.join(' ')
  if (already)
    return `${file}: ${version} ${path} 此前已如此决定，文件未变 · decided so already, nothing written\n`
  const shared = also.map((each) => `  ${each}`)
  return `${[`${file}: ${version} ${path} 已决定 · decided`, ...(shared.length > 0 ? ['同一处写定，一并改变 · Written as one with it, so decided too:', ...shared] : [])].join('\n')}\n`
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError(`--value ${text} is not JSON: a number, true, "a word", ["a","list"].`)
  }
}

function diff(before: PolicyVersion, after: PolicyVersion, language: Language): string {
  const changes = compareVersions(before, after, language)
  const head = `${before.id} → ${after.id}: ${changes.length} changes`
  const lines = changes.flatMap(({ kind, step, concerned, before: was, after: is }) => [
    `${kind} · ${step} · for ${concerned.join(', ')}`,
    ...(was === undefined ? [] : [`  - ${was}`]),
    ...(is === undefined ? [] : [`  + ${is}`]),
  ])
  return `${[head, ...lines].join('\n')}\n`
}

/** A version by id or by `REGION@DATE`. */
function find(book: PolicyBook, name: string): PolicyVersion {
  const [region = '', day] = name.split('@')
  if (day !== undefined && !isCivilDay(day)) throw new UsageError(`${day} is not a date like 2025-11-20.`)
  const version = day === undefined ? book.version(name) : book.inForce(region, day)
  if (version !== undefined) return version
  const known = book.versions(region.slice(0, 6)).map(({ id }) => id)
  const hint = known.length > 0 ? known : book.regions().map((entry) => entry.region)
  throw new UsageError(`There is no policy ${name}. Known: ${hint.join(', ')}`)
}

try {
  process.stdout.write(await run(process.argv.slice(2), dayOf(new Date())))
} catch (error) {
  const isExpected =
    error instanceof UsageError ||
    error instanceof PolicyError ||
    error instanceof CannotDecide ||
    (error instanceof TypeError &&
      String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')) ||
    (error as NodeJS.ErrnoException).code === 'ENOENT'
  if (!isExpected) throw error
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
