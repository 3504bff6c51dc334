import type { HandOver } from '../domain/prescription/hand-over.ts'
import { isCivilDay } from '../domain/primitives/civil-day.ts'
import { formatQuantity, parseQuantity } from '../domain/primitives/quantity.ts'
import { Problem } from '../domain/problems.ts'
import type { PriceGiven } from '../domain/settlement/price-given.ts'
import { fenAt, quantityAt, unitPriceAt } from './amounts.ts'
import { fault, needed } from './fields.ts'
import { rowsOf } from './gateway.ts'
import { isTextObject, type TextObject, type Texts, textOf } from './texts.ts'

/** A line that a row may be of. */
export interface SaleLine {
  readonly lineNo: number
  readonly drugCode: string
  /** What is left of it, decimal text. */
  readonly remaining: string
}

type Lines = readonly SaleLine[]
type SoldLine = HandOver['lines'][number]

const UNKNOWN_DRUG = {
  zh: '处方没有该医疗目录编码的药品。',
  en: 'The prescription has no drug of this code.',
}
const NO_DAY = { zh: '应为 yyyy-MM-dd。', en: 'Must be yyyy-MM-dd.' }
const NO_ROWS = { zh: '至少一行。', en: 'Must have a row at least.' }

/**
 * The goods of a sale (7206 `selinfo`), one line a batch: rows of one batch, a row each pack, are put together.
 *
 * @throws Problem malformed, line-unknown
 */
export function soldLines(value: Texts | undefined, lines: Lines): SoldLine[] {
  const sold = new Map<string, SoldLine>()
  const lineOf = allocation(lines)
  for (const [index, row] of someRows(value, 'selinfo').entries()) {
    const where = `selinfo/${index}/`
    const batchNo = textOf(row, 'manu_lotnum') ?? needed(row, ['bchno']).bchno
    const expiresOn = dayAt(row, 'expy_end', where)
    const quantity = quantityAt(row, 'sel_retn_cnt', where)
    const lineNo = lineOf(row, quantity, where)
    const key = `${lineNo}/${batchNo}/${expiresOn}`
    const before = sold.get(key)
    const packs = traceCodesOf(row).map((traceCode) =>
      textOf(row, 'trdn_flag') === '1' ? { traceCode, split: true as const, quantity } : { traceCode },
    )
    sold.set(key, {
      lineNo,
      batchNo,
      expiresOn,
      quantity: before === undefined ? quantity : sumOf(before.quantity ?? '0', quantity),
      packs: [...(before?.packs ?? []), ...packs],
    })
  }
  return [...sold.values()].map(({ packs = [], ...line }) => (packs.length === 0 ? line : { ...line, packs }))
}

/** The codes of a row: one, a list of them, or a list of objects with one each, under the names that are in use. */
export function traceCodesOf(row: TextObject): string[] {
  const found = ['drug_trac_codg', 'drug_trac_code', 'drugtracinfo', 'drug_trac_info'].flatMap((name) =>
    codesIn(row[name]),
  )
  return [...new Set(found)]
}

function codesIn(value: Texts | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(codesIn)
  if (isTextObject(value)) return [...codesIn(value['drug_trac_codg']), ...codesIn(value['drug_trac_code'])]
  return typeof value === 'string' ? value.split(/[,;，；\s]+/).filter((code) => code !== '') : []
}

/**
 * What a settlement is asked for (2101 and 2102 `drugdetail`): quantities and prices, with trace codes where they come
 * along.
 *
 * @throws Problem malformed, line-unknown
 */
export function pricedLines(
  value: Texts | undefined,
  lines: Lines,
): (PriceGiven & { readonly lineNo: number; readonly traceCodes?: readonly string[] })[] {
  const lineOf = allocation(lines)
  return someRows(value, 'drugdetail').map((row, index) => {
    const where = `drugdetail/${index}/`
    const amountFen = fenAt(row, 'det_item_fee_sumamt', where)
    const unitPriceFen = unitPriceAt(row, 'pric', where)
    const traceCodes = traceCodesOf(row)
    const quantity = quantityAt(row, 'cnt', where)
    return {
      lineNo: lineOf(row, quantity, where),
      quantity,
      ...(unitPriceFen === undefined ? {} : { unitPriceFen }),
      ...(amountFen === undefined ? {} : { amountFen }),
      ...(traceCodes.length === 0 ? {} : { traceCodes }),
    }
  })
}

/** The number of the prescription that the rows are about, all the same one. @throws Problem malformed */
export function prescriptionOf(value: Texts | undefined): string {
  const numbers = someRows(value, 'drugdetail').map((row) => textOf(row, 'rxno') ?? textOf(row, 'hi_rxno'))
  const [only] = numbers
  if (only !== undefined && numbers.every((number) => number === only)) return only
  throw new Problem('malformed', {
    fields: [
      fault('drugdetail/*/rxno', {
        zh: '各行应为同一张医保处方编号；非处方外配的药品请另行结算。',
        en: 'Must be the number of one prescription in every row; settle other goods apart.',
      }),
    ],
  })
}

function someRows(value: Texts | undefined, name: string): readonly TextObject[] {
  const rows = rowsOf(value)
  if (rows.length > 0) return rows
  throw new Problem('malformed', { fields: [fault(name, NO_ROWS, 'minItems')] })
}

/**
 * Says which line a row is of. Rows name the drug and no line: of several lines of one drug each row goes to the first of
 * which enough is left.
 */
function allocation(lines: Lines): (row: TextObject, quantity: string, where: string) => number {
  const left = new Map(lines.map(({ lineNo, remaining }) => [lineNo, parseQuantity(remaining)]))
  return (row, quantity, where) => {
    const { med_list_codg } = needed(row, ['med_list_codg'])
    const same = lines.filter(({ drugCode }) => drugCode === med_list_codg)
    const wanted = parseQuantity(quantity)
    // Too much for any is told by what judges the quantity.
    const found = same.find(({ lineNo }) => left.get(lineNo)! >= wanted) ?? same[0]
    if (found === undefined)
      throw new Problem('line-unknown', { fields: [fault(`${where}med_list_codg`, UNKNOWN_DRUG, 'enum')] })
    left.set(found.lineNo, left.get(found.lineNo)! - wanted)
    return found.lineNo
  }
}

function dayAt(row: TextObject, name: string, where: string): string {
  const text = needed(row, [name])
    [name]!.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
    .slice(0, 10)
  if (isCivilDay(text)) return text
  throw new Problem('malformed', { fields: [fault(`${where}${name}`, NO_DAY, 'format')] })
}

function sumOf(a: string, b: string): string {
  return formatQuantity(parseQuantity(a) + parseQuantity(b))
}
