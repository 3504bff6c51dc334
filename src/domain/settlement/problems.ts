import type { ProblemEntry } from '../problems.ts'

/** Refusals of a settlement, by the hub or by the payer. Part of the catalogue in `problems.ts`. */
export const SETTLEMENT_PROBLEMS = {
  'price-not-reported': {
    family: 'refused',
    title: {
      zh: '该药品价格保密，只能按已上报的价格试算',
      en: 'Only the reported price of this medicine is quoted',
    },
    remedy: {
      zh: '所列各行药品的价格保密；请先通过库存上报实际零售价，再按该价格试算。',
      en: 'The price of the listed lines is confidential: report the shelf price with the stock, and ask with that price.',
    },
    retry: 'after-change',
  },
  'settlement-not-overdue': {
    family: 'conflict',
    title: { zh: '结算正在进行，尚未超时', en: 'The settlement is under way and not overdue' },
    remedy: {
      zh: '请稍候；超过等待时限仍未结算，方可转手工报销。',
      en: 'Wait; it may be deferred once the patience set by the hub is over.',
    },
    retry: 'later',
  },
  'settlement-unknown': {
    family: 'unknown',
    title: { zh: '尚未申请结算', en: 'No settlement was requested' },
    remedy: { zh: '请先申请结算。', en: 'Request the settlement first.' },
    retry: 'after-change',
  },
  'settlement-facts-missing': {
    family: 'refused',
    title: { zh: '结算所需资料不全', en: 'Facts that the settlement needs are missing' },
    remedy: {
      zh: '请经办机构补齐所列资料（如支付标准、医院等级）后重试，或转手工报销。',
      en: 'The agency must complete the listed facts (payment standard, hospital level); then ask again, or use manual reimbursement.',
    },
    retry: 'after-change',
  },
  'payer-refused': {
    family: 'refused',
    title: { zh: '医保核心系统拒绝结算', en: 'The payer refused the settlement' },
    remedy: {
      zh: '请联系经办机构核对参保信息，或转手工报销。',
      en: 'Ask the agency to check the insurance record, or use manual reimbursement.',
    },
    retry: 'after-change',
  },
  'payer-amount-differs': {
    family: 'conflict',
    title: {
      zh: '医保核心系统的金额与本平台核算不一致',
      en: 'The amounts of the payer differ from the adjudication',
    },
    remedy: {
      zh: '差异已登记，请经办机构核对后重新申请结算，或转手工报销。',
      en: 'The difference is listed for the agency; ask again after it was cleared up, or use manual reimbursement.',
    },
    retry: 'later',
  },
} as const satisfies Record<string, ProblemEntry>
