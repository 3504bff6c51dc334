import { fenToJson, parseYuan } from '../primitives/money.ts'
import { parseQuantity } from '../primitives/quantity.ts'

/**
 * The columns of the file that an institution uploads for matching (对账文件): one row for each line of each
 * settlement that counts in the month. A return of an earlier month's settlement has a negative quantity and a
 * negative demand; what was settled and taken back within the month is left out.
 */
export const FILE_COLUMNS = [
  { name: 'settlement_id', meaning: 'Number of the settlement, as the hub gave it · 结算编号' },
  { name: 'line_no', meaning: 'Line of the prescription · 处方行号' },
  { name: 'drug_code', meaning: 'National drug code · 国家药品编码' },
  { name: 'quantity', meaning: 'Supplied, at most four decimals · 数量' },
  { name: 'unit_price', meaning: 'Yuan, at most two decimals · 单价（元）' },
  { name: 'demanded', meaning: 'What the agency owes for the line, yuan · 应由医保支付（元）' },
] as const

/** One row of the file. */
export interface FileRow {
  readonly settlementId: string
  readonly lineNo: number
  readonly drugCode: string
  /** Decimal text, negative for a return. */
  readonly quantity: string
  readonly unitPriceFen: number
  readonly demandedFen: number
}

/** What is wrong with a row, as the name of its column. */
export interface RowFault {
  readonly column: string
}

/** True for the header that the file must begin with. */
export function isFileHeader(fields: readonly string[]): boolean {
  return (
    fields.length === FILE_COLUMNS.length &&
    FILE_COLUMNS.every(({ name }, place) => fields[place]?.trim() === name)
  )
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Reads one row after the header. */
export function readFileRow(fields: readonly string[]): FileRow | RowFault {
  if (fields.length !== FILE_COLUMNS.length) return { column: 'settlement_id' }
  const [settlementId, lineNo, drugCode, quantity, unitPrice, demanded] = fields.map((field) =>
    field.trim(),
  ) as [string, string, string, string, string, string]
  if (!UUID.test(settlementId)) return { column: 'settlement_id' }
  if (!/^[1-9]\d{0,3}$/.test(lineNo)) return { column: 'line_no' }
  if (!/^[\x21-\x7e]{1,64}$/.test(drugCode)) return { column: 'drug_code' }
  if (!holds(() => parseQuantity(quantity.replace(/^-/, '')))) return { column: 'quantity' }
  if (unitPrice.startsWith('-') || !holds(() => fenToJson(parseYuan(unitPrice))))
    return { column: 'unit_price' }
  if (!holds(() => fenToJson(parseYuan(demanded)))) return { column: 'demanded' }
  return {
    settlementId: settlementId.toLowerCase(),
    lineNo: Number(lineNo),
    drugCode,
    quantity,
    unitPriceFen: fenToJson(parseYuan(unitPrice)),
    demandedFen: fenToJson(parseYuan(demanded)),
  }
}

function holds(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch {
    return false
  }
}
