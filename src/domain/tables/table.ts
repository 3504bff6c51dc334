import type { Bilingual } from '../finding.ts'
import { type CellCause, type CellReader, cellMessage, plainCell } from './cells.ts'

/** A column of a table that institutions upload. */
export interface Column {
  /** In the header, in any case, with or without blanks, dashes and low lines. */
  readonly name: string
  /** What else the header may say. */
  readonly aliases?: readonly string[]
  readonly required: boolean
  readonly read: CellReader
  /** What JSON may have for it beside text and numbers: a list of texts, or true and false. */
  readonly json?: 'list' | 'truth'
  /** What a cell holds, for people. */
  readonly expected: Bilingual
}

export type FaultCause =
  | CellCause
  | 'header'
  | 'missing-column'
  | 'unknown-column'
  | 'repeated-column'
  | 'surplus-cell'
  | 'encoding'
  | 'quotes'
  | 'too-long'

/** What is wrong with a line, or with one column of it. */
export interface TableFault {
  /** As an editor counts, from 1. */
  readonly lineNo: number
  readonly column?: string
  readonly cause: FaultCause
  readonly message: Bilingual
}

/** A line as it was read: a record, or its faults. */
export interface TableLine {
  readonly lineNo: number
  /** The cells as they came, in the order of the columns of the table; none for faults of the file itself. */
  readonly cells: readonly string[]
  readonly read: Readonly<Record<string, string | number>> | readonly TableFault[]
}

/** Which column stands at which place; an unnamed or passed-over one is undefined. */
export type Header = readonly (Column | undefined)[]

/** Columns of a list of corrections, which are passed over when it is uploaded as it is. */
export const CORRECTION_COLUMNS = ['fault_line', 'fault'] as const

const keyOf = (name: string): string =>
  plainCell(name)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** Whether the line says faults and no record. */
export function isFaulty(read: TableLine['read']): read is readonly TableFault[] {
  return Array.isArray(read)
}

/**
 * Reads the header. A line without any known name is no header, and nothing of it is repeated: it may be data.
 *
 * @returns the columns by their places, or the faults
 */
export function readHeader(
  columns: readonly Column[],
  cells: readonly string[],
  lineNo: number,
): { readonly header: Header } | { readonly faults: readonly TableFault[] } {
  const known = new Map(
    columns.flatMap((column) =>
      [column.name, ...(column.aliases ?? [])].map((name) => [keyOf(name), column] as const),
    ),
  )
  const header = cells.map((cell) => known.get(keyOf(cell)))
  const names = columns.map(({ name }) => name).join(',')
  if (header.every((column) => column === undefined)) {
    const message = {
      zh: `第一行应为表头：${names}。`,
      en: `The first line must be the header: ${names}.`,
    }
    return { faults: [{ lineNo, cause: 'header', message }] }
  }
  const passedOver = new Set(['', ...CORRECTION_COLUMNS.map(keyOf)])
  const unknown = cells.flatMap((cell, place): TableFault[] => {
    if (header[place] !== undefined || passedOver.has(keyOf(cell))) return []
    const shown = `${plainCell(cell).slice(0, 40)} (${place + 1})`
    const message = {
      zh: `第 ${place + 1} 列“${plainCell(cell).slice(0, 40)}”不在模板中；可用的列：${names}。`,
      en: `There is no column ${shown}; the columns are: ${names}.`,
    }
    return [{ lineNo, cause: 'unknown-column', message }]
  })
  const repeated = columns
    .filter((column) => header.filter((each) => each === column).length > 1)
    .map(({ name }): TableFault => {
      const message = { zh: `“${name}”列出现了不止一次。`, en: `The column \`${name}\` stands twice.` }
      return { lineNo, column: name, cause: 'repeated-column', message }
    })
  const missing = columns
    .filter((column) => column.required && !header.includes(column))
    .map(({ name }): TableFault => {
      const message = { zh: `缺少“${name}”列。`, en: `The column \`${name}\` is missing.` }
      return { lineNo, column: name, cause: 'missing-column', message }
    })
  const faults = [...unknown, ...repeated, ...missing]
  return faults.length > 0 ? { faults } : { header }
}

/** Reads a line after the header; a line that ends early has empty cells. */
export function readCells(
  columns: readonly Column[],
  header: Header,
  cells: readonly string[],
  lineNo: number,
): TableLine {
  const placed = columns.map((column) => cells[header.indexOf(column)] ?? '')
  const record: Record<string, string | number> = {}
  const faults: TableFault[] = []
  for (const [place, cell] of cells.entries()) {
    if (header[place] !== undefined || plainCell(cell) === '' || place < header.length) continue
    const message = {
      zh: `第 ${place + 1} 格没有对应的列；含逗号的内容须加引号。`,
      en: `Cell ${place + 1} belongs to no column; text with commas must stand in quotes.`,
    }
    faults.push({ lineNo, cause: 'surplus-cell', message })
  }
  for (const [place, column] of columns.entries()) {
    const read = readCell(column, placed[place]!)
    if (read === undefined) continue
    if ('value' in read) record[column.name] = read.value
    else faults.push({ lineNo, column: column.name, ...read })
  }
  return { lineNo, cells: placed, read: faults.length > 0 ? faults : record }
}

function readCell(
  { name, required, read, expected }: Column,
  cell: string,
): { value: string | number } | { cause: CellCause; message: Bilingual } | undefined {
  const text = plainCell(cell)
  if (text === '') {
    return required ? { cause: 'required', message: cellMessage('required', name, expected) } : undefined
  }
  const found = read(text)
  return 'value' in found ? found : { ...found, message: cellMessage(found.cause, name, expected) }
}
