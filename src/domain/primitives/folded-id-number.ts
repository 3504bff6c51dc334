import { DASHES, UNSEEN } from './folded-name.ts'

const OPENING = /[[{〔【〈《「『〖]/g
const CLOSING = /[\]}〕】〉》」』〗]/g

/** What stands for X, the check character of a resident identity number: the sign of multiplication, Х and Χ. */
const LIKE_X = /[\u00D7\u2715\u2716\u0425\u03A7]/g

const RESIDENT_ID = /^\d{17}[\dX]$/

/**
 * The characters of an identity number as printed, in one form: NFKC, capitals, no blanks, one kind of dash, bracket
 * and dot. The keys that Chinese keyboards have in place of others are taken for these: `。` for a dot, `、` for a
 * stroke, `號` for `号`.
 */
export function printedIdNumber(text: string): string {
  return text
    .replace(UNSEEN, '')
    .normalize('NFKC')
    .toUpperCase()
    .normalize('NFKC')
    .replace(UNSEEN, '')
    .replace(LIKE_X, 'X')
    .replace(DASHES, '-')
    .replaceAll('\u30FC', '-')
    .replace(OPENING, '(')
    .replace(CLOSING, ')')
    .replace(/[\u00B7\u2022\u2027\u3002\u30FB]/g, '.')
    .replaceAll('、', '/')
    .replaceAll('號', '号')
}

/**
 * An identity number as it is compared, without what can mean only one thing: in numbers of Latin letters and digits
 * brackets are dress (`A123456(3)`), and so are dashes, but not a dash between two digits, which may divide two counts;
 * in a number of 18 characters O is 0 and I and L are 1, and dashes are dress. Only for comparing.
 *
 * @see GB 11643-1999
 */
export function foldedIdNumber(text: string): string {
  const printed = printedIdNumber(text)
  if (!/^[0-9A-Z()-]*$/.test(printed)) return printed
  const bare = printed.replace(/[()-]/g, '')
  const digits = digitsFor(bare)
  if (RESIDENT_ID.test(digits)) return digits
  return printed.replace(/[()]/g, '').replace(/(?<!\d)-|-(?!\d)/g, '')
}

/** Letters that look like digits as digits: for numbers that have no letters but X. */
export function digitsFor(text: string): string {
  return text.replaceAll('O', '0').replace(/[IL]/g, '1')
}

/** True for the number of a resident's card, in whatever dress. */
export function isResidentId(text: string): boolean {
  return RESIDENT_ID.test(foldedIdNumber(text))
}

/** True when two identity numbers can mean only the same paper. */
export function isSameIdNumber(a: string, b: string): boolean {
  return a === b || foldedIdNumber(a) === foldedIdNumber(b)
}
