import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { v7 as uuid } from 'uuid'
import { CsvReader } from '../../domain/clearing/csv-reader.ts'
import type { DifferenceKind } from '../../domain/clearing/difference.ts'
import { type FileRow, isFileHeader, readFileRow } from '../../domain/clearing/institution-file.ts'
import type { Month } from '../../domain/clearing/month.ts'
import { Problem } from '../../domain/problems.ts'
import * as files from '../../storage/clearing/files.ts'
import { inTransaction, isUniqueViolation, type Transaction } from '../../storage/database.ts'
import type { Caller, Deps } from '../deps.ts'
import { readStatement } from './statement.ts'

/** Bytes that a file may have: about 1,000,000 lines. */
const FILE_LIMIT = 128 * 1024 * 1024
/** Lines sent to the database at once. */
const BATCH = 1_000

export interface FileMatched {
  readonly fileId: string
  /** Lower-case hex, over the bytes as received. */
  readonly sha256: string
  readonly rows: number
  readonly differences: Partial<Record<DifferenceKind, number>>
}

/**
 * Takes an institution's file of a month and matches it with ledger and dispense records (三方对账).
 *
 * The file is first written to disk, so that no connection waits for a slow sender, and read in batches. Sending it
 * again replaces the match before it; the same bytes give the same result.
 *
 * @throws Problem clearing-file-malformed with row and column; too-large; not-yours before the statement was sent
 */
export async function uploadFile(
  deps: Pick<Deps, 'pool' | 'clock'>,
  caller: Caller & { readonly institutionId: string },
  month: Month,
  content: AsyncIterable<Uint8Array>,
): Promise<FileMatched> {
  const { statement } = await readStatement(deps, caller, month)
  const folder = await mkdtemp(join(tmpdir(), 'clearing-file-'))
  try {
    const path = join(folder, 'file.csv')
    const { sha256, bytes } = await spool(content, path)
    return await inTransaction(deps.pool, async (tx) => {
      const fileId = uuid()
      const { regionCode, institutionId } = statement
      const rows = await addLines(tx, regionCode, fileId, path)
      const file = {
        regionCode,
        fileId,
        month,
        institutionId,
        sha256,
        bytes,
        rows,
        uploadedAt: deps.clock(),
        uploadedBy: caller.id,
      }
      await files.addFile(tx, file)
      const differences = await files.matchFile(tx, file)
      return { fileId, sha256: sha256.toString('hex'), rows, differences }
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function spool(
  content: AsyncIterable<Uint8Array>,
  path: string,
): Promise<{ sha256: Buffer; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  await pipeline(
    content,
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        bytes += chunk.byteLength
        if (bytes > FILE_LIMIT) throw new Problem('too-large', { details: { bytes: FILE_LIMIT } })
        hash.update(chunk)
        yield chunk
      }
    },
    createWriteStream(path, { mode: 0o600 }),
  )
  return { sha256: hash.digest(), bytes }
}

async function addLines(tx: Transaction, regionCode: string, fileId: string, path: string): Promise<number> {
  let batch: FileRow[] = []
  let rows = 0
  for await (const row of readRows(path)) {
    batch.push(row)
    rows += 1
    if (batch.length < BATCH) continue
    await addBatch(tx, regionCode, fileId, batch, rows)
    batch = []
  }
  if (batch.length > 0) await addBatch(tx, regionCode, fileId, batch, rows)
  return rows
}

async function addBatch(
  tx: Transaction,
  regionCode: string,
  fileId: string,
  batch: readonly FileRow[],
  rows: number,
): Promise<void> {
  try {
    await files.addFileLines(tx, regionCode, fileId, batch)
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw malformed(rows + 1, 'line_no', 'duplicate')
  }
}

/** Rows of the file after its header; the first row of data is row 2. */
async function* readRows(path: string): AsyncGenerator<FileRow> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reader = new CsvReader()
  let row = 0
  const readAll = (fields: readonly string[][]): FileRow[] =>
    fields.flatMap((each) => {
      row += 1
      if (row === 1) {
        if (isFileHeader(each)) return []
        throw malformed(1, 'header', 'unknown')
      }
      const read = readFileRow(each)
      if ('column' in read) throw malformed(row, read.column, 'value')
      return [read]
    })
  try {
    for await (const chunk of createReadStream(path)) {
      yield* readAll(reader.push(decoder.decode(chunk as Buffer, { stream: true })))
    }
    yield* readAll([...reader.push(decoder.decode()), ...reader.end()])
  } catch (error) {
    // Bytes that are no UTF-8 are a TypeError, text that is no CSV a RangeError.
    if (error instanceof TypeError || error instanceof RangeError) throw malformed(row + 1, 'row', 'text')
    throw error
  }
  if (row === 0) throw malformed(1, 'header', 'missing')
}

function malformed(row: number, column: string, reason: string): Problem {
  return new Problem('clearing-file-malformed', { details: { row, column, reason } })
}

/**
 * The newest file of a statement and a page of its differences.
 *
 * @throws Problem not-yours; also when no file was uploaded
 */
export async function readDifferences(
  deps: Pick<Deps, 'pool'>,
  caller: Caller,
  month: Month,
  institutionId: string | undefined,
  after: number,
  limit: number,
): Promise<{ file: files.ClearingFile; differences: files.Difference[] }> {
  const { statement } = await readStatement(deps, caller, month, institutionId)
  const file = await files.newestFile(deps.pool, statement.regionCode, month, statement.institutionId)
  if (file === undefined) throw new Problem('not-yours')
  return {
    file,
    differences: await files.listDifferences(deps.pool, statement.regionCode, file.fileId, after, limit),
  }
}
