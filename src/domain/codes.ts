import { PRESCRIPTION_CODES } from '../../schemas/prescription-codes.ts'
import type { Bilingual } from './finding.ts'

interface Code extends Bilingual {
  readonly code: string
}

interface CodeList {
  readonly title: Bilingual
  readonly codes: readonly Code[]
}

/** The code lists of the API, each code with its sentence. Codes are public: add, never rename or reuse. */
export const CODE_LISTS = {
  ...PRESCRIPTION_CODES,
  'cancel-reasons': {
    title: { zh: '撤销处方原因', en: 'Why a prescription is cancelled' },
    codes: [
      { code: 'prescribing-error', zh: '处方内容有误', en: 'The prescription is wrong' },
      { code: 'patient-request', zh: '患者要求撤销', en: 'The patient asks for it' },
      { code: 'patient-condition-changed', zh: '患者病情变化', en: 'The condition of the patient changed' },
      { code: 'adverse-reaction', zh: '出现不良反应', en: 'An adverse reaction' },
      { code: 'duplicate', zh: '重复开具', en: 'Issued twice' },
      { code: 'dispensed-in-hospital', zh: '已在院内取药', en: 'Supplied by the hospital itself' },
      { code: 'other', zh: '其他', en: 'Other' },
    ],
  },
  'release-reasons': {
    title: { zh: '药店退回处方原因', en: 'Why a pharmacy gives a prescription back' },
    codes: [
      { code: 'out-of-stock', zh: '药品缺货', en: 'Out of stock' },
      { code: 'patient-left', zh: '患者离开', en: 'The patient left' },
      { code: 'patient-request', zh: '患者要求换店', en: 'The patient wants another pharmacy' },
      { code: 'taken-by-mistake', zh: '误接收', en: 'Taken by mistake' },
      { code: 'equipment-failure', zh: '设备或系统故障', en: 'Equipment or system failure' },
      { code: 'other', zh: '其他', en: 'Other' },
    ],
  },
  'review-refusal-reasons': {
    title: { zh: '审方不通过原因', en: 'Why a pharmacist refuses a prescription' },
    codes: [
      { code: 'dose-unsafe', zh: '用法用量不适宜', en: 'Unsuitable dose or use' },
      { code: 'contraindication', zh: '存在用药禁忌', en: 'A contraindication' },
      { code: 'interaction', zh: '存在不良相互作用', en: 'An interaction' },
      { code: 'duplicate-therapy', zh: '重复用药', en: 'Duplicate therapy' },
      { code: 'indication-mismatch', zh: '诊断与用药不符', en: 'The drug does not fit the diagnosis' },
      { code: 'patient-mismatch', zh: '患者身份不符', en: 'Another patient' },
      { code: 'prescription-unclear', zh: '处方内容不清', en: 'The prescription is unclear' },
      { code: 'other', zh: '其他', en: 'Other' },
    ],
  },
  'defer-reasons': {
    title: { zh: '转手工报销原因', en: 'Why a settlement is left to manual reimbursement' },
    codes: [
      { code: 'settlement-unavailable', zh: '无法实时结算', en: 'Real-time settlement is not possible' },
      { code: 'settlement-overdue', zh: '结算超时', en: 'The settlement is overdue' },
      { code: 'facts-disputed', zh: '结算资料有争议', en: 'Facts of the settlement are disputed' },
      { code: 'patient-request', zh: '患者要求', en: 'The patient asks for it' },
      { code: 'other', zh: '其他', en: 'Other' },
    ],
  },
  'reverse-reasons': {
    title: { zh: '冲正结算原因', en: 'Why a settlement is reversed' },
    codes: [
      { code: 'wrong-quantity', zh: '数量有误', en: 'Wrong quantity' },
      { code: 'wrong-price', zh: '价格有误', en: 'Wrong price' },
      { code: 'wrong-person', zh: '参保人有误', en: 'Wrong person' },
      { code: 'patient-declined', zh: '患者放弃购药', en: 'The patient no longer wants it' },
      { code: 'out-of-stock', zh: '药品缺货', en: 'Out of stock' },
      { code: 'pharmacy-unavailable', zh: '药店无法继续', en: 'The pharmacy can not go on' },
      { code: 'other', zh: '其他', en: 'Other' },
    ],
  },
  'return-reasons': {
    title: { zh: '退药原因', en: 'Why goods are taken back' },
    codes: [
      { code: 'quality-defect', zh: '药品质量问题', en: 'A defect' },
      { code: 'recall', zh: '药品召回', en: 'A recall' },
      { code: 'dispensing-error', zh: '调配差错', en: 'A dispensing error' },
      { code: 'adverse-reaction', zh: '出现不良反应', en: 'An adverse reaction' },
      { code: 'prescription-withdrawn', zh: '医师停药', en: 'The physician stopped the drug' },
      { code: 'other', zh: '其他', en: 'Other' },
    ],
  },
  papers: {
    title: { zh: '购药人证件和材料', en: 'Papers that a buyer shows' },
    codes: [
      { code: 'identity-card', zh: '居民身份证', en: 'Identity card' },
      { code: 'insurance-card', zh: '医保卡或社会保障卡', en: 'Insurance or social security card' },
      { code: 'insurance-code', zh: '医保电子凭证', en: 'Electronic insurance code' },
      { code: 'agent-identity-card', zh: '代办人身份证', en: 'Identity card of the agent' },
      { code: 'handbook', zh: '谈判药品使用诊疗手册', en: 'Treatment handbook for negotiated drugs' },
      { code: 'prescription', zh: '处方', en: 'Prescription' },
      { code: 'passport', zh: '护照', en: 'Passport' },
      { code: 'other', zh: '其他', en: 'Other' },
    ],
  },
  'outside-refusal-reasons': {
    title: { zh: '拒绝外配处方原因', en: 'Why an outside prescription was refused' },
    codes: [
      { code: 'not-indicated', zh: '病情不需要该药', en: 'The drug is not indicated' },
      { code: 'contraindicated', zh: '存在用药禁忌', en: 'A contraindication' },
      { code: 'outside-payment-scope', zh: '不符合限定支付范围', en: 'Outside the scope of payment' },
      { code: 'not-responsible-physician', zh: '非责任医师接诊', en: 'Not a responsible physician' },
      { code: 'qualification-missing', zh: '患者未办理用药资格', en: 'The patient has no admission' },
      { code: 'in-stock-in-hospital', zh: '院内有药可供', en: 'The hospital has the drug' },
      { code: 'other', zh: '其他', en: 'Other' },
    ],
  },
  'outside-purchase-reasons': {
    title: { zh: '住院患者外购的特殊情况', en: 'Why an inpatient buys outside' },
    codes: [
      { code: 'not-stocked', zh: '院内未配备', en: 'The hospital does not stock the drug' },
      { code: 'out-of-stock', zh: '院内暂时缺货', en: 'Out of stock in the hospital' },
      { code: 'storage-unavailable', zh: '院内不具备储存条件', en: 'The hospital cannot store the drug' },
      { code: 'other', zh: '其他（须说明）', en: 'Other, with a statement' },
    ],
  },
  'paper-reasons': {
    title: { zh: '使用纸质处方原因', en: 'Why a prescription came on paper' },
    codes: [
      { code: 'hub-unreachable', zh: '流转平台无法访问', en: 'The hub could not be reached' },
      { code: 'hospital-not-connected', zh: '医院尚未接入流转平台', en: 'The hospital is not connected yet' },
      {
        code: 'pharmacy-not-connected',
        zh: '药店尚未接入流转平台',
        en: 'The pharmacy was not connected yet',
      },
      { code: 'hospital-system-down', zh: '医院系统故障', en: "The hospital's system was down" },
    ],
  },
  'paper-objection-reasons': {
    title: { zh: '医院对纸质处方的异议', en: 'Why a hospital objects to a paper prescription' },
    codes: [
      { code: 'not-issued-here', zh: '非本院开具', en: 'Not issued by the hospital' },
      { code: 'content-differs', zh: '录入内容与原处方不符', en: 'Entered otherwise than it was issued' },
      { code: 'withdrawn', zh: '处方已作废', en: 'The hospital had withdrawn it' },
      { code: 'supplied-already', zh: '已在院内或他处取药', en: 'Supplied already, here or elsewhere' },
      { code: 'other', zh: '其他', en: 'Other' },
    ],
  },
  'no-trace-reasons': {
    title: { zh: '无追溯码供应原因', en: 'Why goods are supplied without a trace code' },
    codes: [
      { code: 'herbal-pieces', zh: '中药饮片', en: 'Herbal pieces' },
      { code: 'herbal-granules', zh: '中药配方颗粒', en: 'Granules of herbal pieces' },
      { code: 'exempt-drug', zh: '按规定无需赋码的药品', en: 'A drug exempt from trace codes' },
      { code: 'before-duty', zh: '赋码要求实施前的库存', en: 'Stock from before the duty of trace codes' },
      { code: 'unreadable', zh: '追溯码破损无法识读', en: 'The code is damaged and cannot be read' },
    ],
  },
  'failure-resolutions': {
    title: { zh: '失败任务处理结果', en: 'How failed work is closed' },
    codes: [
      { code: 'done-by-hand', zh: '已人工处理', en: 'Done by hand outside the hub' },
      { code: 'dropped', zh: '无需处理', en: 'Needs nothing more' },
    ],
  },
} as const satisfies Readonly<Record<string, CodeList>>

export type CodeListName = keyof typeof CODE_LISTS
export type CodeOf<Name extends CodeListName> = (typeof CODE_LISTS)[Name]['codes'][number]['code']

/**
 * The schema of a code from one list, for the body of a route.
 *
 * @returns `enum` with the codes; the description names the list of `GET /codes`
 */
export function codeSchema<Name extends CodeListName>(
  list: Name,
): { readonly type: 'string'; readonly enum: readonly CodeOf<Name>[]; readonly description: string } {
  const codes = CODE_LISTS[list].codes.map(({ code }) => code) as CodeOf<Name>[]
  return {
    type: 'string',
    enum: codes,
    description: `From the code list ${list} · ${CODE_LISTS[list].title.zh}`,
  }
}
