import type { ProblemEntry } from '../problems.ts'

/** Refusals of clearing; part of the catalogue in `problems.ts`. */
export const CLEARING_PROBLEMS = {
  'month-not-over': {
    family: 'conflict',
    title: { zh: '该月尚未结束，不能关账', en: 'The month is not over and cannot be closed' },
    remedy: {
      zh: '请在次月 1 日零时之后再关账。',
      en: 'Close it on the first day of the next month or later.',
    },
    retry: 'later',
  },
  'month-closed': {
    family: 'conflict',
    title: { zh: '该月已关账', en: 'The month is closed already' },
    remedy: {
      zh: '已关账月份不再变动；更正计入当前月份。',
      en: 'A closed month never changes; corrections go to the open one.',
    },
    retry: 'never',
  },
  'month-open': {
    family: 'unknown',
    title: { zh: '该月尚未关账', en: 'The month has not been closed' },
    remedy: {
      zh: '经办机构在该月结束后关账；关账后才有清算单和金额可查。',
      en: 'The agency closes a month after its end; from then on it has statements and figures.',
    },
    retry: 'later',
  },
  'month-before-clearing': {
    family: 'unknown',
    title: { zh: '该月早于本统筹区首个清算月份', en: 'Clearing in this region began after the month' },
    remedy: {
      zh: '本平台在该月没有账目；首个清算月份见 details。',
      en: 'The hub has no entries of the month; the details name the first month that was cleared.',
    },
    retry: 'never',
  },
  'month-out-of-order': {
    family: 'conflict',
    title: { zh: '须按月份顺序关账', en: 'Months are closed one after the other' },
    remedy: { zh: '请先关闭所示月份。', en: 'Close the month shown first.' },
    retry: 'after-change',
  },
  'clearing-unfinished': {
    family: 'conflict',
    title: { zh: '该月清算尚未汇总完成', en: 'The figures of the month are still being added up' },
    remedy: { zh: '请稍候再试，可查询汇总进度。', en: 'Wait; the progress of the month can be read.' },
    retry: 'later',
  },
  'statement-wrong-state': {
    family: 'conflict',
    title: { zh: '清算单当前状态不允许此操作', en: 'The state of the statement does not allow this' },
    remedy: { zh: '请先查询清算单状态。', en: 'Read the state of the statement first.' },
    retry: 'after-change',
  },
  'statement-unknown': {
    family: 'unknown',
    title: { zh: '该机构该月没有清算单', en: 'The institution has no statement of the month' },
    remedy: {
      zh: '该月已关账，该机构没有计入该月的账目；请核对机构编码和月份。',
      en: 'The month is closed and nothing of the institution counted in it; check institution and month.',
    },
    retry: 'never',
  },
  'statement-not-sent': {
    family: 'unknown',
    title: { zh: '清算单尚未发送', en: 'The statement was not sent yet' },
    remedy: {
      zh: '该月已关账，请等待经办机构发送清算单。',
      en: 'The month is closed; wait until the agency sends the statement.',
    },
    retry: 'later',
  },
  'dispute-unknown': {
    family: 'unknown',
    title: { zh: '没有此未答复的异议', en: 'The statement has no such open dispute' },
    remedy: {
      zh: '请在清算单中查找异议序号；已答复的异议不能再次答复。',
      en: 'Find its number in the statement; a dispute is answered once.',
    },
    retry: 'never',
  },
  'clearing-file-missing': {
    family: 'unknown',
    title: { zh: '该月尚未上传对账文件', en: 'No file of the month was uploaded' },
    remedy: {
      zh: '机构上传对账文件后才有对账差异。',
      en: 'There are differences once the institution has uploaded its own books of the month.',
    },
    retry: 'after-change',
  },
  'statement-line-unknown': {
    family: 'refused',
    title: { zh: '清算单中没有该笔明细', en: 'The statement has no such line' },
    remedy: { zh: '请核对明细编号和月份。', en: 'Check the entry and the month.' },
    retry: 'after-change',
  },
  'line-disputed-already': {
    family: 'conflict',
    title: { zh: '该笔明细已有未答复的异议', en: 'The line has an open dispute already' },
    remedy: { zh: '请等待经办机构答复。', en: 'Wait for the answer of the agency.' },
    retry: 'later',
  },
  'correction-impossible': {
    family: 'refused',
    title: { zh: '该笔明细不涉及基金支付，无法调整', en: 'The entry holds nothing that could be corrected' },
    remedy: { zh: '请驳回异议并说明理由。', en: 'Reject the dispute and say why.' },
    retry: 'after-change',
  },
  'correction-exceeds': {
    family: 'refused',
    title: { zh: '更正金额超过所更正的明细', en: 'The correction is more than the line that it corrects' },
    remedy: {
      zh: '同一明细的更正合计（含以往更正）不得超过该明细金额，请核对。',
      en: 'All corrections of a line together are at most its own amount; check it.',
    },
    retry: 'after-change',
  },
  'clearing-file-malformed': {
    family: 'malformed',
    title: { zh: '对账文件格式不正确', en: 'The file for matching is malformed' },
    remedy: {
      zh: '请按所列行和列更正后重新上传；应为带表头的 CSV。',
      en: 'Mend the rows and columns listed and upload again; it must be CSV with a header.',
    },
    retry: 'after-change',
  },
  'capitation-wrong-state': {
    family: 'conflict',
    title: { zh: '该年度按人头付费当前状态不允许此操作', en: 'The capitation year does not allow this' },
    remedy: {
      zh: '请查询该年度状态：政策未规定、尚未核定预算，或已清算。',
      en: 'Read the year: the policy has no capitation, nothing was granted, or it is settled.',
    },
    retry: 'after-change',
  },
  'paper-unavailable': {
    family: 'conflict',
    title: { zh: '该单据尚不能出具', en: 'The paper cannot be made out yet' },
    remedy: {
      zh: '结算完成后才能出具结算单和费用清单，发药后才能出具收据。',
      en: 'Settlement statement and fee list need a settlement; a receipt needs the hand-over too.',
    },
    retry: 'later',
  },
} as const satisfies Record<string, ProblemEntry>
