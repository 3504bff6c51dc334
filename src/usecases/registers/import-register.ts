import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { registerData } from '../../../schemas/registers.ts'
import { decideImport, type ImportDecision } from '../../domain/decide-import.ts'
import { type CivilDay, dayOf } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import {
  carriedMembers,
  registerColumns,
  registerRecord,
  type TableRegister,
} from '../../domain/register-columns.ts'
import { referencesOf } from '../../domain/register-references.ts'
import type { RegisterEntry, Registers } from '../../domain/registers.ts'
import { fileFault } from '../../domain/tables/file-faults.ts'
import { isFaulty, type TableLine } from '../../domain/tables/table.ts'
import { lockRegisters } from '../../storage/admissions/register-lock.ts'
import { inTransaction, isUniqueViolation, type Queryable } from '../../storage/database.ts'
import { endBefore, heldFrom } from '../../storage/register-import.ts'
import { addEntries, holdOn } from '../../storage/registers.ts'
import { csvTable } from '../../tables/csv-table.ts'
import { jsonTable } from '../../tables/json-table.ts'
import type { Charset } from '../../tables/text-of.ts'
import type { Caller, Deps } from '../deps.ts'
import { sha256 } from '../intake-row.ts'
import { correctionsCsv, type FaultReport, FaultTally, formFaults, type LineFault } from '../tables/faults.ts'
import { type Spooled, spool } from '../tables/spool.ts'
import { exactData, keyOf } from './change-register.ts'

/** How a table was sent, and what is to become of it. */
export interface ImportOptions {
  readonly format: 'csv' | 'ndjson'
  /** Of a CSV file; NDJSON is always UTF-8. */
  readonly charset: Charset
  /** First day of lines that name none; today when absent. */
  readonly validFrom?: CivilDay
  /** Why the register is changed; kept with every entry. */
  readonly reason: string
  /** Everything is checked and nothing kept. */
  readonly dryRun: boolean
  /** The good lines are taken though others are faulty; else it is all or nothing. */
  readonly goodLines: boolean
}

/** What became of a table. */
export interface Imported {
  readonly register: TableRegister
  readonly sha256: string
  readonly lines: number
  readonly added: number
  readonly changed: number
  /** What the register said already. */
  readonly unchanged: number
  /** Whether anything was kept. */
  readonly kept: boolean
  /** What was left out, when the good lines were to be taken. */
  readonly leftOut?: FaultReport
}

/** Characters of a key. */
const KEY_LENGTH = 150
/** Lines of one question to the database. */
const BATCH = 2_000

/** A line with what is wrong with it, or with what it does. */
interface Judged {
  readonly line: TableLine
  readonly faults: readonly LineFault[]
  readonly entry?: RegisterEntry
  readonly decision?: ImportDecision
}

const ajv = new Ajv2020({ allErrors: true, strict: false })
addFormats.default(ajv)

/**
 * Takes a table into a register: what is new is added, what differs takes the place of what holds, what is the same stays.
 * The whole table, or none of it with the faults by line; or, on demand, its good lines, with a report of the others.
 * The same table again changes nothing.
 *
 * @param source bytes as they come
 * @throws Problem upload-faulty with the faults by cause and the first hundred by line; register-conflict when somebody
 *   changed the same entries meanwhile; too-large
 */
export async function importRegister(
  deps: Deps,
  agency: Caller,
  register: TableRegister,
  source: AsyncIterable<Uint8Array>,
  options: ImportOptions,
): Promise<Imported> {
  const file = await spool(source)
  try {
    const how = { ...options, validFrom: options.validFrom ?? dayOf(deps.clock()) }
    const tally = new FaultTally()
    const counts = { add: 0, change: 0, nothing: 0 }
    let lines = 0
    for await (const { faults, decision } of judged(deps.pool, agency.regionCode, register, file, how)) {
      lines += 1
      for (const fault of faults) tally.add(fault)
      if (decision !== undefined && decision.does !== 'conflict') counts[decision.does] += 1
    }
    if (lines === 0) tally.add(fileFault(1, 'format', 'empty'))
    const leftOut = tally.count > 0 ? tally.report() : undefined
    if (leftOut !== undefined && !options.goodLines) {
      const { fields, ...details } = leftOut
      throw new Problem('upload-faulty', { fields, details })
    }
    if (!options.dryRun) await keep(deps, agency, register, file, how, leftOut === undefined)
    return {
      register,
      sha256: file.sha256.toString('hex'),
      lines,
      added: counts.add,
      changed: counts.change,
      unchanged: counts.nothing,
      kept: !options.dryRun,
      ...(leftOut === undefined ? {} : { leftOut }),
    }
  } finally {
    await file.remove()
  }
}

/**
 * The list of corrections of a table: its faulty lines with the reasons, as CSV to mend and send. Nothing is kept.
 *
 * @throws Problem too-large
 */
export async function registerCorrections(
  deps: Deps,
  agency: Caller,
  register: TableRegister,
  source: AsyncIterable<Uint8Array>,
  options: Pick<ImportOptions, 'format' | 'charset' | 'validFrom'>,
): Promise<Readable> {
  const file = await spool(source)
  const how = { ...options, validFrom: options.validFrom ?? dayOf(deps.clock()) }
  const lines = judged(deps.pool, agency.regionCode, register, file, how)
  const csv = Readable.from(correctionsCsv(registerColumns(register), lines), { objectMode: false })
  return csv.once('close', () => void file.remove())
}

type How = Pick<ImportOptions, 'format' | 'charset'> & { readonly validFrom: CivilDay }

/** Every line with its faults, or with what it does to the register as it is. */
async function* judged(
  db: Queryable,
  regionCode: string,
  register: TableRegister,
  { path }: Spooled,
  { format, charset, validFrom }: How,
): AsyncGenerator<Judged> {
  const source = createReadStream(path)
  const columns = registerColumns(register)
  const table = format === 'csv' ? csvTable(source, columns, charset) : jsonTable(source, columns)
  const check = checkOf(register)
  const firstLines = new Map<string, number>()
  let batch: Judged[] = []
  for await (const line of table) {
    batch.push(readEntry(register, line, validFrom, check, firstLines))
    if (batch.length < BATCH) continue
    yield* await againstRegister(db, regionCode, register, batch)
    batch = []
  }
  yield* await againstRegister(db, regionCode, register, batch)
}

/** Compiled once a register; ajv keeps what it compiled by its schema. */
function checkOf(register: TableRegister) {
  return ajv.compile(registerData[register])
}

/** An entry from a line, or the faults of the line alone and of its key standing twice. */
function readEntry(
  register: TableRegister,
  line: TableLine,
  defaultFrom: CivilDay,
  check: ReturnType<typeof checkOf>,
  firstLines: Map<string, number>,
): Judged {
  if (isFaulty(line.read)) return { line, faults: formFaults(line) }
  const { lineNo, read } = line
  const record = registerRecord(register, read)
  if (!check(record)) return { line, faults: schemaFaults(lineNo, check.errors ?? []) }
  let data: Registers[TableRegister]
  try {
    data = exactData(register, record as unknown as Registers[TableRegister]) as Registers[TableRegister]
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return {
      line,
      faults: error.fields.map(({ message }) => ({ lineNo, column: 'fen', cause: 'format', message })),
    }
  }
  const validFrom = String(read['validFrom'] ?? defaultFrom) as CivilDay
  const validTo = read['validTo'] === undefined ? undefined : (String(read['validTo']) as CivilDay)
  if (validTo !== undefined && validTo < validFrom)
    return { line, faults: [{ lineNo, column: 'validTo', cause: 'period', message: ENDS_BEFORE }] }
  const key = keyOf(
    register,
    data,
    read['key'] === undefined ? freeKey(register, record) : String(read['key']),
  )
  const first = firstLines.get(key)
  if (first !== undefined) return { line, faults: [isRepeated(lineNo, first)] }
  firstLines.set(key, lineNo)
  const entry = { register, key, validFrom, ...(validTo === undefined ? {} : { validTo }), data }
  return { line, faults: [], entry }
}

/** The key of a qualification that comes in a table without one: the same person, kind and drugs are the same qualification. */
function freeKey(register: TableRegister, record: Readonly<Record<string, unknown>>): string | undefined {
  if (register !== 'qualification') return undefined
  const { personId, kind, drugCodes = [] } = record as Partial<Registers['qualification']>
  const key = [personId, kind, ...[...drugCodes].sort()].join(':')
  return key.length <= KEY_LENGTH ? key : `${personId}:${kind}:${sha256(Buffer.from(key)).toString('hex')}`
}

function schemaFaults(
  lineNo: number,
  errors: readonly { readonly instancePath: string; readonly keyword: string; readonly message?: string }[],
): LineFault[] {
  return errors.map(({ instancePath, keyword, message = '' }) => {
    const column = instancePath.split('/')[1]
    return {
      lineNo,
      ...(column === undefined ? {} : { column }),
      cause: keyword === 'required' ? 'required' : 'format',
      message: {
        zh: `${column === undefined ? '该行' : `“${column}”`}不符合名录要求（${keyword}）。`,
        en: `${column === undefined ? 'The line' : `\`${column}\``} ${message}.`,
      },
    }
  })
}

const ENDS_BEFORE = { zh: '终止日期不得早于生效日期。', en: '`validTo` must not be before `validFrom`.' }

function isRepeated(lineNo: number, first: number): LineFault {
  const message = {
    zh: `与第 ${first} 行是同一记录；每个键在一个文件中只能出现一次。`,
    en: `The same entry stands in line ${first}; each key may come once.`,
  }
  return { lineNo, cause: 'repeated', message }
}

/** Judges good lines of a batch by what the registers hold. */
async function againstRegister(
  db: Queryable,
  regionCode: string,
  register: TableRegister,
  batch: readonly Judged[],
): Promise<Judged[]> {
  const entries = batch.flatMap(({ entry }) => (entry === undefined ? [] : [entry]))
  if (entries.length === 0) return [...batch]
  const held = await heldFrom(db, regionCode, register, entries)
  const unknown = await unknownReferences(db, regionCode, register, entries)
  return batch.map((one) => {
    const { entry, line } = one
    if (entry === undefined) return one
    const { lineNo } = line
    const missing = unknown.get(entry)
    if (missing !== undefined) return { line, faults: missing.map((column) => isUnknown(lineNo, column)) }
    const before = held.get(entry.key) ?? []
    const current = before.find(({ validFrom }) => validFrom <= entry.validFrom)
    const carried = current === undefined ? {} : carriedMembers(register, current.data)
    const whole: RegisterEntry = { ...entry, data: { ...carried, ...entry.data } as RegisterEntry['data'] }
    const decision = decideImport(before, whole)
    if (decision.does !== 'conflict') return { line, faults: [], entry: whole, decision }
    return { line, faults: [stands(lineNo, decision.with)] }
  })
}

/** The columns of each entry that name what no register has on its first day. */
async function unknownReferences(
  db: Queryable,
  regionCode: string,
  register: TableRegister,
  entries: readonly RegisterEntry[],
): Promise<ReadonlyMap<RegisterEntry, readonly string[]>> {
  const unknown = new Map<RegisterEntry, string[]>()
  const all = entries.flatMap((entry) =>
    referencesOf(register as RegisterEntry['register'], entry.data, regionCode, '').map((reference) => ({
      entry,
      reference,
    })),
  )
  for (const day of new Set(all.map(({ entry }) => entry.validFrom))) {
    const asked = all.filter(({ entry }) => entry.validFrom === day)
    const known = await holdOn(
      db,
      regionCode,
      asked.map(({ reference }) => reference),
      day,
    )
    for (const [place, { entry, reference }] of asked.entries()) {
      if (known[place] === true) continue
      const column = reference.path.split('/')[1] ?? ''
      unknown.set(entry, [...(unknown.get(entry) ?? []), column])
    }
  }
  return unknown
}

function isUnknown(lineNo: number, column: string): LineFault {
  const message = {
    zh: `“${column}”不在相应名录中。`,
    en: `\`${column}\` is in no register on that day.`,
  }
  return { lineNo, column, cause: 'reference', message }
}

function stands(lineNo: number, day: CivilDay): LineFault {
  const message = {
    zh: `名录中已有自 ${day} 起的记录，请先终止。`,
    en: `The register has an entry from ${day} on; end it first.`,
  }
  return { lineNo, column: 'validFrom', cause: 'conflict', message }
}

/**
 * Writes what a table does, in one transaction, judged again by what the registers hold then; nobody else changes them
 * until it is over.
 *
 * @throws Problem register-conflict when a line is faulty now that was good before
 */
async function keep(
  deps: Deps,
  agency: Caller,
  register: TableRegister,
  file: Spooled,
  how: How & Pick<ImportOptions, 'reason'>,
  isWhole: boolean,
): Promise<void> {
  const { regionCode, id: author } = agency
  const work = inTransaction(deps.pool, async (tx) => {
    await lockRegisters(tx, regionCode)
    const change = { author, reason: how.reason, at: deps.clock() }
    let adding: RegisterEntry[] = []
    let ending: { key: string; validFrom: CivilDay; endsFrom: CivilDay }[] = []
    const flush = async () => {
      await endBefore(tx, regionCode, register, ending, change)
      await addEntries(tx, regionCode, adding, change)
      adding = []
      ending = []
    }
    for await (const { faults, entry, decision } of judged(tx, regionCode, register, file, how)) {
      if (isWhole && faults.length > 0) throw new Problem('register-conflict')
      if (entry === undefined || decision === undefined || decision.does === 'nothing') continue
      if (decision.does === 'change')
        ending.push({ key: entry.key, validFrom: entry.validFrom, endsFrom: decision.endsFrom })
      adding.push(entry)
      if (adding.length >= BATCH) await flush()
    }
    await flush()
  })
  await work.catch((error: unknown) => {
    throw isUniqueViolation(error, 'one_entry_a_day') ? new Problem('register-conflict') : error
  })
}
