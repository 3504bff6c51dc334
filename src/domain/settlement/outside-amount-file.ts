import { MOST_FEN } from '../../../schemas/bounds.ts'
import { type CellReader, codeCell, dayCell, wordCell, yuanCell } from '../tables/cells.ts'
import type { Column } from '../tables/table.ts'
import type { OutsideAmounts, OutsideSource } from './outside-amount.ts'

const plainYuan = yuanCell(false)
/** As much as one statement may say by itself. */
const amountCell: CellReader = (text) => {
  const read = plainYuan(text)
  return 'cause' in read || Number(read.value) <= MOST_FEN ? read : { cause: 'format' }
}

const yuan = (name: string, aliases: readonly string[]): Column => ({
  name,
  aliases: aliases.flatMap((alias) => [alias, `${alias}（元）`]),
  required: false,
  read: amountCell,
  expected: {
    zh: '以元计的金额，至多两位小数，不超过十亿元',
    en: 'an amount in yuan with at most two decimals, at most a billion',
  },
})

/** The columns of a file of amounts from elsewhere; amounts in yuan, those left out are zero. */
export const OUTSIDE_COLUMNS: readonly Column[] = [
  {
    name: 'source',
    aliases: ['来源'],
    required: true,
    read: wordCell({
      'opening-balance': ['期初余额', '期初'],
      'special-disease-clinic': ['门诊特病', '特病门诊'],
      outpatient: ['门诊', '普通门诊'],
      inpatient: ['住院'],
      'other-region': ['异地'],
    }),
    expected: {
      zh: '期初余额、门诊特病、门诊、住院或异地',
      en: 'opening-balance, special-disease-clinic, outpatient, inpatient or other-region',
    },
  },
  {
    name: 'reference',
    aliases: ['流水号', '单据号'],
    required: true,
    read: codeCell(/^[A-Za-z0-9_./:-]{1,80}$/),
    expected: {
      zh: '来源系统中的流水号，至多 80 个字母、数字或 _ . / : -',
      en: 'the number of the record where it comes from, at most 80 letters, digits or _ . / : -',
    },
  },
  {
    name: 'person_id',
    aliases: ['医保编号', '个人编号'],
    required: true,
    read: codeCell(/^[A-Za-z0-9]{4,40}$/),
    expected: { zh: '参保人医保编号', en: 'the number of the insured person' },
  },
  {
    name: 'on',
    aliases: ['日期', '费用日期'],
    required: true,
    read: dayCell,
    expected: { zh: '费用发生日期', en: 'the day of the expense' },
  },
  yuan('deductible', ['起付标准已付', '起付线已付']),
  {
    name: 'deductible_level',
    aliases: ['起付标准级别', '医院级别'],
    required: false,
    read: wordCell({ tertiary: ['三级'], secondary: ['二级'], primary: ['一级', '一级及以下'] }),
    expected: { zh: '三级、二级或一级', en: 'tertiary, secondary or primary' },
  },
  yuan('fund', ['统筹基金支付']),
  yuan('large_amount', ['大额支付']),
  yuan('own', ['个人自付']),
  yuan('serious_illness', ['大病保险支付']),
  yuan('assistance', ['医疗救助支付']),
  yuan('expense', ['政策范围内费用']),
]

/** A row of the file. */
export interface OutsideRow {
  readonly source: OutsideSource
  readonly reference: string
  readonly personId: string
  readonly on: string
  readonly amounts: OutsideAmounts
}

/** A row by its columns, as `OUTSIDE_COLUMNS` read them. */
export function outsideRow(record: Readonly<Record<string, string | number>>): OutsideRow {
  const fen = (name: string) => Number(record[name] ?? 0)
  const level = record['deductible_level'] as OutsideAmounts['deductibleLevel']
  return {
    source: record['source'] as OutsideSource,
    reference: String(record['reference']),
    personId: String(record['person_id']),
    on: String(record['on']),
    amounts: {
      deductibleFen: fen('deductible'),
      ...(level === undefined ? {} : { deductibleLevel: level }),
      fundFen: fen('fund'),
      largeAmountFen: fen('large_amount'),
      ownFen: fen('own'),
      seriousIllnessFen: fen('serious_illness'),
      assistanceFen: fen('assistance'),
      expenseFen: fen('expense'),
    },
  }
}
