import { pipeline, Readable } from 'node:stream'
import { type CsvError, type Info, parse } from 'csv-parse'
import { plainCell } from '../domain/tables/cells.ts'
import { fileFault } from '../domain/tables/file-faults.ts'
import {
  type Column,
  type Header,
  readCells,
  readHeader,
  type TableFault,
  type TableLine,
} from '../domain/tables/table.ts'
import { type Charset, textOf, UnreadableText } from './text-of.ts'

/** Characters that one row may have. */
const MAX_ROW = 10_000

/** In this order: the first of those that stand most often in the header divides the cells. */
const DELIMITERS = [',', ';', '\t', '，'] as const

/**
 * Reads comma separated text (RFC 4180) as spreadsheets write it: with a byte order mark, in GBK where it is declared,
 * with a `sep=` line, semicolons or tabs, any line ends, rows and columns without content, columns in any order. Memory
 * stays that of a row.
 *
 * @returns the lines after the header, each a record or its faults; the header's own faults end the table
 */
export async function* csvTable(
  source: AsyncIterable<Uint8Array>,
  columns: readonly Column[],
  charset: Charset,
): AsyncGenerator<TableLine> {
  let header: Header | undefined
  try {
    for await (const row of rowsOf(textOf(source, charset))) {
      if ('fault' in row) {
        yield { lineNo: row.fault.lineNo, cells: [], read: [row.fault] }
        continue
      }
      if (row.cells.every((cell) => plainCell(cell) === '')) continue
      if (header !== undefined) {
        yield readCells(columns, header, row.cells, row.lineNo)
        continue
      }
      const read = readHeader(columns, row.cells, row.lineNo)
      if ('faults' in read) {
        yield { lineNo: row.lineNo, cells: [], read: read.faults }
        return
      }
      header = read.header
    }
    if (header === undefined) yield { lineNo: 1, cells: [], read: [fileFault(1, 'header', 'empty')] }
  } catch (error) {
    if (!(error instanceof UnreadableText)) throw error
    yield { lineNo: error.line, cells: [], read: [fileFault(error.line, 'encoding', error.found)] }
  }
}

type Row = { readonly lineNo: number; readonly cells: readonly string[] } | { readonly fault: TableFault }

async function* rowsOf(text: AsyncGenerator<string>): AsyncGenerator<Row> {
  const { first, rest } = await firstLine(text)
  const declared = /^"?sep=(.)"?$/i.exec(first.trimEnd())?.[1]
  const before = declared === undefined ? 0 : 1
  const faults: TableFault[] = []
  let isOpen = false
  let last = before
  const parser = parse({
    delimiter: declared ?? delimiterOf(first),
    record_delimiter: '\n',
    relax_column_count: true,
    max_record_size: MAX_ROW,
    info: true,
    // A row that can't be read is told, and the rest read on.
    skip_records_with_error: true,
    on_skip: (error) => {
      if (error?.code === 'CSV_QUOTE_NOT_CLOSED') isOpen = true
      else if (error !== undefined) faults.push(faultOf(error, before))
      return undefined
    },
  })
  const takeUntil = (lineNo: number) =>
    faults.splice(0, faults.filter((fault) => fault.lineNo < lineNo).length)
  const all = async function* () {
    if (declared === undefined) yield first
    yield* rest
  }
  // An error on the way destroys the parser with it, and so ends the loop below.
  pipeline(Readable.from(all()), parser, () => undefined)
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
    last = before + info.lines
    // The parser is ahead of the reader by what its buffers hold.
    for (const fault of takeUntil(last)) {
      yield { fault }
      if (fault.cause === 'too-long') return
    }
    yield { lineNo: last - (record.join('').split('\n').length - 1), cells: record }
  }
  for (const fault of takeUntil(Number.POSITIVE_INFINITY)) {
    yield { fault }
    if (fault.cause === 'too-long') return
  }
  // A quote that never ends began after the last row that was read.
  if (isOpen) yield { fault: fileFault(last + 1, 'quotes', 'quotes') }
}

/** The text to the end of its first line, and what follows. */
async function firstLine(
  text: AsyncGenerator<string>,
): Promise<{ first: string; rest: AsyncGenerator<string> }> {
  let head = ''
  let end = -1
  while (end < 0 && head.length <= MAX_ROW) {
    const next = await text.next()
    if (next.done) break
    end = next.value.indexOf('\n')
    if (end >= 0) end += head.length + 1
    head += next.value
  }
  const cut = end < 0 ? head.length : end
  const rest = async function* () {
    yield head.slice(cut)
    yield* text
  }
  return { first: head.slice(0, cut), rest: rest() }
}

function delimiterOf(header: string): string {
  const counts = DELIMITERS.map((sign) => header.split(sign).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!
}

function faultOf(error: CsvError, before: number): TableFault {
  const lineNo = before + Number(error['lines'])
  return error.code === 'CSV_MAX_RECORD_SIZE'
    ? fileFault(lineNo, 'too-long', 'too-long')
    : fileFault(lineNo, 'quotes', 'quotes')
}
