import type { State } from '../../domain/lifecycle/transitions.ts'

/** The states as people at a counter speak of them: by what is to be done. */
export const STATE_WORDS: Readonly<Record<State, string>> = {
  open: '待患者选药店',
  chosen: '待接单',
  held: '待审方',
  reviewed: '待结算',
  settling: '结算中',
  settled: '待交付',
  deferred: '待交付（先自付）',
  dispensed: '已交付',
  returned: '已退药',
  refused: '审方未通过',
  cancelled: '已撤销',
  expired: '已过期',
}

/** The way of a prescription at the counter; what is not on it has ended. */
export const WAY: readonly { readonly name: string; readonly states: readonly State[] }[] = [
  { name: '接单', states: ['chosen'] },
  { name: '审方', states: ['held'] },
  { name: '结算', states: ['reviewed', 'settling'] },
  { name: '交付', states: ['settled', 'deferred'] },
  { name: '完成', states: ['dispensed'] },
]

/** What a page says after something was done, by the code in its address. */
export const NOTICES: Readonly<Record<string, string>> = {
  taken: '已接单，请药师审方。',
  approved: '审方通过，请核对价格后申请结算。',
  refused: '已记录审方不通过，处方已结束，医院和患者会收到通知。',
  buyer: '已记录购药人。',
  renewed: '已续锁。',
  released: '已退回，患者可以改选其他药店。',
  requested: '已申请结算，结果出来后本页会更新。',
  deferred: '已转手工报销，请收取全款后交付，患者凭单据报销。',
  reversed: '结算已冲正。',
  'handed-over': '已交付。',
  returned: '已办理退药。',
  refunded: '已记录退款。',
  'stock-taken': '库存文件已接收。',
  'stock-repeated': '这个文件以前上传过，没有重复计入。',
  confirmed: '已确认清算单。',
  disputed: '异议已提交，等待经办机构答复。',
}

/** Who pays, as a statement names it. */
export const PAYERS: Readonly<Record<string, string>> = {
  patient: '个人支付',
  'basic-fund': '基本医保统筹基金',
  'large-amount': '大额医疗补助',
  'serious-illness': '大病保险',
  'medical-assistance': '医疗救助',
  charity: '慈善援助',
  capitation: '包干费用',
  institution: '机构承担',
}

/** Notices that are true only as long as the prescription stays where they were said. */
const SAID_OF: Readonly<Record<string, readonly State[]>> = {
  taken: ['held'],
  approved: ['reviewed'],
  buyer: ['held', 'reviewed'],
  renewed: ['held', 'reviewed'],
  requested: ['settling'],
  deferred: ['deferred'],
  reversed: ['reviewed'],
}

/** The notice of an address, unless the prescription has moved on since. */
export function noticeIn(state: State, told: string | undefined): string | undefined {
  const states = SAID_OF[told ?? '']
  return states === undefined || states.includes(state) ? told : undefined
}
