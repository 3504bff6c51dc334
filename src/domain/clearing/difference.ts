import type { Bilingual } from '../finding.ts'

/** How the ledger, the dispense record and the institution's file disagree. */
export const DIFFERENCE_KINDS = [
  'missing-here',
  'missing-there',
  'amount-differs',
  'quantity-differs',
  'price-differs',
  'charge-differs',
  'drug-differs',
  'batch-differs',
  'not-handed-over',
] as const
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number]

/** Why, as far as the hub can tell; the sentence for people. */
export const EXPLANATIONS = {
  'unknown-settlement': {
    zh: '平台没有此结算编号。',
    en: 'The hub has no settlement of that number.',
  },
  'of-another-institution': {
    zh: '该结算属于其他机构。',
    en: 'The settlement belongs to another institution.',
  },
  'taken-back-this-month': {
    zh: '本月已冲销，不计入清算。',
    en: 'It was settled and taken back within the month.',
  },
  'settled-in-another-month': {
    zh: '该结算记在其他月份。',
    en: 'The settlement is booked in another month.',
  },
  'deferred-to-manual': {
    zh: '已转手工（零星）报销，由患者先行垫付。',
    en: 'It was deferred: the patient paid and is reimbursed by hand.',
  },
  declined: { zh: '该结算申请未通过。', en: 'The settlement was declined.' },
  undecided: { zh: '该结算尚未完成。', en: 'The settlement is not decided yet.' },
  'line-not-supplied': {
    zh: '发药记录中没有此行。',
    en: 'The dispense record has no such line.',
  },
  'line-not-in-file': { zh: '贵机构文件缺少此行。', en: 'The file lacks this line.' },
  'not-in-file': { zh: '贵机构文件中没有此结算。', en: 'The file lacks this settlement.' },
  'return-not-in-file': {
    zh: '以前月份的结算在本月冲销，贵机构文件中没有。',
    en: 'A settlement of an earlier month was taken back in this one; the file lacks it.',
  },
  'follows-from-lines': {
    zh: '因数量或单价不同所致。',
    en: 'It follows from another quantity or price.',
  },
  'adjudicated-otherwise': {
    zh: '数量和单价一致，待遇计算结果不同；请核对结算单。',
    en: 'Quantity and price agree; the split differs. See the settlement statement.',
  },
  'rounded-otherwise': {
    zh: '数量和单价一致，金额舍入不同；每行只舍入一次，四舍五入到分。',
    en: 'Quantity and price agree, the total was rounded otherwise: a line is rounded once, half up to the fen.',
  },
  'batch-not-supplied': {
    zh: '发药记录中此行没有该批号，或该批号的数量较少。',
    en: 'The dispense record has no such batch of the line, or less of it.',
  },
  'handed-over-otherwise': {
    zh: '与发药记录不一致。',
    en: 'It differs from the dispense record.',
  },
  'not-handed-over': {
    zh: '已结算但没有发药记录。',
    en: 'It was settled, but no hand-over is recorded.',
  },
} as const satisfies Record<string, Bilingual>
export type Explanation = keyof typeof EXPLANATIONS
