import { type FieldFault, safeSegment, TOLD_FAULTS } from '../field-fault.ts'
import type { Bilingual } from '../finding.ts'
import { isExactNumber } from './exact-number.ts'
import { isWritable, letterFault, withoutScannerMarks } from './letters.ts'
import { BYTE_ORDER_MARK, encodingFault, textOf, withoutMark } from './utf8.ts'

/** Arrays and objects that may stand within each other. */
export const DEEPEST = 64

/** What was read, or what is wrong with it. */
export type ReadJson = { readonly value: unknown } | { readonly faults: readonly FieldFault[] }

/**
 * The one reader of JSON that others sent: UTF-8, no deeper than 64, each member once, numbers that lose no digit,
 * texts of the stated set of letters, save that a scanned trace code may have its separators. Texts come out in the normal form NFC, so that one word is one text.
 *
 * @param root what the pointers of faults start with: `/body`
 * @param mark what becomes of a byte order mark in front
 * @see RFC 8259, RFC 7493 (I-JSON)
 */
export function readJson(bytes: Uint8Array, root: string, mark: 'dropped' | 'refused'): ReadJson {
  const text = textOf(bytes)
  if (text === undefined) return { faults: [encodingFault(root)] }
  if (mark === 'refused' && text.startsWith(BYTE_ORDER_MARK))
    return { faults: [fault(root, 'byteOrderMark')] }
  return readJsonText(withoutMark(text), root)
}

/** As `readJson`, of a text without a byte order mark. */
export function readJsonText(text: string, root: string): ReadJson {
  const faults = jsonFaults(text, root)
  if (faults[0]?.keyword === 'depth') return { faults }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { faults: [fault(root, 'json')] }
  }
  if (faults.length > 0) return { faults }
  return { value: mayChange(text) ? inNormalForm(value) : value }
}

/** True unless NFC surely leaves every text of a JSON document as it is. */
function mayChange(text: string): boolean {
  return text.includes('\\u') || text.normalize('NFC') !== text
}

/** Brings the texts of a value that was just parsed, and belongs to nobody yet, into the form NFC. */
function inNormalForm(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC')
  const ahead = [value]
  while (ahead.length > 0) {
    const here = ahead.pop()
    if (here === null || typeof here !== 'object') continue
    const parts = here as Record<string, unknown>
    for (const [name, part] of Object.entries(parts)) {
      if (typeof part === 'string') parts[name] = part.normalize('NFC')
      else ahead.push(part)
    }
  }
  return value
}

/** An array or an object that is open at a place of the text. */
interface Open {
  /** Members of an object that were read; absent for an array. */
  readonly names?: Set<string>
  /** The member or the item at which the reader stands. */
  at: string | number
  awaitsName: boolean
}

/**
 * Looks through a JSON text for what a parser passes over in silence, without recursion and before anything is built.
 * Of a text that is no JSON the faults mean nothing, but for the one of depth.
 *
 * @returns at most 100 faults; of a text that is too deep that one alone
 */
function jsonFaults(text: string, root: string): FieldFault[] {
  const hasOddTexts = /\\[ubf]/.test(text) || !isWritable(text)
  const faults: FieldFault[] = []
  const open: Open[] = []
  const place = () =>
    root + open.map(({ at }) => `/${typeof at === 'number' ? at : safeSegment(at)}`).join('')
  for (let from = 0; from < text.length && faults.length < TOLD_FAULTS; ) {
    const sign = text[from]!
    const here = open.at(-1)
    if (sign === '{' || sign === '[') {
      if (open.length === DEEPEST) return [fault(root, 'depth')]
      open.push(sign === '{' ? { names: new Set(), at: '', awaitsName: true } : { at: 0, awaitsName: false })
    } else if (sign === '}' || sign === ']') open.pop()
    else if (sign === ',' && here !== undefined) {
      if (typeof here.at === 'number') here.at += 1
      else here.awaitsName = true
    } else if (sign === '"') {
      const end = endOfText(text, from)
      const raw = text.slice(from, end)
      if (here?.awaitsName) {
        const name = plainOf(raw)
        here.at = name
        here.awaitsName = false
        if (here.names?.has(name)) faults.push(fault(place(), 'unique'))
        if (name === '__proto__') faults.push(fault(place(), 'additionalProperties'))
        here.names?.add(name)
        if (hasOddTexts && !isWritable(name)) faults.push(letterFault(name, place()))
      } else if (hasOddTexts) {
        const said = isScanned(open) ? withoutScannerMarks(plainOf(raw)) : plainOf(raw)
        if (!isWritable(said)) faults.push(letterFault(said, place()))
      }
      from = end
      continue
    } else if (sign === '-' || (sign >= '0' && sign <= '9')) {
      const end = endOfNumber(text, from)
      if (!isExactNumber(text.slice(from, end))) faults.push(fault(place(), 'number'))
      from = end
      continue
    }
    from += 1
  }
  return faults
}

/** Members whose texts come from a scanner. */
const SCANNED: ReadonlySet<string | number | undefined> = new Set(['traceCode', 'traceCodes'])

/** Whether the reader stands at a trace code, or at one of a list. */
function isScanned(open: readonly Open[]): boolean {
  const at = open.at(-1)?.at
  return SCANNED.has(typeof at === 'number' ? open.at(-2)?.at : at)
}

/** The place after the closing quote of the text that begins at `from`; the end of all when nothing closes it. */
function endOfText(text: string, from: number): number {
  for (let quote = text.indexOf('"', from + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let before = quote
    while (text[before - 1] === '\\') before -= 1
    if ((quote - before) % 2 === 0) return quote + 1
  }
  return text.length
}

function endOfNumber(text: string, from: number): number {
  let end = from
  while (end < text.length && '0123456789+-.eE'.includes(text[end]!)) end += 1
  return end
}

/** What a quoted text says; itself when it is no JSON. */
function plainOf(raw: string): string {
  if (!raw.includes('\\')) return raw.slice(1, -1)
  try {
    return JSON.parse(raw) as string
  } catch {
    return raw
  }
}

const SENTENCES = {
  json: { zh: '内容不是合法的 JSON（UTF-8 编码）。', en: 'This is not JSON in UTF-8.' },
  depth: {
    zh: `数组和对象的嵌套不得超过 ${DEEPEST} 层。`,
    en: `Arrays and objects may stand at most ${DEEPEST} deep within each other.`,
  },
  unique: { zh: '同一字段出现了两次。', en: 'The member stands twice.' },
  additionalProperties: { zh: '接口没有此字段。', en: 'The API has no such field.' },
  number: {
    zh: '数字的位数超出可精确保存的范围（整数不得超过 2 的 53 次方）。',
    en: 'The number cannot be kept exactly: whole numbers go to 2^53, fractions to 15 digits.',
  },
  byteOrderMark: {
    zh: '文书以字节顺序标记（BOM，U+FEFF）开头；请以不带 BOM 的 UTF-8 生成文书并重新签名。',
    en: 'The document begins with a byte order mark (U+FEFF): write it as UTF-8 without one and sign it again.',
  },
} as const satisfies Record<string, Bilingual>

function fault(path: string, keyword: keyof typeof SENTENCES): FieldFault {
  return { path, keyword, message: SENTENCES[keyword] }
}
