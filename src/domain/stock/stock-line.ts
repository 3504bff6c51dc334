import { codeCell, dayCell, decimalCell, wordCell } from '../tables/cells.ts'
import type { Column } from '../tables/table.ts'

export type LineKind = 'purchase' | 'sale' | 'stock'

/** One line of a pharmacy's books. A `stock` line is a count on a day; its price is the price asked. */
export interface StockLine {
  readonly kind: LineKind
  /** The line in the pharmacy's own books, never used twice for a kind. */
  readonly reference: string
  readonly on: string
  readonly drugCode: string
  /** Decimal text in the unit of the drug. */
  readonly quantity: string
  readonly unitPriceFen: number
  readonly batchNo?: string
  /** Sales by prescription: the dispense of the hub. */
  readonly dispenseId?: string
}

/** The columns of an upload, of which the record is a `StockLine`; the last two may be left out. */
export const STOCK_COLUMNS: readonly Column[] = [
  {
    name: 'kind',
    aliases: ['类型', '业务类型'],
    required: true,
    read: wordCell({
      purchase: ['采购', '购进', '入库'],
      sale: ['销售', '出库'],
      stock: ['库存', '盘点', '结存'],
    }),
    expected: { zh: ' purchase（采购）、sale（销售）或 stock（库存）', en: 'purchase, sale or stock' },
  },
  {
    name: 'reference',
    aliases: ['流水号', '单据号'],
    required: true,
    read: codeCell(/^[A-Za-z0-9_./:-]{1,80}$/),
    expected: {
      zh: '本店账册中的流水号，至多 80 个字母、数字或 _ . / : -',
      en: 'the number of the line in your books, at most 80 letters, digits or _ . / : -',
    },
  },
  {
    name: 'on',
    aliases: ['日期', '业务日期'],
    required: true,
    read: dayCell,
    expected: { zh: '日期，如 2026-03-05 或 2026/3/5', en: 'a day such as 2026-03-05 or 2026/3/5' },
  },
  {
    name: 'drugCode',
    aliases: ['药品编码', '国家药品编码', '医保药品编码'],
    required: true,
    read: codeCell(/^[A-Z0-9]{20,23}$/, 'upper'),
    expected: { zh: '20 至 23 位国家药品编码', en: 'the national drug code of 20 to 23 characters' },
  },
  {
    name: 'quantity',
    aliases: ['数量'],
    required: true,
    read: decimalCell({ places: 4, digits: 12 }),
    expected: { zh: '数量，至多四位小数', en: 'a quantity with at most four decimals' },
  },
  {
    name: 'unitPriceFen',
    aliases: ['单价（分）'],
    required: true,
    read: (text) => {
      const read = decimalCell({ places: 6, digits: 9 })(text)
      return 'cause' in read ? read : { value: Number(read.value) }
    },
    expected: { zh: '以分计的单价，至多六位小数', en: 'the unit price in fen with at most six decimals' },
  },
  {
    name: 'batchNo',
    aliases: ['批号', '生产批号'],
    required: false,
    read: codeCell(/^[\x21-\x7e]{1,40}$/),
    expected: { zh: '批号，至多 40 个字符', en: 'a batch number of at most 40 characters' },
  },
  {
    name: 'dispenseId',
    aliases: ['供药编号'],
    required: false,
    read: codeCell(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'lower'),
    expected: { zh: '平台给出的供药编号（UUID）', en: 'the dispense of the hub, a UUID' },
  },
]
