import type { ProblemEntry } from '../problems.ts'

/** Refusals of manual reimbursement (零星报销). Part of the catalogue in `problems.ts`. */
export const REIMBURSEMENT_PROBLEMS = {
  'file-unknown': {
    family: 'unknown',
    title: { zh: '零星报销申请不存在', en: 'No such reimbursement file' },
    remedy: { zh: '请核对申请编号。', en: 'Check the number of the file.' },
    retry: 'never',
  },
  'file-not-supplied': {
    family: 'refused',
    title: { zh: '药品尚未发出', en: 'The medicine has not been handed over' },
    remedy: { zh: '请在药店发药后提交。', en: 'Submit it once the pharmacy has handed the medicine over.' },
    retry: 'later',
  },
  'file-wrong-state': {
    family: 'conflict',
    title: {
      zh: '零星报销申请当前状态不允许此操作',
      en: 'The state of the reimbursement file does not allow this',
    },
    remedy: { zh: '请先查询申请当前状态。', en: 'Read the state of the file first.' },
    retry: 'never',
  },
  'claim-day-closed': {
    family: 'refused',
    title: { zh: '不在报销受理日期内', en: 'Claims are not taken on this day of the month' },
    remedy: { zh: '请在所示日期内提交。', en: 'Submit it on one of the days given.' },
    retry: 'later',
  },
  'papers-missing': {
    family: 'refused',
    title: { zh: '报销材料不全', en: 'Papers are missing' },
    remedy: { zh: '请补齐所列材料后提交。', en: 'Add the papers listed, then submit.' },
    retry: 'after-change',
  },
  'invoice-used': {
    family: 'conflict',
    title: { zh: '该发票已用于另一申请', en: 'The invoice belongs to another file' },
    remedy: {
      zh: '一张发票只能报销一次，请核对发票号码。',
      en: 'An invoice is reimbursed once; check its number.',
    },
    retry: 'never',
  },
  'occasion-unknown': {
    family: 'refused',
    title: { zh: '本统筹区没有此种零星报销情形', en: 'The region has no reimbursement of this kind' },
    remedy: {
      zh: '请使用 details.occasions 所列的报销情形；为空则本统筹区不办理零星报销。',
      en: 'Use one of details.occasions; when it is empty, the region reimburses nothing by hand.',
    },
    retry: 'after-change',
  },
  'reimbursement-changed': {
    family: 'conflict',
    title: {
      zh: '审核后年度累计已变化，金额不同',
      en: "The person's year has moved since the approval; the amounts differ",
    },
    remedy: { zh: '请退回审核并重新审批。', en: 'Reopen the file and approve it again.' },
    retry: 'after-change',
  },
} as const satisfies Record<string, ProblemEntry>
