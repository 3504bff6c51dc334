import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { v7 as uuid } from 'uuid'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import { STOCK_COLUMNS, type StockLine } from '../../domain/stock/stock-line.ts'
import { fileFault } from '../../domain/tables/file-faults.ts'
import { isFaulty, type TableLine } from '../../domain/tables/table.ts'
import { inTransaction, type Transaction } from '../../storage/database.ts'
import type { RegisterSnapshot } from '../../storage/register-cache.ts'
import * as stock from '../../storage/stock.ts'
import * as uploads from '../../storage/stock-upload.ts'
import { csvTable } from '../../tables/csv-table.ts'
import { jsonTable } from '../../tables/json-table.ts'
import type { Charset } from '../../tables/text-of.ts'
import type { Caller, Deps } from '../deps.ts'
import { correctionsCsv, FaultTally, formFaults, type LineFault } from '../tables/faults.ts'
import { type Spooled, spool } from '../tables/spool.ts'

export type UploadFormat = 'csv' | 'ndjson'

/** How a file was sent, and whether it is only to be tried. */
export interface UploadOptions {
  /** Of a CSV file; NDJSON is always UTF-8. */
  readonly charset?: Charset
  /** Everything is checked and nothing kept. */
  readonly dryRun?: boolean
}

type Pharmacy = Caller & { readonly institutionId: string }

/** What became of a file. */
export interface Uploaded {
  /** Absent when it was only tried. */
  readonly uploadId?: string
  /** Lower-case hex. */
  readonly sha256: string
  readonly lines: number
  readonly receivedAt: string
  /** The same file had been taken before; nothing was done now. */
  readonly repeated: boolean
}

const MAX_LINES = 500_000
/** Lines of one insert. */
const BATCH = 2_000

/** A line with what is wrong with it, by its form and by the registers. */
interface Checked {
  readonly line: TableLine
  readonly faults: readonly LineFault[]
}

/**
 * Takes a pharmacy's file of purchase, sale and stock lines: the whole file, or none of it with the numbers of the
 * faulty lines. The same file again has no effect. The newest stock lines become what patients are shown.
 *
 * @param source bytes as they come
 * @throws Problem upload-faulty with the faults by cause and the first hundred by line; too-large
 * @see MZ-9.4a
 */
export async function uploadStock(
  deps: Deps,
  caller: Pharmacy,
  format: UploadFormat,
  source: AsyncIterable<Uint8Array>,
  { charset = 'utf-8', dryRun = false }: UploadOptions = {},
): Promise<Uploaded> {
  const file = await spool(source)
  try {
    const earlier = await uploads.findByHash(deps.pool, caller.regionCode, caller.institutionId, file.sha256)
    if (earlier !== undefined) return answerOf(earlier, true)
    const faults = new FaultTally()
    let lines = 0
    for await (const checked of await checkedLines(deps, caller, file, format, charset)) {
      lines += 1
      for (const fault of checked.faults) faults.add(fault)
    }
    if (lines === 0) faults.add(fileFault(1, 'format', 'empty'))
    refuse(faults)
    return await take(deps, caller, file, recordsOf(file, format, charset), lines, dryRun)
  } finally {
    await file.remove()
  }
}

/**
 * The list of corrections of a file: its faulty lines with the reasons, as CSV to mend and upload. Nothing is kept.
 *
 * @throws Problem too-large
 */
export async function stockCorrections(
  deps: Deps,
  caller: Pharmacy,
  format: UploadFormat,
  source: AsyncIterable<Uint8Array>,
  charset: Charset = 'utf-8',
): Promise<Readable> {
  const file = await spool(source)
  try {
    const good = async function* () {
      for await (const { line, faults } of await checkedLines(deps, caller, file, format, charset))
        if (faults.length === 0) yield line
    }
    const repeated = new Set(await repeatedLines(deps, caller, file, good()))
    const checked = await checkedLines(deps, caller, file, format, charset)
    const all = async function* (): AsyncGenerator<Checked> {
      for await (const { line, faults } of checked)
        yield { line, faults: repeated.has(line.lineNo) ? [...faults, isRepeated(line.lineNo)] : faults }
    }
    const csv = Readable.from(correctionsCsv(STOCK_COLUMNS, all()), { objectMode: false })
    return csv.once('close', () => void file.remove())
  } catch (error) {
    await file.remove()
    throw error
  }
}

function recordsOf({ path }: Spooled, format: UploadFormat, charset: Charset): AsyncGenerator<TableLine> {
  const source = createReadStream(path)
  return format === 'csv' ? csvTable(source, STOCK_COLUMNS, charset) : jsonTable(source, STOCK_COLUMNS)
}

async function checkedLines(
  deps: Deps,
  caller: Pharmacy,
  file: Spooled,
  format: UploadFormat,
  charset: Charset,
): Promise<AsyncGenerator<Checked>> {
  const snapshot = await deps.registers.latest(deps.pool, caller.regionCode)
  const today = dayOf(deps.clock())
  return (async function* () {
    let count = 0
    for await (const line of recordsOf(file, format, charset)) {
      count += 1
      if (count > MAX_LINES) throw new Problem('too-large')
      yield { line, faults: isFaulty(line.read) ? formFaults(line) : lineFaults(line, snapshot, today) }
    }
  })()
}

/** What is wrong with a well-formed line. */
function lineFaults(line: TableLine, snapshot: RegisterSnapshot, today: string): LineFault[] {
  const { lineNo } = line
  const { on, drugCode } = stockLineOf(line)
  if (on > today) {
    const message = { zh: '日期不能晚于今日。', en: 'The day lies in the future.' }
    return [{ lineNo, column: 'on', cause: 'future', message }]
  }
  if (snapshot.find('drug', drugCode, on) !== undefined) return []
  const message = { zh: '药品目录中没有此编码。', en: 'No register has this drug on that day.' }
  return [{ lineNo, column: 'drugCode', cause: 'unknown', message }]
}

function isRepeated(lineNo: number): LineFault {
  const message = { zh: '该流水号已上传过。', en: 'A line of this reference was uploaded before.' }
  return { lineNo, column: 'reference', cause: 'repeated', message }
}

/** The record of a line without faults: `STOCK_COLUMNS` have read its members. */
function stockLineOf({ read }: TableLine): StockLine {
  if (isFaulty(read)) throw new Error('a checked file changed')
  return read as unknown as StockLine
}

/** @throws Problem upload-faulty unless there are none */
function refuse(faults: FaultTally): void {
  if (faults.count === 0) return
  const { fields, ...details } = faults.report()
  throw new Problem('upload-faulty', { details, fields: [...fields] })
}

/** Ends a transaction without effect, when a file was only tried. */
class Tried extends Error {}

/** Writes a checked file in one transaction. */
async function take(
  deps: Deps,
  caller: Pharmacy,
  file: Spooled,
  lines: AsyncIterable<TableLine>,
  count: number,
  dryRun: boolean,
): Promise<Uploaded> {
  const upload = uploadOf(deps, caller, file, count)
  try {
    return await inTransaction(deps.pool, async (tx) => {
      // Of two of the same file at once, the second waits here for the first.
      if (!(await uploads.add(tx, upload))) {
        const earlier = await uploads.findByHash(tx, caller.regionCode, caller.institutionId, file.sha256)
        return answerOf(earlier!, true)
      }
      const newest = new Map<string, StockLine>()
      const faults = new FaultTally()
      for (const lineNo of await addLines(tx, upload, lines, newest)) faults.add(isRepeated(lineNo))
      refuse(faults)
      if (dryRun) throw new Tried()
      await showNewest(tx, upload, newest)
      return answerOf(upload, false)
    })
  } catch (error) {
    if (!(error instanceof Tried)) throw error
    const { uploadId: _notKept, ...answer } = answerOf(upload, false)
    return answer
  }
}

/** The numbers of those lines whose references were uploaded before, or stand in the file twice. */
async function repeatedLines(
  deps: Deps,
  caller: Pharmacy,
  file: Spooled,
  lines: AsyncIterable<TableLine>,
): Promise<readonly number[]> {
  let repeated: readonly number[] = []
  try {
    await inTransaction(deps.pool, async (tx) => {
      const upload = uploadOf(deps, caller, file, 1)
      if (await uploads.add(tx, upload)) repeated = await addLines(tx, upload, lines, new Map())
      throw new Tried()
    })
  } catch (error) {
    if (!(error instanceof Tried)) throw error
  }
  return repeated
}

function uploadOf(deps: Deps, caller: Pharmacy, { sha256 }: Spooled, lines: number): uploads.UploadRow {
  return {
    regionCode: caller.regionCode,
    uploadId: uuid(),
    institutionId: caller.institutionId,
    sha256,
    lines,
    receivedAt: deps.clock(),
    uploadedBy: caller.id,
  }
}

/** @returns the numbers of lines whose references are known already, and fills the newest count of each drug */
async function addLines(
  tx: Transaction,
  upload: uploads.UploadRow,
  lines: AsyncIterable<TableLine>,
  newest: Map<string, StockLine>,
): Promise<readonly number[]> {
  const repeated: number[] = []
  let batch: uploads.NumberedLine[] = []
  for await (const each of lines) {
    const line = stockLineOf(each)
    batch.push({ lineNo: each.lineNo, line })
    const known = newest.get(line.drugCode)
    if (line.kind === 'stock' && (known === undefined || known.on <= line.on)) newest.set(line.drugCode, line)
    if (batch.length < BATCH) continue
    repeated.push(...(await uploads.addLines(tx, upload, batch)))
    batch = []
  }
  if (batch.length > 0) repeated.push(...(await uploads.addLines(tx, upload, batch)))
  return repeated
}

/** What patients see is the newest count of each drug, unless a later upload brought a newer one already. */
async function showNewest(
  tx: Transaction,
  { regionCode, institutionId, receivedAt }: uploads.UploadRow,
  newest: ReadonlyMap<string, StockLine>,
): Promise<void> {
  const latest = await uploads.latestCounts(tx, regionCode, institutionId, [...newest.keys()])
  const rows = latest.map((count) => ({ pharmacyId: institutionId, ...count }))
  if (rows.length > 0) await stock.report(tx, regionCode, rows, receivedAt)
}

function answerOf(upload: uploads.UploadRow, repeated: boolean): Uploaded {
  return {
    uploadId: upload.uploadId,
    sha256: upload.sha256.toString('hex'),
    lines: upload.lines,
    receivedAt: upload.receivedAt.toISOString(),
    repeated,
  }
}
