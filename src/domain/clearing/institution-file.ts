import { codeCell, decimalCell, integerCell, priceCell, yuanCell } from '../tables/cells.ts'
import type { Column } from '../tables/table.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * The columns of the file that an institution uploads for matching (对账文件): one row for each line of each
 * settlement that counts in the month, or one for each batch of it where batches are named. A return of an earlier month's settlement has a negative quantity and a
 * negative demand; what was settled and taken back within the month is left out.
 */
export const FILE_COLUMNS: readonly (Column & { readonly meaning: string })[] = [
  {
    name: 'settlement_id',
    aliases: ['结算编号'],
    required: true,
    read: codeCell(UUID, 'lower'),
    expected: { zh: '平台给出的结算编号（UUID）', en: 'the settlement of the hub, a UUID' },
    meaning: 'Number of the settlement, as the hub gave it · 结算编号',
  },
  {
    name: 'line_no',
    aliases: ['处方行号', '行号'],
    required: true,
    read: (text) => {
      const read = integerCell({ digits: 4 })(text)
      return 'value' in read && read.value === 0 ? { cause: 'format' } : read
    },
    expected: { zh: '处方行号，从 1 起', en: 'the line of the prescription, from 1' },
    meaning: 'Line of the prescription · 处方行号',
  },
  {
    name: 'drug_code',
    aliases: ['药品编码', '国家药品编码', '医保药品编码'],
    required: true,
    read: codeCell(/^[\x21-\x7e]{1,64}$/),
    expected: { zh: '国家药品编码', en: 'the national drug code' },
    meaning: 'National drug code · 国家药品编码',
  },
  {
    name: 'quantity',
    aliases: ['数量'],
    required: true,
    read: decimalCell({ places: 4, digits: 12, signed: true }),
    expected: {
      zh: '数量，至多四位小数，退货为负',
      en: 'a quantity with at most four decimals, negative for a return',
    },
    meaning: 'Supplied, at most four decimals · 数量',
  },
  {
    name: 'unit_price',
    aliases: ['单价', '单价（元）'],
    required: true,
    read: priceCell({ places: 6, digits: 12 }),
    expected: { zh: '以元计的单价，至多六位小数', en: 'the unit price in yuan with at most six decimals' },
    meaning: 'Yuan for one unit, at most six decimals · 单价（元）',
  },
  {
    name: 'demanded',
    aliases: ['应由医保支付', '应由医保支付（元）'],
    required: true,
    read: yuanCell(true),
    expected: { zh: '以元计的金额，至多两位小数', en: 'an amount in yuan with at most two decimals' },
    meaning: 'What the agency owes for the line, yuan · 应由医保支付（元）',
  },
  {
    name: 'charged',
    aliases: ['金额', '金额（元）', '药费', '药费（元）'],
    required: false,
    read: yuanCell(true),
    expected: { zh: '以元计的金额，至多两位小数', en: 'an amount in yuan with at most two decimals' },
    meaning:
      'What the line costs as it was charged at the till, yuan; the unit price beside it may then be rounded to a fen · 金额（元）',
  },
  {
    name: 'batch_no',
    aliases: ['批号', '生产批号', '药品批号'],
    required: false,
    read: codeCell(/^.{1,40}$/u, 'upper'),
    expected: { zh: '生产批号，至多 40 个字符', en: 'the number of the batch, at most 40 characters' },
    meaning: 'Batch that was supplied; a line from two batches stands in two rows · 生产批号',
  },
]

/** One row of the file. */
export interface FileRow {
  readonly settlementId: string
  readonly lineNo: number
  readonly drugCode: string
  /** Decimal text, negative for a return. */
  readonly quantity: string
  /** Decimal text with at most four decimals: as precise as six of a yuan. */
  readonly unitPriceFen: string
  readonly demandedFen: number
  /** As charged at the till, negative for a return; absent when the file doesn't say. */
  readonly chargedFen?: number
  /** In capitals; absent when the file doesn't say. */
  readonly batchNo?: string
}

/** A row by its columns, as `FILE_COLUMNS` read them. */
export function fileRow(record: Readonly<Record<string, string | number>>): FileRow {
  return {
    settlementId: String(record['settlement_id']),
    lineNo: Number(record['line_no']),
    drugCode: String(record['drug_code']),
    quantity: String(record['quantity']),
    unitPriceFen: fenText(String(record['unit_price'])),
    demandedFen: Number(record['demanded']),
    ...(record['charged'] === undefined ? {} : { chargedFen: Number(record['charged']) }),
    ...(record['batch_no'] === undefined ? {} : { batchNo: String(record['batch_no']) }),
  }
}

/** Yuan with at most six decimals as fen. */
function fenText(yuan: string): string {
  const [whole = '', decimals = ''] = yuan.split('.')
  const digits = decimals.padEnd(6, '0')
  return `${BigInt(whole + digits.slice(0, 2))}.${digits.slice(2)}`
}
