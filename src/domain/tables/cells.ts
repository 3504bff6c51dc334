import type { Bilingual } from '../finding.ts'
import { isCivilDay } from '../primitives/civil-day.ts'

/** What one cell says, or why it can't be read. */
export type CellRead = { readonly value: string | number } | { readonly cause: CellCause }

/**
 * `scientific`: a spreadsheet has made a number of a code and lost its digits. `serial-day`: it has made a number of a
 * day. `separators`: marks between digits that could divide thousands or decimals.
 */
export type CellCause = 'required' | 'format' | 'scientific' | 'serial-day' | 'separators'

/** Reads the text of a cell, which is not empty. */
export type CellReader = (text: string) => CellRead

/**
 * A cell without what spreadsheets put around it: blanks of any width, zero-width characters, `="001"` and the
 * apostrophe before what would be a number or a formula.
 */
export function plainCell(text: string): string {
  const bare = text.replace(/[\u200B\u2060\uFEFF]/g, '').trim()
  const quoted = /^="(.*)"$/s.exec(bare)
  return (quoted === null ? bare : quoted[1]!.replaceAll('""', '"'))
    .replace(/^['’](?=[\d=+\-@A-Za-z])/, '')
    .trim()
}

const SCIENTIFIC = /^[+-]?\d+(\.\d+)?E\+\d{1,3}$/i

/** A code: half width, and in capitals or small letters where its pattern has only those. */
export function codeCell(pattern: RegExp, letters?: 'upper' | 'lower'): CellReader {
  return (text) => {
    const half = text.normalize('NFKC')
    if (SCIENTIFIC.test(half)) return { cause: 'scientific' }
    const value = letters === 'upper' ? half.toUpperCase() : letters === 'lower' ? half.toLowerCase() : half
    return pattern.test(value) ? { value } : { cause: 'format' }
  }
}

/** One of several words, each with what else people write for it. */
export function wordCell(words: Readonly<Record<string, readonly string[]>>): CellReader {
  const known = new Map(
    Object.entries(words).flatMap(([word, others]) => [word, ...others].map((each) => [each, word] as const)),
  )
  return (text) => {
    const value = known.get(text.normalize('NFKC').toLowerCase())
    return value === undefined ? { cause: 'format' } : { value }
  }
}

/**
 * A civil day in the order year, month, day, as spreadsheets and people write it: `2026-03-05`, `2026/3/5`, `20260305`,
 * `2026年3月5日`, each with a time of day that is passed over. Other orders mean two things and are refused.
 */
export const dayCell: CellReader = (text) => {
  const half = text.normalize('NFKC').replace(/[ T]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/, '')
  if (/^\d{5}(\.\d+)?$/.test(half)) return { cause: 'serial-day' }
  const [, year, month, day] =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(half)?.filter((_, place) => place !== 2) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(half) ??
    /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(half) ??
    []
  const value = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  return isCivilDay(value) ? { value } : { cause: 'format' }
}

interface NumberShape {
  readonly places: number
  readonly digits: number
  readonly signed?: boolean
}

/**
 * A decimal number in plain text, without zeros that say nothing: `10.00000` is `10`. Commas are taken where they divide
 * whole thousands (`1,234,567.5`), a negative amount also in brackets.
 */
export function decimalCell({ places, digits, signed = false }: NumberShape): CellReader {
  return (text) => {
    const half = text
      .normalize('NFKC')
      .replace(/^\((.+)\)$/, '-$1')
      .replaceAll('−', '-')
    if (/^[+-]?\d+(\.\d+)?E[+-]?\d{1,3}$/i.test(half)) return { cause: 'scientific' }
    const isGrouped = /^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(half)
    if (half.includes(',') && !isGrouped) return { cause: 'separators' }
    const [, sign = '', whole = '', fraction = ''] =
      /^(-?)0*(\d+?)(?:\.(\d*?)0*)?$/.exec(half.replaceAll(',', '')) ?? []
    if (whole === '' || whole.length > digits || fraction.length > places) return { cause: 'format' }
    const plain = fraction === '' ? whole : `${whole}.${fraction}`
    if (sign === '-' && !signed) return { cause: 'format' }
    return { value: plain === '0' ? '0' : `${sign}${plain}` }
  }
}

/** A whole number. */
export function integerCell(shape: Omit<NumberShape, 'places'>): CellReader {
  const decimal = decimalCell({ ...shape, places: 0 })
  return (text) => {
    const read = decimal(text)
    return 'cause' in read ? read : { value: Number(read.value) }
  }
}

/** A number of yuan in plain text; the sign of the currency may stand with it. */
export function priceCell(shape: NumberShape): CellReader {
  const decimal = decimalCell(shape)
  return (text) => decimal(text.normalize('NFKC').replace(/^¥\s*|\s*元$/g, ''))
}

/** An amount in yuan as whole fen; the sign of the currency may stand with it. */
export function yuanCell(signed: boolean): CellReader {
  const price = priceCell({ places: 2, digits: 13, signed })
  return (text) => {
    const read = price(text)
    if ('cause' in read) return read
    const [whole = '', fraction = ''] = String(read.value).split('.')
    const fen = Number(`${whole}${fraction.padEnd(2, '0')}`)
    return Number.isSafeInteger(fen) ? { value: fen } : { cause: 'format' }
  }
}

/** Why a cell was refused, with what its column expects. */
export function cellMessage(cause: CellCause, column: string, expected: Bilingual): Bilingual {
  const what = CAUSES[cause]
  return {
    zh: `“${column}”${what.zh}应为${expected.zh}。`,
    en: `\`${column}\` ${what.en} Expected: ${expected.en}.`,
  }
}

const CAUSES: Readonly<Record<CellCause, Bilingual>> = {
  required: { zh: '不能为空，', en: 'is empty.' },
  format: { zh: '格式不符，', en: 'does not have its format.' },
  scientific: {
    zh: '已被电子表格改成科学计数法，原有数字已丢失；请把该列设为文本格式后重新导出，',
    en: 'was turned into scientific notation by a spreadsheet, which has lost its digits; make the column text and export again.',
  },
  'serial-day': {
    zh: '已被电子表格改成日期序号；请把该列设为日期格式后重新导出，',
    en: 'was turned into the serial number of a day by a spreadsheet; format the column as a date and export again.',
  },
  separators: {
    zh: '中的逗号含义不明，请去掉，',
    en: 'has commas that could mean two things; leave them out.',
  },
}
