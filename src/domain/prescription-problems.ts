import type { ProblemEntry } from './problems.ts'

/**
 * Refusals on the way of a prescription: push, paper, hold, hand-over, the patient's link. Part of the catalogue in
 * `problems.ts`.
 */
export const PRESCRIPTION_PROBLEMS = {
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
    title: {
      zh: '政策参数尚无依据，该统筹区未提供服务',
      en: 'A policy figure has no source yet: the region is not served',
    },
    remedy: {
      zh: '请经办机构在政策文件中为所列参数补充依据或作出决定；在此之前重发无效。',
      en: 'The agency must cite or decide the listed figures in the policy file; sending again before that is of no use.',
    },
    retry: 'after-change',
  },
  'identity-guessed-too-often': {
    family: 'too-many',
    title: { zh: '身份信息多次不符', en: 'Persons were named wrongly too often' },
    remedy: {
      zh: '请凭证件核对患者身份，次日再试；每次不符均已记录，患者可以查看。',
      en: 'Check the paper of the patient and try again the next day; each mismatch is on record, and the patient sees it.',
    },
    retry: 'later',
  },
  'document-malformed': {
    family: 'malformed',
    title: { zh: '处方文书格式不正确', en: 'The prescription document is malformed' },
    remedy: {
      zh: '请按 GET /schemas/prescription-document 所载文书规范更正所列字段，重新签名后提交。',
      en: 'Correct the listed fields as GET /schemas/prescription-document says, sign the document again and send it.',
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
  'paper-entered-late': {
    family: 'refused',
    title: {
      zh: '纸质处方已超过补录期限',
      en: 'The paper prescription is entered too late',
    },
    remedy: {
      zh: '处方有效期已过，且自出示之日（presentedOn）起已超过可补录的天数（days）；请按属地医保经办机构的指导办理零星报销。',
      en: 'Its validity has ended, and so have the days within which it may be entered after the patient presented it (`details`); follow the agency, which can reimburse by hand.',
    },
    retry: 'never',
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
    remedy: {
      zh: '请先查询处方当前状态；details.allowedIn 列出可执行此操作的状态，到达其中之一后可重试。',
      en: 'Read the state first; details.allowedIn has the states in which this can be done: try again in one of them.',
    },
    retry: 'after-change',
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
    remedy: {
      zh: '请患者重新出示取药码：26 位字母和数字，不含 I、L、O、U。',
      en: 'Ask the patient to show the code again: 26 letters and digits, without I, L, O and U.',
    },
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
  'supply-unknown': {
    family: 'unknown',
    title: { zh: '没有这次发药', en: 'No such supply' },
    remedy: {
      zh: '请核对发药编号；只能办理本店的发药。',
      en: 'Check the id of the supply; only your own are seen.',
    },
    retry: 'never',
  },
  'supply-ambiguous': {
    family: 'conflict',
    title: { zh: '该处方有多次发药', en: 'The prescription was supplied several times' },
    remedy: {
      zh: '请按发药编号分别办理退药。',
      en: 'Return by supply: take one of the ids in the details.',
    },
    retry: 'after-change',
  },
  'goods-not-handed-over': {
    family: 'conflict',
    title: { zh: '药品尚未交付', en: 'Nothing was handed over' },
    remedy: {
      zh: '尚未交付的结算请办理冲正。',
      en: 'Before the hand-over a settlement is reversed, not returned.',
    },
    retry: 'never',
  },
  'goods-returned-already': {
    family: 'conflict',
    title: { zh: '药品已全部退回', en: 'All of it has come back already' },
    remedy: { zh: '请查询退药记录。', en: 'Read the record of the return.' },
    retry: 'never',
  },
  'return-exceeds': {
    family: 'refused',
    title: { zh: '退药数量超过患者持有数量', en: 'More than the patient has of the line' },
    remedy: {
      zh: '请核对该行患者仍持有的数量，每行只填一次，数量大于零。',
      en: 'Check what the patient still has of the line; name each line once, with more than zero.',
    },
    retry: 'after-change',
  },
  'trace-code-not-supplied': {
    family: 'refused',
    title: { zh: '追溯码不属于这次发药', en: 'A trace code was not sold with this line' },
    remedy: {
      zh: '请扫描随该行售出、尚未退回的药品包装。',
      en: 'Scan packs that were sold with the line and have not come back.',
    },
    retry: 'after-change',
  },
  'refund-unknown': {
    family: 'unknown',
    title: { zh: '没有这笔退费', en: 'No such refund' },
    remedy: {
      zh: '请核对退费编号；只能办理本店的退费。',
      en: 'Check the id of the refund; only your own are seen.',
    },
    retry: 'never',
  },
  'refund-closed-already': {
    family: 'conflict',
    title: { zh: '该笔退费已办结', en: 'The refund is closed already' },
    remedy: { zh: '请查询退费记录。', en: 'Read the record of the refund.' },
    retry: 'never',
  },
  'collection-over': {
    family: 'expired',
    title: {
      zh: '已超过取药期限，结算正在撤销',
      en: 'The time to collect is over; the hub is taking the settlement back',
    },
    remedy: {
      zh: '请待平台撤销结算后，在处方有效期内重新接收并结算。',
      en: 'Once the settlement is taken back, take the prescription and settle again within its validity.',
    },
    retry: 'never',
  },
  'drug-unknown': {
    family: 'refused',
    title: { zh: '药品编码不在名录中', en: 'A drug code is in no register' },
    remedy: { zh: '请核对所列药品编码。', en: 'Check the listed drug codes.' },
    retry: 'after-change',
  },
  'quantity-exceeded': {
    family: 'refused',
    title: { zh: '发药数量超过处方余量', en: 'More than the prescription has left' },
    remedy: { zh: '请核对每行剩余数量。', en: 'Check what remains of each line.' },
    retry: 'after-change',
  },
  'line-unknown': {
    family: 'refused',
    title: { zh: '处方没有此行', en: 'The prescription has no such line' },
    remedy: { zh: '请按处方明细的行号填写。', en: 'Use the line numbers of the prescription.' },
    retry: 'after-change',
  },
  'amount-exceeded': {
    family: 'refused',
    title: { zh: '金额超过单笔上限', en: 'The amount is more than one bill may be' },
    remedy: {
      zh: '请核对数量和单价（单位为分）。',
      en: 'Check the quantities and prices, which are in fen.',
    },
    retry: 'after-change',
  },
  'trace-code-used': {
    family: 'conflict',
    title: { zh: '追溯码已售出', en: 'A trace code was sold before' },
    remedy: {
      zh: '请核对药品包装；整盒只能销售一次，拆零须每次标明。',
      en: 'Check the pack; a whole pack sells once, and one that is split says so each time.',
    },
    retry: 'after-change',
  },
  'price-unclear': {
    family: 'refused',
    title: { zh: '价格不明确', en: 'What a line costs is not clear' },
    remedy: {
      zh: '请按字段说明填写单价、包装价或金额。',
      en: 'Give the unit price, the price of a pack or the amount, as the fields say.',
    },
    retry: 'after-change',
  },
  'line-priced-twice': {
    family: 'refused',
    title: { zh: '同一行出现两种单价', en: 'The parts of one line have two prices' },
    remedy: { zh: '同一处方行各批号的单价应一致。', en: 'Give all batches of a line one price.' },
    retry: 'after-change',
  },
  'not-as-settled': {
    family: 'refused',
    title: { zh: '交付内容与结算不一致', en: 'What is handed over is not what was settled' },
    remedy: {
      zh: '请按结算的行和数量交付；一行来自多个批号时逐批填写数量，合计应等于结算数量。',
      en: 'Hand over each settled line with all of its quantity; a line from several batches comes once a batch, with quantities that add up.',
    },
    retry: 'after-change',
  },
  'pack-of-another-drug': {
    family: 'conflict',
    title: { zh: '追溯码属于其他药品', en: 'The trace code is of another drug' },
    remedy: { zh: '请核对药品包装和处方行。', en: 'Check the pack and the line it is given for.' },
    retry: 'after-change',
  },
  'pack-size-unknown': {
    family: 'refused',
    title: { zh: '拆零需要包装数量', en: 'How much the split pack holds is not known' },
    remedy: { zh: '请填写 packSize：每包装的单位数。', en: 'State packSize: the units in the pack.' },
    retry: 'after-change',
  },
  'pack-size-contradicts': {
    family: 'refused',
    title: { zh: '包装数量不一致', en: 'The pack is known to hold another quantity' },
    remedy: {
      zh: '请核对包装数量，或不填 packSize。',
      en: 'Check the quantity in the pack, or leave packSize away.',
    },
    retry: 'after-change',
  },
  'pack-overdrawn': {
    family: 'conflict',
    title: { zh: '拆零数量超过余量', en: 'The split pack has less left' },
    remedy: { zh: '请按余量减少数量，或另取一盒。', en: 'Take what is left, and the rest of another pack.' },
    retry: 'after-change',
  },
  'packs-implausible': {
    family: 'refused',
    title: { zh: '追溯码数量与药品数量不符', en: 'More packs than the quantity can need' },
    remedy: {
      zh: '请核对追溯码；一盒只取部分时请标明拆零（split）和数量。',
      en: 'Check the codes; of a pack of which only a part leaves, say split and the quantity.',
    },
    retry: 'after-change',
  },
  'trace-code-unreadable': {
    family: 'refused',
    title: { zh: '无法识别追溯码', en: 'A trace code cannot be read' },
    remedy: { zh: '请按各字段的说明重新扫码。', en: 'Scan again what the fields name.' },
    retry: 'after-change',
  },
  'trace-code-contradicts': {
    family: 'refused',
    title: { zh: '追溯码与批号或有效期不一致', en: 'A trace code says another batch or expiry date' },
    remedy: {
      zh: '请核对药品包装，更正所列追溯码、批号或有效期。',
      en: 'Check the pack and correct the code, batch or date that the fields name.',
    },
    retry: 'after-change',
  },
  'trace-code-twice': {
    family: 'refused',
    title: { zh: '同一追溯码重复出现', en: 'One trace code is given twice' },
    remedy: {
      zh: '所列字段与前面的是同一盒药品（写法不同也算）；每盒只写一次。',
      en: 'The fields named are a pack that was named before, if in another spelling; name each pack once.',
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
} as const satisfies Record<string, ProblemEntry>
