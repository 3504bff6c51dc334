import { fileFault } from '../domain/tables/file-faults.ts'
import { type Column, readCells, type TableFault, type TableLine } from '../domain/tables/table.ts'
import { readJsonText } from '../domain/text/json-text.ts'
import { textOf, UnreadableText } from './text-of.ts'

/** Characters of a line. */
const MAX_LINE = 4096

/**
 * Reads one JSON object a line (NDJSON, UTF-8) with the columns of a table as members: the same faults as in CSV.
 * Empty lines are passed over but counted.
 */
export async function* jsonTable(
  source: AsyncIterable<Uint8Array>,
  columns: readonly Column[],
): AsyncGenerator<TableLine> {
  let lineNo = 0
  try {
    for await (const line of linesOf(textOf(source, 'utf-8'))) {
      lineNo += 1
      if (line === undefined) {
        yield { lineNo, cells: [], read: [fileFault(lineNo, 'too-long', 'too-long')] }
      } else if (line.trim() !== '') yield readLine(line, columns, lineNo)
    }
  } catch (error) {
    if (!(error instanceof UnreadableText)) throw error
    yield { lineNo: error.line, cells: [], read: [fileFault(error.line, 'encoding', error.found)] }
  }
}

/** Lines without their ends; undefined for one that is too long. */
async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string | undefined> {
  let rest = ''
  let isTooLong = false
  const line = (part: string) => (isTooLong || part.length > MAX_LINE ? undefined : part)
  for await (const part of text) {
    const [first = '', ...others] = part.split('\n')
    if (others.length === 0) {
      rest += first
    } else {
      yield line(rest + first)
      isTooLong = false
      rest = others.pop()!
      for (const whole of others) yield line(whole)
    }
    if (rest.length > MAX_LINE) {
      isTooLong = true
      rest = ''
    }
  }
  if (rest !== '' || isTooLong) yield line(rest)
}

function readLine(line: string, columns: readonly Column[], lineNo: number): TableLine {
  const read = readJsonText(line, '')
  if ('faults' in read) {
    const [{ message } = fileFault(lineNo, 'format', 'json')] = read.faults
    return { lineNo, cells: [], read: [{ lineNo, cause: 'format', message }] }
  }
  const members = membersOf(read.value)
  if (members === undefined) return { lineNo, cells: [], read: [fileFault(lineNo, 'format', 'json')] }
  const unknown = Object.keys(members).filter((name) => !columns.some((column) => column.name === name))
  if (unknown.length > 0) {
    const names = columns.map(({ name }) => name).join(', ')
    const named = unknown.filter((name) => /^[A-Za-z_]{1,40}$/.test(name)).join(', ')
    const message = {
      zh: `没有此成员：${named}；可用：${names}。`,
      en: `No such member: ${named}; there are: ${names}.`,
    }
    const fault: TableFault = { lineNo, cause: 'unknown-column', message }
    return { lineNo, cells: [], read: [fault] }
  }
  const cells = columns.map((column) => cellOf(members[column.name], column))
  return readCells(columns, columns, cells, lineNo)
}

/** Plain values as text, a list of them as a cell has it; anything else has the form of no cell. */
function cellOf(value: unknown, { json }: Column): string {
  if (value === undefined) return ''
  const plain = ['string', 'number', ...(json === 'truth' ? ['boolean'] : [])]
  if (plain.includes(typeof value)) return String(value)
  const isList = json === 'list' && Array.isArray(value) && value.every((each) => typeof each === 'string')
  return isList ? value.join(';') : '\uFFFD'
}

function membersOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}
