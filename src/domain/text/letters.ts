import { type FieldFault, safeSegment, TOLD_FAULTS } from '../field-fault.ts'
import type { Bilingual } from '../finding.ts'

/*
 * The stated set of letters: what a text may be made of, wherever it comes in. All of Unicode but
 * - control characters other than tab, line feed and carriage return (no database keeps U+0000),
 * - the signs that turn the direction of writing: what is read would not be what is written (Unicode TR 36, 2.11),
 * - the byte order mark within a text, and U+FFFD, with which a decoder says that letters were lost before they came,
 * - halves of a surrogate pair and code points that are no characters (RFC 7493, 2.1).
 */
const UNWANTED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffd\p{Noncharacter_Code_Point}\p{Surrogate}]/u

/** Marks that scanners send within a trace code: EOT, GS and RS (ISO/IEC 15434, 4). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const SCANNER_MARKS = /[\u0004\u001d\u001e]/g

/** A scanned text without the marks between its elements, which are control characters. */
export function withoutScannerMarks(text: string): string {
  return text.replace(SCANNER_MARKS, '')
}

/** True for a text of the stated set of letters. */
export function isWritable(text: string): boolean {
  return !UNWANTED.test(text)
}

/** Says what stands in a text that is not writable; names the code point, nothing else of the text. */
export function letterFault(text: string, path: string): FieldFault {
  const point = UNWANTED.exec(text)?.[0].codePointAt(0) ?? 0
  const name = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
  return { path, keyword: 'letters', message: SENTENCE(name, point >= 0xd800 && point <= 0xdfff) }
}

const SENTENCE = (name: string, isHalf: boolean): Bilingual =>
  isHalf
    ? { zh: `不得包含不成对的代理码位（${name}）。`, en: `Must not hold half of a surrogate pair (${name}).` }
    : { zh: `不得包含字符 ${name}。`, en: `Must not hold the character ${name}.` }

/**
 * The texts of a flat record, such as the parameters of a query, that are not of the stated set of letters.
 *
 * @param root what the pointers start with: `/querystring`
 * @returns at most 100 faults
 */
export function letterFaults(record: unknown, root: string): FieldFault[] {
  if (record === null || typeof record !== 'object') return []
  const texts = Object.entries(record).flatMap(([name, value]) =>
    [value].flat().map((text: unknown) => ({ name, text })),
  )
  return texts
    .filter(({ name, text }) => !isWritable(name) || (typeof text === 'string' && !isWritable(text)))
    .slice(0, TOLD_FAULTS)
    .map(({ name, text }) =>
      letterFault(isWritable(name) ? (text as string) : name, `${root}/${safeSegment(name)}`),
    )
}
