import type { StatementFigures } from '../domain/clearing/statement.ts'
import type { StatementState } from '../domain/clearing/transitions.ts'
import { formatYuan } from '../domain/primitives/money.ts'
import { ITEM_LABELS, KIND_LABELS } from './labels.ts'

/** A clearing statement as its papers need it. */
export interface StatementPaper {
  readonly regionName: string
  readonly institutionId: string
  readonly institutionName: string
  /** `YYYY-MM`. */
  readonly month: string
  readonly status: StatementState
  readonly figures: StatementFigures
  /** What the institution owes patients. */
  readonly refunds?: RefundFigures
  readonly madeAt: Date
  /** The hub runs with sample figures. */
  readonly isSample: boolean
}

/** Counts and sums of refunds (退费) of a month; fen as numbers. */
export interface RefundFigures {
  readonly opened: number
  readonly openedFen: number
  readonly paidBack: number
  readonly paidBackFen: number
  readonly owed: number
  readonly owedFen: number
}

/** One entry of a statement, as far as papers show it. */
export interface PaperLine {
  readonly postingId: string
  readonly day: string
  readonly kind: string
  readonly settlementId?: string
  readonly prescriptionNo?: string
  readonly counterpartId?: string
  readonly stayNo?: string
  readonly charge?: bigint
  readonly patient?: bigint
  readonly amount: bigint
}

/** The columns of the lines: name for programs, title for people. */
export const LINE_COLUMNS = [
  { name: 'posting_id', title: '明细编号', width: 38 },
  { name: 'day', title: '记账日', width: 12 },
  { name: 'kind', title: '类型', width: 8 },
  { name: 'settlement_id', title: '结算编号', width: 38 },
  { name: 'prescription_no', title: '处方编号', width: 26 },
  { name: 'counterpart_id', title: '对方机构', width: 17 },
  { name: 'stay_no', title: '住院号', width: 14 },
  { name: 'charge', title: '费用总额（元）', width: 14 },
  { name: 'patient', title: '个人支付（元）', width: 14 },
  { name: 'amount', title: '清算金额（元）', width: 14 },
] as const

/** A line as cells, in the order of `LINE_COLUMNS`; amounts in yuan. */
export function lineCells(line: PaperLine): string[] {
  const yuan = (fen: bigint | undefined) => (fen === undefined ? '' : formatYuan(fen))
  return [
    line.postingId,
    line.day,
    KIND_LABELS[line.kind]?.zh ?? line.kind,
    line.settlementId ?? '',
    line.prescriptionNo ?? '',
    line.counterpartId ?? '',
    line.stayNo ?? '',
    yuan(line.charge),
    yuan(line.patient),
    yuan(line.amount),
  ]
}

/** The summary as rows of label, number of entries and yuan. */
export function summaryRows(figures: StatementFigures): { label: string; entries: string; yuan: string }[] {
  const row = (label: string, fen: bigint, entries?: number) => ({
    label,
    entries: entries === undefined ? '' : String(entries),
    yuan: formatYuan(fen),
  })
  return [
    row('期初未拨付', figures.opening),
    ...figures.items.map(({ item, amount, entries }) => row(ITEM_LABELS[item].zh, amount, entries)),
    row('本月应拨付', figures.due),
    row('期末未拨付', figures.closing),
  ]
}

/** The rows for information, in the same form. */
export function memoRows(figures: StatementFigures): { label: string; entries: string; yuan: string }[] {
  return figures.memos.map(({ item, amount, entries }) => ({
    label: ITEM_LABELS[item].zh,
    entries: String(entries),
    yuan: formatYuan(amount),
  }))
}
