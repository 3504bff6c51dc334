import { type CivilDay, isCivilDay } from '../primitives/civil-day.ts'

/** What of a GS1 element string concerns a pack. */
export interface Elements {
  /** (01), 14 digits with a right check digit. */
  readonly gtin?: string
  /** (21) */
  readonly serial?: string
  /** (10) */
  readonly batchNo?: string
  /** (17) */
  readonly expiresOn?: CivilDay
}

export type ElementFault = 'gs1-without-serial' | 'gs1-check-digit' | 'gs1-date'

/**
 * Application identifiers that a pack of medicine carries, with the length of their value; `to` for values that end at a
 * separator or the end. Others are not guessed at.
 */
const IDENTIFIERS: readonly { readonly ai: RegExp; readonly length?: number; readonly to?: number }[] = [
  { ai: /^0[12]/, length: 14 },
  { ai: /^1[123567]/, length: 6 },
  { ai: /^20/, length: 2 },
  { ai: /^(?:10|22)/, to: 20 },
  // Twenty by the standard; some makers put all of a longer code here.
  { ai: /^21/, to: 40 },
  { ai: /^(?:30|37)/, to: 8 },
  { ai: /^(?:24[013]|25[01])/, to: 30 },
  { ai: /^71[0-6]/, to: 20 },
  { ai: /^9[0-9]/, to: 90 },
]

/**
 * Reads GS1 elements, written with brackets, `(01)…(21)…`, or run together with separators (FNC1).
 *
 * @param data without symbology prefix, its separators as `␝`
 * @param announced whether the scanner said that these are GS1 elements; else they must begin with (01) to be taken
 *   for such, and end where they should
 * @returns undefined when the text is no element string
 * @see GS1 General Specifications 3.2, 7.8
 */
export function elementsOf(data: string, announced: boolean): Elements | ElementFault | undefined {
  const pairs = data.startsWith('(') ? bracketed(data) : runTogether(data)
  if (pairs === undefined) return undefined
  const isBracketed = data.startsWith('(')
  if (!isBracketed && !announced && !(pairs.has('01') && isGtin(pairs.get('01')!) && pairs.has('21'))) {
    return undefined
  }
  if (!isBracketed && announced && !pairs.has('01') && !pairs.has('21')) return undefined
  return read(pairs)
}

/** Whether the last digit of a product number is its check digit (GS1 7.9.1: weights 3 and 1 from the right). */
export function isGtin(digits: string): boolean {
  const sum = [...digits]
    .reverse()
    .reduce((sum, digit, place) => sum + Number(digit) * (place % 2 === 0 ? 1 : 3), 0)
  return sum % 10 === 0
}

function read(pairs: ReadonlyMap<string, string>): Elements | ElementFault {
  const gtin = pairs.get('01')
  const serial = pairs.get('21')
  const batchNo = pairs.get('10')
  const date = pairs.get('17')
  if (gtin !== undefined && !(/^\d{14}$/.test(gtin) && isGtin(gtin))) return 'gs1-check-digit'
  if (serial === undefined) return 'gs1-without-serial'
  const expiresOn = date === undefined ? undefined : dayOfElement(date)
  if (date !== undefined && expiresOn === undefined) return 'gs1-date'
  return {
    serial,
    ...(gtin !== undefined && { gtin }),
    ...(batchNo !== undefined && { batchNo }),
    ...(expiresOn !== undefined && { expiresOn }),
  }
}

function bracketed(data: string): Map<string, string> | undefined {
  const pairs = new Map<string, string>()
  const element = /\s*\((\d{2,4})\)([^(]+)/y
  while (element.lastIndex < data.length) {
    const match = element.exec(data)
    if (match === null) return undefined
    pairs.set(match[1]!, match[2]!.replace(/[\s␝]/g, ''))
  }
  return pairs
}

function runTogether(data: string): Map<string, string> | undefined {
  const pairs = new Map<string, string>()
  let rest = data.replace(/ /g, '')
  while (rest !== '') {
    const known = IDENTIFIERS.find(({ ai }) => ai.test(rest))
    if (known === undefined) return undefined
    const ai = known.ai.exec(rest)![0]
    const value =
      known.length === undefined ? untilSeparator(rest, ai) : rest.slice(ai.length, ai.length + known.length)
    if (value === '' || value.length > (known.length ?? known.to!)) return undefined
    if (known.length !== undefined && !new RegExp(`^\\d{${known.length}}$`).test(value)) return undefined
    pairs.set(ai, value)
    rest = rest.slice(ai.length + value.length).replace(/^␝+/, '')
  }
  return pairs
}

function untilSeparator(rest: string, ai: string): string {
  const end = rest.indexOf('␝')
  return rest.slice(ai.length, end < 0 ? undefined : end)
}

/** YYMMDD; day 00 is the last of the month. Of the century that GS1 7.12 gives a medicine: this one. */
function dayOfElement(text: string): CivilDay | undefined {
  const match = /^(\d\d)(\d\d)(\d\d)$/.exec(text)
  if (match === null) return undefined
  const [, year, month, date] = match as unknown as [string, string, string, string]
  const last = new Date(Date.UTC(2000 + Number(year), Number(month), 0)).getUTCDate()
  const day = `20${year}-${month}-${date === '00' ? String(last).padStart(2, '0') : date}`
  return isCivilDay(day) ? day : undefined
}
