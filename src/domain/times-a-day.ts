import { PRESCRIPTION_CODES } from '../../schemas/prescription-codes.ts'

/** How often a medicine is taken: so many times in so many days. */
export interface Frequency {
  readonly times: number
  readonly days: number
}

/** The usual abbreviations with a fixed count; those without one (`prn`, `st`) are left out. */
const ABBREVIATIONS: Readonly<Record<string, readonly [number, number]>> = {
  qd: [1, 1],
  bid: [2, 1],
  tid: [3, 1],
  qid: [4, 1],
  qn: [1, 1],
  qm: [1, 1],
  qh: [24, 1],
  q2h: [12, 1],
  q4h: [6, 1],
  q6h: [4, 1],
  q8h: [3, 1],
  q12h: [2, 1],
  qod: [1, 2],
  qw: [1, 7],
  biw: [2, 7],
  tiw: [3, 7],
  q2w: [1, 14],
  q3w: [1, 21],
  q4w: [1, 28],
}

const NUMERALS: Readonly<Record<string, number>> = { 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6 }
const PERIODS: Readonly<Record<string, number>> = { 日: 1, 天: 1, 晚: 1, 周: 7, 隔日: 2, 隔天: 2 }

/**
 * How often, from the name that the hospital gives: an abbreviation, or 每日三次.
 *
 * @returns undefined when the name has no fixed count
 */
export function frequencyOf(name: string): Frequency | undefined {
  const plain = name.normalize('NFKC').replace(/[\s.]/g, '').toLowerCase()
  const known = Object.hasOwn(ABBREVIATIONS, plain) ? ABBREVIATIONS[plain] : undefined
  if (known !== undefined) return { times: known[0], days: known[1] }
  const said = /^(?:[每一]?(日|天|晚|周)|(隔[日天]))([一二两三四五六1-9])次$/.exec(plain)
  if (said === null) return undefined
  const count = said[3]!
  return { times: NUMERALS[count] ?? Number(count), days: PERIODS[said[1] ?? said[2]!]! }
}

/**
 * How often, from the code of the served list.
 *
 * @returns undefined for a code without a fixed count: at once, when needed, other
 */
export function frequencyOfCode(code: string): Frequency | undefined {
  const listed = PRESCRIPTION_CODES.frequencies.codes.find((each) => each.code === code)
  return listed === undefined ? undefined : frequencyOf(listed.zh)
}
