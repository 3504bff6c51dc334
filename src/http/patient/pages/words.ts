import type { Split } from '../../../../schemas/statement.ts'
import type { LogEntry } from '../../../usecases/patient/access-log.ts'
import type { PharmacyOffer } from '../../../usecases/patient/pharmacy-offers.ts'
import type { Progress } from '../../../usecases/patient/progress.ts'
import { EVENT_WORDS } from '../../pages/event-words.ts'

/** How far it is, in words of everyday life, and what to do now. */
export const PROGRESS_WORDS: Readonly<Record<Progress, { zh: string; en: string; now: string }>> = {
  'to-choose': {
    zh: '待选药店',
    en: 'Choose a pharmacy',
    now: '请在下面选择一家定点药店。药店接单之前，您可以随时更换。',
  },
  chosen: {
    zh: '已选药店',
    en: 'Pharmacy chosen',
    now: '请在到期前到店，出示下面的取药码。药店接单之前，您可以随时更换。',
  },
  accepted: {
    zh: '药店已接单',
    en: 'Accepted by the pharmacy',
    now: '药店正在为您备药，药师随后审核处方。',
  },
  checked: {
    zh: '药师已审核',
    en: 'Checked by the pharmacist',
    now: '药师审核通过，药店接下来为您办理医保结算。',
  },
  paying: { zh: '结算中', en: 'Settling', now: '正在办理医保结算，一般很快完成。本页会自动刷新。' },
  ready: {
    zh: '已结算，可取药',
    en: 'Ready for collection',
    now: '请核对下面的费用，付清个人部分，签字后取药。',
  },
  'ready-full-price': {
    zh: '可取药，费用先自付',
    en: 'Ready; pay in full first',
    now: '医保暂时不能实时结算。您可以先付全款取药，报销已为您登记，请保管好发票和费用清单。',
  },
  collected: { zh: '已取药', en: 'Collected', now: '药品已经交付。请按医嘱用药，如有不适请及时就医。' },
  'partly-collected': {
    zh: '已取部分药品',
    en: 'Partly collected',
    now: '还有药品没有取。请选择一家定点药店，在到期前取完。',
  },
  returned: { zh: '已退药', en: 'Returned', now: '药品已退回药店，这次结算已撤销。' },
  refused: {
    zh: '药师审核未通过',
    en: 'Refused by the pharmacist',
    now: '药师认为这张处方不能调配。请联系开方医院，由医师重新评估。',
  },
  cancelled: { zh: '已撤销', en: 'Cancelled', now: '这张处方已由医院撤销。如有疑问，请联系开方医院。' },
  expired: { zh: '已失效', en: 'Expired', now: '处方有效期已过，不能再取药。如仍需用药，请重新就诊开方。' },
}

/** The steps of the bar on top; a progress stands at one of them. */
export const STEPS = ['选药店', '药店接单', '审核结算', '取药'] as const

/** Where each progress stands: 0 to 3 for the step under way, 4 when all is done, undefined when the way has ended. */
export const STEP_OF: Readonly<Record<Progress, number | undefined>> = {
  'to-choose': 0,
  'partly-collected': 0,
  chosen: 1,
  accepted: 2,
  checked: 2,
  paying: 2,
  ready: 3,
  'ready-full-price': 3,
  collected: 4,
  returned: undefined,
  refused: undefined,
  cancelled: undefined,
  expired: undefined,
}

export const STOCK_WORDS: Readonly<Record<PharmacyOffer['stock'], string>> = {
  all: '药品齐全',
  part: '只有部分药品',
  none: '暂时缺货',
  unknown: '库存未上报',
}

/** Who pays, in plain words. */
export const PAYER_WORDS: Readonly<Record<Split['totals'][number]['payer'], string>> = {
  patient: '您个人支付',
  'basic-fund': '医保统筹基金支付',
  'large-amount': '大额医疗补助支付',
  'serious-illness': '大病保险支付',
  'medical-assistance': '医疗救助支付',
  charity: '慈善援助承担',
  capitation: '医保包干费用支付',
  institution: '药店免收',
}

const ACTOR_WORDS: Readonly<Record<LogEntry['by'], string>> = {
  patient: '您（凭链接）',
  'link-holder': '持有链接的人',
  hospital: '开方医院',
  pharmacy: '药店',
  agency: '医保经办机构',
  hub: '流转平台',
}

/** Done by an institution, whatever its kind. */
const NAMED: ReadonlySet<string> = new Set(['person-misnamed', 'asked-at-counter'])

const SHOWN_WORDS: Readonly<Record<string, string>> = {
  'trace-code': '处方上的追溯码',
  'identity-card': '身份证',
  'insurance-card': '社保卡',
  'e-certificate': '医保电子凭证',
}

/** Who did it. */
export function whoOf(entry: LogEntry): string {
  const isNamed = entry.by === 'pharmacy' || NAMED.has(entry.event)
  if (isNamed && entry.pharmacyName !== undefined) return entry.pharmacyName
  if (entry.by === 'patient' && entry.atCounter)
    return `您（在药店出示${SHOWN_WORDS[entry.shown ?? ''] ?? '取药码'}）`
  return ACTOR_WORDS[entry.by]
}

/** What was done; an event that has no words yet is shown as recorded. */
export function whatOf(entry: LogEntry): string {
  const words = EVENT_WORDS[entry.event] ?? entry.event
  return entry.event === 'pharmacy-chosen' && entry.pharmacyName !== undefined
    ? `${words}：${entry.pharmacyName}`
    : words
}

/** What the page says after a redirect, by the code in its address. Other codes are not shown. */
export const NOTICES: Readonly<Record<string, { zh: string; isAlert: boolean }>> = {
  chosen: { zh: '已选好药店。到店后出示取药码即可。', isAlert: false },
  'six-needed': { zh: '请输入证件号码的最后六个字符，也可以输入整个号码。', isAlert: true },
  'session-ended': { zh: '为保护您的隐私，页面已自动退出，请重新验证。', isAlert: true },
  left: { zh: '您已安全退出。', isAlert: false },
  'form-old': { zh: '页面已过期，刚才的操作没有生效，请再试一次。', isAlert: true },
  'held-by-another': { zh: '药店已经接单，现在不能更换。如需更换，请先联系该药店退回。', isAlert: true },
  'prescription-expired': { zh: '处方有效期已过，不能再选择药店。', isAlert: true },
  'rules-failed': { zh: '这家药店现在不能供应这张处方，请选择其他药店。', isAlert: true },
  'wrong-state': { zh: '处方状态已变化，刚才的操作没有生效。', isAlert: true },
}
