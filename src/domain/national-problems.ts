import type { ProblemEntry } from './problems.ts'

/** Refusals at the door of the national interface. Part of the catalogue in `problems.ts`. */
export const NATIONAL_PROBLEMS = {
  'function-unknown': {
    family: 'unknown',
    title: { zh: '没有该交易编号', en: 'There is no function of this number' },
    remedy: {
      zh: '请核对 infno；本平台提供的交易编号见接口说明。',
      en: 'Check infno; the API description lists the functions there are.',
    },
    retry: 'never',
  },
  'credential-unreadable': {
    family: 'refused',
    title: { zh: '就诊凭证无法核验', en: 'The credential could not be read' },
    remedy: {
      zh: '请核对凭证类型与编号，电子凭证请重新展码；或改用身份证。',
      en: 'Check the type and number, have the e-certificate shown again, or use the identity card.',
    },
    retry: 'after-change',
  },
  'credential-of-another': {
    family: 'refused',
    title: { zh: '凭证或人员编号不是处方所载患者的', en: 'The credential is not that of the patient' },
    remedy: {
      zh: '请核对参保人凭证与处方所载患者是否为同一人。',
      en: 'Check that the credential is that of the patient whom the prescription names.',
    },
    retry: 'after-change',
  },
  'token-void': {
    family: 'expired',
    title: { zh: '处方令牌已使用或已失效', en: 'The token has been used, or its time is over' },
    remedy: {
      zh: '令牌一次有效、限时使用，请重新扫码（7201）或查询（7202）。',
      en: 'A token is good once and for a short time: scan the code (7201) or ask (7202) again.',
    },
    retry: 'after-change',
  },
  'settlement-under-way': {
    family: 'unavailable',
    title: { zh: '结算尚未完成', en: 'The settlement is still under way' },
    remedy: {
      zh: '请稍后以相同报文ID（msgid）重发，取得结算结果；不会重复结算。',
      en: 'Send the same message with the same msgid again for its result; nothing is settled twice.',
    },
    retry: 'later',
  },
  'left-to-reimbursement': {
    family: 'conflict',
    title: {
      zh: '无法实时结算，已转手工报销',
      en: 'It could not be settled and is left to reimbursement by hand',
    },
    remedy: {
      zh: '请按全额自费收款，7206 不填结算ID；参保人凭票据手工报销。',
      en: 'Take the full price and send 7206 without a setl_id; the patient claims it by hand.',
    },
    retry: 'never',
  },
} as const satisfies Record<string, ProblemEntry>
