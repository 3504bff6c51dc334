import type { StatementItem } from '../domain/clearing/statement.ts'
import type { StatementState } from '../domain/clearing/transitions.ts'
import type { Bilingual } from '../domain/finding.ts'
import type { Layer, Payer } from '../domain/settlement/adjudication.ts'

/** What papers call the rows of a statement. */
export const ITEM_LABELS: Readonly<Record<StatementItem['item'], Bilingual>> = {
  settlements: { zh: '本月结算', en: 'Settlements' },
  reversals: { zh: '本月冲销', en: 'Reversals' },
  'inpatient-deductions': { zh: '住院外购药品扣减', en: 'Inpatient deductions' },
  adjustments: { zh: '调整', en: 'Adjustments' },
  payments: { zh: '本月拨付', en: 'Payments' },
  capitation: { zh: '包干账户支出', en: 'Capitation account' },
  'capitation-budget': { zh: '包干预算核定与年度清算', en: 'Capitation budget' },
  'capitation-payments': { zh: '包干预付与年度清算', en: 'Capitation advances and year-end' },
  counter: { zh: '患者在药店支付', en: 'Paid by patients at the counter' },
  'patient-receivable': { zh: '医院应向患者收取', en: 'To be collected from patients' },
  charity: { zh: '慈善赠药', en: 'Charity supply' },
  prepaid: { zh: '包干已预付', en: 'Prepaid by capitation' },
}

export const STATE_LABELS: Readonly<Record<StatementState, Bilingual>> = {
  draft: { zh: '草稿', en: 'draft' },
  sent: { zh: '已发送', en: 'sent' },
  confirmed: { zh: '已确认', en: 'confirmed' },
  disputed: { zh: '有异议', en: 'disputed' },
  paid: { zh: '已拨付', en: 'paid' },
}

/** Kinds of ledger entries. */
export const KIND_LABELS: Readonly<Record<string, Bilingual>> = {
  settlement: { zh: '结算', en: 'settlement' },
  reversal: { zh: '冲销', en: 'reversal' },
  adjustment: { zh: '调整', en: 'adjustment' },
  reimbursement: { zh: '零星报销', en: 'reimbursement' },
  clearing: { zh: '拨付', en: 'payment' },
  capitation: { zh: '按人头付费', en: 'capitation' },
}

export const PAYER_LABELS: Readonly<Record<Payer, Bilingual>> = {
  patient: { zh: '个人支付', en: 'Patient' },
  'basic-fund': { zh: '基本医疗保险统筹基金', en: 'Basic fund' },
  'large-amount': { zh: '大额医疗费用补助', en: 'Large-amount insurance' },
  'serious-illness': { zh: '大病保险', en: 'Serious-illness insurance' },
  'medical-assistance': { zh: '医疗救助', en: 'Medical assistance' },
  charity: { zh: '慈善赠药', en: 'Charity' },
  capitation: { zh: '包干账户', en: 'Capitation' },
  institution: { zh: '定点机构承担', en: 'Waived by the supplier' },
}

export const LAYER_LABELS: Readonly<Record<Layer, Bilingual>> = {
  'not-covered': { zh: '不予支付', en: 'Not covered' },
  'paid-elsewhere': { zh: '其他待遇已支付', en: 'Paid elsewhere' },
  'above-standard': { zh: '超支付标准自费', en: 'Above the payment standard' },
  'class-b': { zh: '乙类先行自付', en: 'Class B self-paid share' },
  deductible: { zh: '起付线', en: 'Deductible' },
  coinsurance: { zh: '按比例自付', en: 'Co-insurance' },
  'above-maximum': { zh: '超年度限额', en: 'Above the yearly maximum' },
  'basic-fund': { zh: '统筹基金支付', en: 'Basic fund' },
  'other-benefit': { zh: '按其他待遇支付', en: 'Other benefit' },
  'large-amount': { zh: '大额补助支付', en: 'Large-amount insurance' },
  'serious-illness': { zh: '大病保险支付', en: 'Serious-illness insurance' },
  'medical-assistance': { zh: '医疗救助支付', en: 'Medical assistance' },
  charity: { zh: '慈善赠药', en: 'Charity supply' },
  'mark-up': { zh: '加价部分由机构承担', en: 'Mark-up waived' },
  'payer-decided': { zh: '核心系统核定', en: 'Decided by the core system' },
}
