import { stringify } from 'csv-stringify/sync'

/**
 * One row of comma separated text (RFC 4180).
 *
 * Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers.
 */
export function csvRow(cells: readonly (string | number | bigint | undefined)[]): string {
  return stringify([cells.map(textOf)], { record_delimiter: 'windows', quoted_match: /[\r\n]/ })
}

/** What a file for spreadsheets begins with, so that they read it as UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF'

/** What begins a formula, in full width too: spreadsheets of East Asian locales take that as well. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/

function textOf(cell: string | number | bigint | undefined): string {
  if (cell === undefined) return ''
  const text = String(cell)
  const isNumber = typeof cell !== 'string' || /^-?\d+(\.\d+)?$/.test(text)
  return !isNumber && FORMULA.test(text) ? `'${text}` : text
}
