import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { v7 as uuid } from 'uuid'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import {
  COLUMNS,
  csvFields,
  fromCsvLine,
  fromJsonLine,
  isFaulty,
  type LineFault,
  type StockLine,
} from '../../domain/stock/stock-line.ts'
import { inTransaction, type Transaction } from '../../storage/database.ts'
import type { RegisterSnapshot } from '../../storage/register-cache.ts'
import * as stock from '../../storage/stock.ts'
import * as uploads from '../../storage/stock-upload.ts'
import type { Caller, Deps } from '../deps.ts'
import { type FileLine, splitLines } from './split-lines.ts'

export type UploadFormat = 'csv' | 'ndjson'

/** What became of a file. */
export interface Uploaded {
  readonly uploadId: string
  /** Lower-case hex. */
  readonly sha256: string
  readonly lines: number
  readonly receivedAt: string
  /** The same file had been taken before; nothing was done now. */
  readonly repeated: boolean
}

const MAX_BYTES = 128 * 1024 * 1024
const MAX_LINES = 500_000
/** Faults that are listed; all are counted. */
const LISTED = 100
/** Lines of one insert. */
const BATCH = 2_000

interface Fault {
  readonly lineNo: number
  readonly member: LineFault
  readonly keyword: 'format' | 'unknown' | 'future' | 'repeated'
}

/**
 * Takes a pharmacy's file of purchase, sale and stock lines: the whole file, or none of it with the numbers of the
 * faulty lines. The same file again has no effect. The newest stock lines become what patients are shown.
 *
 * The file is put on disk while it comes and read again into the database, so memory stays bounded and no transaction
 * waits for the caller.
 *
 * @param source bytes as they come
 * @throws Problem upload-faulty with up to 100 faults, too-large
 * @see MZ-9.4a
 */
export async function uploadStock(
  deps: Deps,
  caller: Caller & { readonly institutionId: string },
  format: UploadFormat,
  source: AsyncIterable<Uint8Array>,
): Promise<Uploaded> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-stock-'))
  const file = join(folder, 'upload')
  try {
    const sha256 = await spool(source, file)
    const earlier = await uploads.findByHash(deps.pool, caller.regionCode, caller.institutionId, sha256)
    if (earlier !== undefined) return answerOf(earlier, true)
    const snapshot = await deps.registers.latest(deps.pool, caller.regionCode)
    const tally = { lines: 0 }
    await refuseFaults(checkFile(file, format, snapshot, dayOf(deps.clock()), tally))
    return await take(deps, caller, file, format, sha256, tally.lines)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function spool(source: AsyncIterable<Uint8Array>, file: string): Promise<Buffer> {
  const hash = createHash('sha256')
  let size = 0
  await pipeline(
    source,
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        size += chunk.length
        if (size > MAX_BYTES) throw new Problem('too-large')
        hash.update(chunk)
        yield chunk
      }
    },
    createWriteStream(file, { mode: 0o600 }),
  )
  return hash.digest()
}

/** The records of a file. A CSV file begins with the names of its columns. */
async function* recordsOf(
  file: string,
  format: UploadFormat,
): AsyncGenerator<{ lineNo: number; line: StockLine | readonly LineFault[] }> {
  let header: readonly string[] | undefined
  for await (const { lineNo, text } of splitLines(createReadStream(file)) as AsyncIterable<FileLine>) {
    if (text === undefined) yield { lineNo, line: ['line'] }
    else if (format === 'ndjson') yield { lineNo, line: fromJsonLine(text) }
    else if (header !== undefined) yield { lineNo, line: fromCsvLine(text, header) }
    else {
      header = csvFields(text) ?? []
      const isKnown = header.every((name) => (COLUMNS as readonly string[]).includes(name))
      if (!isKnown || new Set(header).size !== header.length) {
        yield { lineNo, line: ['line'] }
        return
      }
    }
  }
}

async function* checkFile(
  file: string,
  format: UploadFormat,
  snapshot: RegisterSnapshot,
  today: string,
  tally: { lines: number },
): AsyncGenerator<Fault> {
  for await (const { lineNo, line } of recordsOf(file, format)) {
    tally.lines += 1
    if (tally.lines > MAX_LINES) throw new Problem('too-large')
    if (isFaulty(line)) for (const member of line) yield { lineNo, member, keyword: 'format' }
    else if (line.on > today) yield { lineNo, member: 'on', keyword: 'future' }
    else if (snapshot.find('drug', line.drugCode, line.on) === undefined) {
      yield { lineNo, member: 'drugCode', keyword: 'unknown' }
    }
  }
  if (tally.lines === 0) yield { lineNo: 1, member: 'line', keyword: 'format' }
}

/** @throws Problem upload-faulty unless there are none */
async function refuseFaults(faults: AsyncIterable<Fault> | readonly Fault[]): Promise<void> {
  const listed: Fault[] = []
  let count = 0
  for await (const fault of faults) {
    count += 1
    if (listed.length < LISTED) listed.push(fault)
  }
  if (count === 0) return
  throw new Problem('upload-faulty', {
    details: { faults: count },
    fields: listed.map(({ lineNo, member, keyword }) => ({
      path: `/lines/${lineNo}${member === 'line' ? '' : `/${member}`}`,
      keyword,
      message: MESSAGES[keyword],
    })),
  })
}

const MESSAGES: Readonly<Record<Fault['keyword'], { zh: string; en: string }>> = {
  format: { zh: '不符合上传格式。', en: 'Does not match the format of the upload.' },
  unknown: { zh: '药品目录中没有此编码。', en: 'No register has this drug on that day.' },
  future: { zh: '日期不能晚于今日。', en: 'The day lies in the future.' },
  repeated: { zh: '该流水号已上传过。', en: 'A line of this reference was uploaded before.' },
}

/** Writes a checked file in one transaction. */
async function take(
  deps: Deps,
  caller: Caller & { readonly institutionId: string },
  file: string,
  format: UploadFormat,
  sha256: Buffer,
  lines: number,
): Promise<Uploaded> {
  return await inTransaction(deps.pool, async (tx) => {
    const now = deps.clock()
    const upload = {
      regionCode: caller.regionCode,
      uploadId: uuid(),
      institutionId: caller.institutionId,
      sha256,
      lines,
      receivedAt: now,
      uploadedBy: caller.id,
    }
    // Of two of the same file at once, the second waits here for the first.
    if (!(await uploads.add(tx, upload))) {
      const earlier = await uploads.findByHash(tx, caller.regionCode, caller.institutionId, sha256)
      return answerOf(earlier!, true)
    }
    const repeated: Fault[] = []
    const newest = new Map<string, StockLine>()
    const flush = async (batch: uploads.NumberedLine[]) => {
      for (const lineNo of await uploads.addLines(tx, upload, batch)) {
        repeated.push({ lineNo, member: 'reference', keyword: 'repeated' })
      }
    }
    let batch: uploads.NumberedLine[] = []
    for await (const { lineNo, line } of recordsOf(file, format)) {
      if (isFaulty(line)) throw new Error('a checked file changed')
      batch.push({ lineNo, line })
      const known = newest.get(line.drugCode)
      if (line.kind === 'stock' && (known === undefined || known.on <= line.on))
        newest.set(line.drugCode, line)
      if (batch.length === BATCH) {
        await flush(batch)
        batch = []
      }
    }
    await flush(batch)
    await refuseFaults(repeated)
    await showNewest(tx, upload, newest)
    return answerOf(upload, false)
  })
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
