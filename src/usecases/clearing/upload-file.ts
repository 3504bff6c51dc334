import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { v7 as uuid } from 'uuid'
import type { DifferenceKind } from '../../domain/clearing/difference.ts'
import { FILE_COLUMNS, type FileRow, fileRow } from '../../domain/clearing/institution-file.ts'
import type { Month } from '../../domain/clearing/month.ts'
import { Problem } from '../../domain/problems.ts'
import { isFaulty, type TableLine } from '../../domain/tables/table.ts'
import * as files from '../../storage/clearing/files.ts'
import { inTransaction, isUniqueViolation, type Transaction } from '../../storage/database.ts'
import { csvTable } from '../../tables/csv-table.ts'
import type { Charset } from '../../tables/text-of.ts'
import type { Caller, Deps } from '../deps.ts'
import { correctionsCsv, FaultTally, formFaults, type LineFault } from '../tables/faults.ts'
import { spool } from '../tables/spool.ts'
import { readStatement } from './statement.ts'

/** Lines sent to the database at once. */
const BATCH = 1_000

export interface FileMatched {
  /** Absent when it was only tried. */
  readonly fileId?: string
  /** Lower-case hex, over the bytes as received. */
  readonly sha256: string
  readonly rows: number
  readonly differences: Partial<Record<DifferenceKind, number>>
}

/** How a file was sent, and whether it is only to be tried. */
export interface FileOptions {
  readonly charset?: Charset
  /** Everything is done and nothing kept. */
  readonly dryRun?: boolean
}

/** Ends a transaction without effect, when a file was only tried. */
class Tried extends Error {}

/**
 * Takes an institution's file of a month and matches it with ledger and dispense records (三方对账).
 *
 * The file is first written to disk, so that no connection waits for a slow sender, and read in batches. Sending it
 * again replaces the match before it; the same bytes give the same result.
 *
 * @throws Problem clearing-file-malformed with the faults by cause and the first hundred by line; too-large; `NO_STATEMENT`
 *   before the statement was sent
 */
export async function uploadFile(
  deps: Pick<Deps, 'pool' | 'clock'>,
  caller: Caller & { readonly institutionId: string },
  month: Month,
  content: AsyncIterable<Uint8Array>,
  { charset = 'utf-8', dryRun = false }: FileOptions = {},
): Promise<FileMatched> {
  const { statement } = await readStatement(deps, caller, month)
  const spooled = await spool(content)
  const { sha256, bytes } = spooled
  let tried: FileMatched | undefined
  try {
    const lines = () => csvTable(createReadStream(spooled.path), FILE_COLUMNS, charset)
    await refuseFaults(lines())
    return await inTransaction(deps.pool, async (tx) => {
      const fileId = uuid()
      const { regionCode, institutionId } = statement
      const rows = await addLines(tx, regionCode, fileId, lines())
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
      const matched = { sha256: sha256.toString('hex'), rows, differences }
      if (!dryRun) return { fileId, ...matched }
      tried = matched
      throw new Tried()
    })
  } catch (error) {
    if (error instanceof Tried && tried !== undefined) return tried
    throw error
  } finally {
    await spooled.remove()
  }
}

/**
 * The list of corrections of a file: its faulty lines with the reasons, as CSV to mend and upload. Nothing is kept.
 *
 * @throws Problem too-large, or one of `NO_STATEMENT`
 */
export async function fileCorrections(
  deps: Pick<Deps, 'pool'>,
  caller: Caller & { readonly institutionId: string },
  month: Month,
  content: AsyncIterable<Uint8Array>,
  charset: Charset = 'utf-8',
): Promise<Readable> {
  await readStatement(deps, caller, month)
  const { path, remove } = await spool(content)
  const checked = async function* () {
    for await (const line of csvTable(createReadStream(path), FILE_COLUMNS, charset))
      yield { line, faults: formFaults(line) }
  }
  const csv = Readable.from(correctionsCsv(FILE_COLUMNS, checked()), { objectMode: false })
  return csv.once('close', () => void remove())
}

/** @throws Problem clearing-file-malformed */
async function refuseFaults(lines: AsyncIterable<TableLine>): Promise<void> {
  const faults = new FaultTally()
  for await (const line of lines) for (const fault of formFaults(line)) faults.add(fault)
  if (faults.count > 0) throw malformed(faults)
}

async function addLines(
  tx: Transaction,
  regionCode: string,
  fileId: string,
  lines: AsyncIterable<TableLine>,
): Promise<number> {
  let batch: FileRow[] = []
  let rows = 0
  let lineNo = 1
  const add = async () => {
    try {
      await files.addFileLines(tx, regionCode, fileId, batch)
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      const faults = new FaultTally()
      faults.add(duplicateIn(lineNo))
      throw malformed(faults)
    }
    batch = []
  }
  for await (const line of lines) {
    if (isFaulty(line.read)) throw new Error('a checked file changed')
    batch.push(fileRow(line.read))
    rows += 1
    lineNo = line.lineNo
    if (batch.length === BATCH) await add()
  }
  if (batch.length > 0) await add()
  return rows
}

function duplicateIn(lineNo: number): LineFault {
  const message = {
    zh: `此行或其前 ${BATCH} 行内，有结算编号、处方行号（和批号）重复的行。`,
    en: `This line, or one of the ${BATCH} before it, repeats a settlement and line of the prescription, or a batch of it.`,
  }
  return { lineNo, column: 'line_no', cause: 'duplicate', message }
}

/** With the first fault as `row`, `column` and `reason` besides. */
function malformed(faults: FaultTally): Problem {
  const { fields, ...details } = faults.report()
  const { lineNo, column, cause } = faults.first!
  return new Problem('clearing-file-malformed', {
    details: { row: lineNo, column: column ?? (lineNo === 1 ? 'header' : 'row'), reason: cause, ...details },
    fields: [...fields],
  })
}

/**
 * The newest file of a statement and a page of its differences.
 *
 * @throws Problem clearing-file-missing, or one of `NO_STATEMENT`
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
  if (file === undefined) throw new Problem('clearing-file-missing', { details: { month } })
  return {
    file,
    differences: await files.listDifferences(deps.pool, statement.regionCode, file.fileId, after, limit),
  }
}
