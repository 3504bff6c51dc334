import { CLEARING_PROBLEMS } from './clearing/problems.ts'
import type { FieldFault } from './field-fault.ts'
import type { Bilingual, Finding } from './finding.ts'
import { SIGNATURE_PROBLEMS } from './signature-problems.ts'
import { WORKFLOW_PROBLEMS } from './workflows/workflow-problems.ts'

/** The families of refusal. Only the HTTP room knows which status each one becomes. */
export type ProblemFamily =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'unknown'
  | 'wrong-method'
  | 'conflict'
  | 'expired'
  | 'refused'
  | 'too-large'
  | 'too-slow'
  | 'unsupported'
  | 'too-many'
  | 'unavailable'
  | 'internal'

/** What a caller may do after the refusal: never again as it is, again after a change, or the same again later. */
export type RetryAdvice = 'never' | 'after-change' | 'later'

export interface ProblemEntry {
  readonly family: ProblemFamily
  readonly title: Bilingual
  /** What to do, in one sentence. */
  readonly remedy: Bilingual
  readonly retry: RetryAdvice
}

/**
 * Every way the hub says no. Codes are public: add, never rename or reuse.
 * Signature codes are in `signature-problems.ts`.
 */
export const PROBLEMS = {
  malformed: {
    family: 'malformed',
    title: { zh: '请求格式不正确', en: 'The request is malformed' },
    remedy: {
      zh: '请按接口说明更正所列字段后重新提交。',
      en: 'Correct the listed fields as the API description says, then send again.',
    },
    retry: 'after-change',
  },
  'not-found': {
    family: 'unknown',
    title: { zh: '地址不存在', en: 'No such address' },
    remedy: { zh: '请核对请求地址。', en: 'Check the address.' },
    retry: 'never',
  },
  'request-too-slow': {
    family: 'too-slow',
    title: { zh: '请求未能及时传完', en: 'The request took too long to arrive' },
    remedy: { zh: '请检查网络后原样重发。', en: 'Check the line and send the same again.' },
    retry: 'later',
  },
  'method-not-allowed': {
    family: 'wrong-method',
    title: { zh: '此地址不支持该请求方法', en: 'The address does not know this method' },
    remedy: {
      zh: '请使用 Allow 响应头所列的方法。',
      en: 'Use one of the methods that the Allow header lists.',
    },
    retry: 'after-change',
  },
  unauthenticated: {
    family: 'unauthenticated',
    title: { zh: '未认证或令牌已失效', en: 'Not authenticated, or the token has ended' },
    remedy: { zh: '请重新获取访问令牌后再试。', en: 'Get a new access token and send again.' },
    retry: 'after-change',
  },
  'client-refused': {
    family: 'unauthenticated',
    title: { zh: '客户端身份未通过验证', en: 'The client could not be verified' },
    remedy: {
      zh: '请核对客户端编号、密钥、断言的签发对象和有效期。',
      en: 'Check the client id, its key, and the audience and life of the assertion.',
    },
    retry: 'after-change',
  },
  'scope-missing': {
    family: 'forbidden',
    title: { zh: '没有此操作的权限', en: 'The caller may not do this' },
    remedy: { zh: '请使用有相应权限的身份。', en: 'Use a client that holds the scope.' },
    retry: 'never',
  },
  'not-yours': {
    family: 'unknown',
    title: { zh: '没有找到', en: 'Not found' },
    remedy: {
      zh: '请核对编号；只能查看与本机构有关的记录。',
      en: 'Check the number; only records that concern the caller are visible.',
    },
    retry: 'never',
  },
  'idempotency-key-missing': {
    family: 'malformed',
    title: { zh: '缺少 Idempotency-Key', en: 'The Idempotency-Key header is missing' },
    remedy: {
      zh: '每个写操作请附带唯一的 Idempotency-Key，重发时保持不变。',
      en: 'Give each write a key of its own and keep it when sending again.',
    },
    retry: 'after-change',
  },
  'idempotency-key-reused': {
    family: 'conflict',
    title: { zh: 'Idempotency-Key 已用于另一请求', en: 'The Idempotency-Key was used for another request' },
    remedy: { zh: '请为新的请求换一个键。', en: 'Use a new key for a new request.' },
    retry: 'after-change',
  },
  'rules-failed': {
    family: 'refused',
    title: { zh: '不符合政策规定', en: 'One or more policy rules failed' },
    remedy: { zh: '请按所列各条规定逐项更正。', en: 'Mend each of the listed findings.' },
    retry: 'after-change',
  },
  'policy-missing': {
    family: 'refused',
    title: { zh: '该统筹区当日没有生效的政策', en: 'The region has no policy in force on that day' },
    remedy: { zh: '请核对统筹区代码和开方日期。', en: 'Check the region code and the date of issue.' },
    retry: 'after-change',
  },
  'policy-not-cited': {
    family: 'unavailable',
    title: { zh: '政策参数尚无依据', en: 'A policy figure has no source yet' },
    remedy: {
      zh: '请经办机构在政策文件中补充所列参数的依据。',
      en: 'The agency must cite the listed figures in the policy file.',
    },
    retry: 'later',
  },
  'document-malformed': {
    family: 'malformed',
    title: { zh: '处方文书格式不正确', en: 'The prescription document is malformed' },
    remedy: {
      zh: '请按处方文书规范更正所列字段，重新签名后提交。',
      en: 'Correct the listed fields, sign the document again and send it.',
    },
    retry: 'after-change',
  },
  'document-of-another': {
    family: 'forbidden',
    title: {
      zh: '处方文书不属于提交机构',
      en: 'The document names another hospital or region than the caller',
    },
    remedy: {
      zh: '只能提交本机构、本统筹区的处方。',
      en: 'Send only prescriptions of your own institution and region.',
    },
    retry: 'never',
  },
  'prescription-unknown': {
    family: 'unknown',
    title: { zh: '处方不存在', en: 'No such prescription' },
    remedy: { zh: '请核对处方编号。', en: 'Check the prescription number.' },
    retry: 'never',
  },
  'prescription-number-reused': {
    family: 'conflict',
    title: { zh: '院内处方号已用于另一张处方', en: 'The hospital used this number for another prescription' },
    remedy: { zh: '请使用新的院内处方号。', en: 'Use a new in-house number.' },
    retry: 'after-change',
  },
  'paper-not-allowed': {
    family: 'refused',
    title: {
      zh: '该统筹区不允许录入纸质处方',
      en: 'The region has no paper prescriptions entered at the pharmacy',
    },
    remedy: {
      zh: '请由医院通过平台上传电子处方。',
      en: 'Have the hospital send the electronic prescription.',
    },
    retry: 'never',
  },
  'paper-entered-already': {
    family: 'conflict',
    title: {
      zh: '该院内处方号的处方已在平台中',
      en: "The hub has a prescription of that hospital's number already",
    },
    remedy: {
      zh: '请勿重复录入；请让患者选择本店或出示取药码。',
      en: 'Do not enter it again; let the patient choose the pharmacy or show the pick-up code.',
    },
    retry: 'never',
  },
  'paper-scan-differs': {
    family: 'malformed',
    title: { zh: '扫描件与所报摘要不符', en: 'The scan is not the file whose SHA-256 was sent' },
    remedy: {
      zh: '请重新计算扫描件的 SHA-256 后提交。',
      en: 'Compute the SHA-256 of the scan again and send both.',
    },
    retry: 'after-change',
  },
  'paper-answered-already': {
    family: 'conflict',
    title: { zh: '医院已对该纸质处方作出答复', en: 'The hospital has answered for this paper prescription' },
    remedy: { zh: '答复不能更改；如有疑问请联系经办机构。', en: 'The answer stands; turn to the agency.' },
    retry: 'never',
  },
  'prescription-expired': {
    family: 'expired',
    title: { zh: '处方已失效', en: 'The prescription has expired' },
    remedy: { zh: '请患者重新就诊开方。', en: 'The patient needs a new prescription.' },
    retry: 'never',
  },
  'wrong-state': {
    family: 'conflict',
    title: { zh: '处方当前状态不允许此操作', en: 'The state of the prescription does not allow this' },
    remedy: { zh: '请先查询处方当前状态。', en: 'Read the state of the prescription first.' },
    retry: 'never',
  },
  'held-by-another': {
    family: 'conflict',
    title: { zh: '处方已被其他药店锁定', en: 'Another pharmacy holds the prescription' },
    remedy: {
      zh: '请等待锁定到期，或联系所示药店。',
      en: 'Wait for the hold to end, or call the pharmacy named.',
    },
    retry: 'later',
  },
  'cancel-pending': {
    family: 'conflict',
    title: { zh: '医院已申请撤销此处方', en: 'The hospital has asked to cancel this prescription' },
    remedy: {
      zh: '请退回处方，撤销随即生效。',
      en: 'Release the prescription; the cancellation then takes effect.',
    },
    retry: 'never',
  },
  'pickup-code-wrong': {
    family: 'forbidden',
    title: { zh: '取药码不正确', en: 'The pick-up code is wrong' },
    remedy: { zh: '请患者重新出示取药码。', en: 'Ask the patient to show the code again.' },
    retry: 'after-change',
  },
  'hold-lost': {
    family: 'conflict',
    title: { zh: '处方不在本药店锁定中', en: 'The pharmacy does not hold the prescription' },
    remedy: {
      zh: '锁定可能已到期，请重新接收。',
      en: 'The hold may have run out; take the prescription again.',
    },
    retry: 'after-change',
  },
  'hold-not-renewable': {
    family: 'conflict',
    title: { zh: '锁定已不能再续', en: 'The hold can not be renewed any more' },
    remedy: {
      zh: '请在锁定到期前完成结算，或退回处方。',
      en: 'Request the settlement before the hold ends, or release the prescription.',
    },
    retry: 'never',
  },
  'drug-unknown': {
    family: 'refused',
    title: { zh: '药品编码不在名录中', en: 'A drug code is in no register' },
    remedy: { zh: '请核对所列药品编码。', en: 'Check the listed drug codes.' },
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
  'file-unknown': {
    family: 'unknown',
    title: { zh: '零星报销申请不存在', en: 'No such reimbursement file' },
    remedy: { zh: '请核对申请编号。', en: 'Check the number of the file.' },
    retry: 'never',
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
  'file-not-supplied': {
    family: 'refused',
    title: { zh: '药品尚未发出', en: 'The medicine has not been handed over' },
    remedy: { zh: '请在药店发药后提交。', en: 'Submit it once the pharmacy has handed the medicine over.' },
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
    remedy: { zh: '请核对报销情形和费用发生日期。', en: 'Check the occasion and the day of the expense.' },
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
  'upload-faulty': {
    family: 'refused',
    title: { zh: '上传文件有错误，整份未采纳', en: 'The file has faults; nothing of it was taken' },
    remedy: {
      zh: '请按所列行号更正后重新上传整份文件。',
      en: 'Correct the lines listed and upload the whole file again.',
    },
    retry: 'after-change',
  },
  'month-not-closed': {
    family: 'conflict',
    title: { zh: '该月份尚未结束', en: 'The month has not ended' },
    remedy: { zh: '请在该月结束后再统计。', en: 'Reports cover months that have ended.' },
    retry: 'later',
  },
  'quantity-exceeded': {
    family: 'refused',
    title: { zh: '发药数量超过处方余量', en: 'More than the prescription has left' },
    remedy: { zh: '请核对每行剩余数量。', en: 'Check what remains of each line.' },
    retry: 'after-change',
  },
  'trace-code-used': {
    family: 'conflict',
    title: { zh: '追溯码已售出', en: 'A trace code was sold before' },
    remedy: {
      zh: '请核对药品包装；同一追溯码只能销售一次。',
      en: 'Check the pack; a trace code sells once.',
    },
    retry: 'after-change',
  },
  'link-unknown': {
    family: 'unknown',
    title: { zh: '链接无效', en: 'The link is not valid' },
    remedy: { zh: '请使用医院发送的完整链接。', en: 'Use the whole link that the hospital sent.' },
    retry: 'never',
  },
  'link-locked': {
    family: 'too-many',
    title: { zh: '验证次数过多，链接已锁定', en: 'Too many wrong attempts; the link is locked' },
    remedy: { zh: '请联系开方医院重新发送链接。', en: 'Ask the hospital for a new link.' },
    retry: 'never',
  },
  'second-factor-wrong': {
    family: 'forbidden',
    title: { zh: '证件号码后六位不正确', en: 'The last six characters do not match' },
    remedy: {
      zh: '请输入患者证件号码的后六位。',
      en: 'Enter the last six characters of the identity number of the patient.',
    },
    retry: 'after-change',
  },
  'register-conflict': {
    family: 'conflict',
    title: { zh: '名录记录的有效期重叠', en: 'The periods of two register entries overlap' },
    remedy: { zh: '请先终止原记录，再登记新记录。', en: 'End the old entry first.' },
    retry: 'after-change',
  },
  'too-large': {
    family: 'too-large',
    title: { zh: '请求内容过大', en: 'The request is too large' },
    remedy: { zh: '请减小请求内容。', en: 'Send less.' },
    retry: 'after-change',
  },
  'unsupported-media-type': {
    family: 'unsupported',
    title: { zh: '不支持的内容类型', en: 'The media type is not supported' },
    remedy: {
      zh: '请按接口说明设置 Content-Type，例如 application/json。',
      en: 'Set the Content-Type that the API description names, such as application/json.',
    },
    retry: 'after-change',
  },
  'internal-error': {
    family: 'internal',
    title: { zh: '系统内部错误', en: 'The hub failed' },
    remedy: {
      zh: '请稍后以相同的 Idempotency-Key 重发；如再次出现，请将 instance 所示编号告知运维人员。',
      en: 'Send again later with the same Idempotency-Key; if it persists, give the operator the instance number.',
    },
    retry: 'later',
  },
  'too-many-requests': {
    family: 'too-many',
    title: { zh: '请求过于频繁', en: 'Too many requests' },
    remedy: {
      zh: '请在 Retry-After 所示秒数后重试。',
      en: 'Try again after the seconds given in Retry-After.',
    },
    retry: 'later',
  },
  unavailable: {
    family: 'unavailable',
    title: { zh: '服务暂时不可用', en: 'The service is not available for now' },
    remedy: {
      zh: '请稍后重试；使用相同的 Idempotency-Key 重发是安全的。',
      en: 'Try later; sending again with the same Idempotency-Key is safe.',
    },
    retry: 'later',
  },
  ...CLEARING_PROBLEMS,
  ...SIGNATURE_PROBLEMS,
  ...WORKFLOW_PROBLEMS,
} as const satisfies Record<string, ProblemEntry>

export type ProblemCode = keyof typeof PROBLEMS

/** Facts of a refusal that help the caller, without personal data. */
export type ProblemDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

/** An expected refusal. Anything else that is thrown is a bug and becomes a 500. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly findings: readonly Finding[]
  /** The fields at fault, when the structure of the input is the cause. */
  readonly fields: readonly FieldFault[]
  readonly details: ProblemDetails

  constructor(
    code: ProblemCode,
    options: {
      findings?: readonly Finding[]
      fields?: readonly FieldFault[]
      details?: ProblemDetails
    } = {},
  ) {
    super(PROBLEMS[code].title.en)
    this.code = code
    this.findings = options.findings ?? []
    this.fields = options.fields ?? []
    this.details = options.details ?? {}
  }
}
