import { isCivilDay } from '../primitives/civil-day.ts'
import { readJsonText } from '../text/json-text.ts'

const LINE_KINDS = ['purchase', 'sale', 'stock'] as const
export type LineKind = (typeof LINE_KINDS)[number]

/** One line of a pharmacy's books. A `stock` line is a count on a day; its price is the price asked. */
export interface StockLine {
  readonly kind: LineKind
  /** The line in the pharmacy's own books, never used twice for a kind. */
  readonly reference: string
  readonly on: string
  readonly drugCode: string
  /** Decimal text in the unit of the drug. */
  readonly quantity: string
  readonly unitPriceFen: number
  readonly batchNo?: string
  /** Sales by prescription: the dispense of the hub. */
  readonly dispenseId?: string
}

/** What is wrong with one member of a line. */
export type LineFault = 'line' | keyof StockLine

/** The members, in the order of the CSV example; the last two may be left out. */
export const COLUMNS = [
  'kind',
  'reference',
  'on',
  'drugCode',
  'quantity',
  'unitPriceFen',
  'batchNo',
  'dispenseId',
] as const

const CHECKS: Readonly<Record<(typeof COLUMNS)[number], (value: unknown) => boolean>> = {
  kind: (value) => (LINE_KINDS as readonly unknown[]).includes(value),
  reference: matches(/^[A-Za-z0-9_./:-]{1,80}$/),
  on: (value) => typeof value === 'string' && isCivilDay(value),
  drugCode: matches(/^[A-Z0-9]{20,23}$/),
  quantity: matches(/^\d{1,12}(\.\d{1,4})?$/),
  unitPriceFen: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  batchNo: (value) => value === undefined || matches(/^[\x21-\x7e]{1,40}$/)(value),
  dispenseId: (value) => value === undefined || matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)(value),
}

function matches(pattern: RegExp): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && pattern.test(value)
}

/** Checks a record. @returns the line, or the members at fault; `line` when it isn't a record of known members */
function stockLineOf(record: unknown): StockLine | readonly LineFault[] {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return ['line']
  if (Object.keys(record).some((name) => !(COLUMNS as readonly string[]).includes(name))) return ['line']
  const members = record as Record<string, unknown>
  const faults = COLUMNS.filter((name) => !CHECKS[name](members[name]))
  return faults.length > 0 ? faults : (record as StockLine) // checked member by member
}

/** Whether `stockLineOf` found faults. */
export function isFaulty(line: StockLine | readonly LineFault[]): line is readonly LineFault[] {
  return Array.isArray(line)
}

/** Reads one line of NDJSON. */
export function fromJsonLine(text: string): StockLine | readonly LineFault[] {
  const read = readJsonText(text, '')
  return 'value' in read ? stockLineOf(read.value) : ['line']
}

/** Reads one line of CSV by the columns of its header. Empty fields are absent. */
export function fromCsvLine(text: string, header: readonly string[]): StockLine | readonly LineFault[] {
  const fields = csvFields(text)
  if (fields === undefined || fields.length !== header.length) return ['line']
  const record: Record<string, unknown> = {}
  for (const [index, name] of header.entries()) {
    const field = fields[index]!
    if (field === '') continue
    record[name] = name === 'unitPriceFen' && /^\d{1,15}$/.test(field) ? Number(field) : field
  }
  return stockLineOf(record)
}

/** The fields of a CSV line after RFC 4180; undefined when its quotes don't close on the line. */
export function csvFields(text: string): string[] | undefined {
  const fields: string[] = []
  const pattern = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y
  for (let more = true; more; ) {
    const match = pattern.exec(text)
    if (match === null) return undefined
    fields.push(match[1] === undefined ? match[2]! : match[1].replaceAll('""', '"'))
    more = match[3] === ','
  }
  return pattern.lastIndex === text.length || text === '' ? fields : undefined
}
