import { createReadStream } from 'node:fs'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import { OUTSIDE_COLUMNS, type OutsideRow, outsideRow } from '../../domain/settlement/outside-amount-file.ts'
import { fileFault } from '../../domain/tables/file-faults.ts'
import { isFaulty } from '../../domain/tables/table.ts'
import { inTransaction, type Transaction } from '../../storage/database.ts'
import { lockOutsideAmounts } from '../../storage/outside-amount.ts'
import { holdOn } from '../../storage/registers.ts'
import { csvTable } from '../../tables/csv-table.ts'
import type { Charset } from '../../tables/text-of.ts'
import type { Caller, Deps } from '../deps.ts'
import { FaultTally, formFaults, type LineFault } from '../tables/faults.ts'
import { spool } from '../tables/spool.ts'
import { record } from './state-amounts.ts'

/** Years stay locked until all of a file is in: longer ones come in parts. */
const MAX_LINES = 5_000
/** Persons asked of the register at once. */
const BATCH = 500

/** What became of a file. */
export interface AmountsUploaded {
  /** Lower-case hex, over the bytes as received. */
  readonly sha256: string
  readonly lines: number
  /** Statements that were new, corrections of known ones, and lines that said nothing new. */
  readonly added: number
  readonly corrected: number
  readonly repeated: number
}

interface NumberedRow {
  readonly lineNo: number
  readonly row: OutsideRow
}

/** Ends a transaction without effect, when a file was only tried. */
class Tried extends Error {}

/**
 * Takes a file of amounts from elsewhere, whole or not at all: opening balances, or the feed of another system. The same
 * file again changes nothing; a line that differs from what is known of its reference is a correction.
 *
 * @throws Problem upload-faulty with the faults by cause and the first hundred by line; too-large
 * @see CQ-2.4b, MZ-7.2
 */
export async function uploadAmounts(
  deps: Deps,
  agency: Caller,
  source: AsyncIterable<Uint8Array>,
  reason: string,
  { charset = 'utf-8', dryRun = false }: { readonly charset?: Charset; readonly dryRun?: boolean } = {},
): Promise<AmountsUploaded> {
  const file = await spool(source)
  let uploaded: AmountsUploaded | undefined
  try {
    const rows = await readRows(createReadStream(file.path), charset)
    await inTransaction(deps.pool, async (tx) => {
      refuse(await unknownIn(tx, agency.regionCode, rows, dayOf(deps.clock())))
      await lockOutsideAmounts(tx, agency.regionCode)
      const counts = { added: 0, corrected: 0, repeated: 0 }
      // Years are locked in one order, so that no settlement of two persons can wait in a circle.
      const ordered = rows.toSorted((a, b) => (a.row.personId < b.row.personId ? -1 : 1))
      for (const { lineNo, row } of ordered) {
        // By the clock of each line: what was settled while the file came in did not know it.
        const stated = await record(tx, agency, { ...row, reason }, deps.clock()).catch((error) => {
          throw isOfAnother(error) ? faulty([ofAnother(lineNo)]) : error
        })
        counts[stated.repeated ? 'repeated' : stated.revision === 1 ? 'added' : 'corrected'] += 1
      }
      uploaded = { sha256: file.sha256.toString('hex'), lines: rows.length, ...counts }
      if (dryRun) throw new Tried()
    })
  } catch (error) {
    if (!(error instanceof Tried)) throw error
  } finally {
    await file.remove()
  }
  return uploaded!
}

/** @throws Problem upload-faulty, too-large */
async function readRows(source: AsyncIterable<Uint8Array>, charset: Charset): Promise<NumberedRow[]> {
  const faults: LineFault[] = []
  const rows: NumberedRow[] = []
  const lineOf = new Map<string, number>()
  for await (const line of csvTable(source, OUTSIDE_COLUMNS, charset)) {
    if (isFaulty(line.read)) faults.push(...formFaults(line))
    else {
      const row = outsideRow(line.read)
      const key = `${row.source} ${row.reference}`
      const first = lineOf.get(key)
      if (first !== undefined) faults.push(repeatedIn(line.lineNo, first))
      lineOf.set(key, line.lineNo)
      rows.push({ lineNo: line.lineNo, row })
    }
    if (rows.length > MAX_LINES) throw new Problem('too-large')
  }
  if (rows.length === 0 && faults.length === 0) faults.push(fileFault(1, 'format', 'empty'))
  refuse(faults)
  return rows
}

/** Lines about persons whom the register doesn't know today, or days to come. */
async function unknownIn(
  tx: Transaction,
  regionCode: string,
  rows: readonly NumberedRow[],
  today: string,
): Promise<LineFault[]> {
  const faults: LineFault[] = []
  for (let at = 0; at < rows.length; at += BATCH) {
    const batch = rows.slice(at, at + BATCH)
    const persons = batch.map(({ row }) => ({ register: 'person' as const, key: row.personId }))
    const known = await holdOn(tx, regionCode, persons, today)
    batch.forEach(({ lineNo, row }, index) => {
      if (known[index] !== true) faults.push(unknownPerson(lineNo))
      if (row.on > today) faults.push(future(lineNo))
    })
  }
  return faults
}

function refuse(faults: readonly LineFault[]): void {
  if (faults.length > 0) throw faulty(faults)
}

function faulty(faults: readonly LineFault[]): Problem {
  const tally = new FaultTally()
  for (const fault of faults) tally.add(fault)
  const { fields, ...details } = tally.report()
  return new Problem('upload-faulty', { details, fields: [...fields] })
}

const isOfAnother = (error: unknown) => error instanceof Problem && error.code === 'year-amounts-of-another'

const ofAnother = (lineNo: number): LineFault => ({
  lineNo,
  column: 'reference',
  cause: 'of-another',
  message: {
    zh: '该流水号此前属于另一参保人或另一年度。',
    en: 'What is known under this reference is of another person or year.',
  },
})

const repeatedIn = (lineNo: number, first: number): LineFault => ({
  lineNo,
  column: 'reference',
  cause: 'repeated',
  message: { zh: `与第${first}行的流水号重复。`, en: `The reference stands in line ${first} already.` },
})

const unknownPerson = (lineNo: number): LineFault => ({
  lineNo,
  column: 'person_id',
  cause: 'unknown',
  message: { zh: '参保人员名录中没有此编号。', en: 'No register has this person today.' },
})

const future = (lineNo: number): LineFault => ({
  lineNo,
  column: 'on',
  cause: 'future',
  message: { zh: '日期不能晚于今日。', en: 'The day lies in the future.' },
})
