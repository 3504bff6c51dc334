/** One code with its words. */
type Row = readonly [code: string, zh: string, en: string]

function list<const Rows extends readonly Row[]>(zh: string, en: string, rows: Rows) {
  return {
    title: { zh, en },
    codes: rows.map(([code, zh, en]) => ({ code: code as Rows[number][0], zh, en })),
  }
}

/**
 * The code lists of the prescription document. Where the national interface (D001) has a list, the codes are its own;
 * routes of administration are those of WS 364.12 (CV06.00.102), on which it rests. Codes are public: add, never
 * rename or reuse.
 */
export const PRESCRIPTION_CODES = {
  'prescription-types': list('处方类型', 'Kind of prescription', [
    ['western', '西药（可含中成药）', 'Western medicine; may hold Chinese patent medicines too'],
    ['patent', '中成药（可含西药）', 'Chinese patent medicine; may hold Western medicines too'],
    ['herbal', '中药饮片', 'Herbal pieces alone'],
  ]),
  'prescription-categories': list('处方类别', 'Category of prescription (rx_type_code)', [
    ['1', '门诊西药', 'Outpatient, Western'],
    ['2', '门诊中药饮片', 'Outpatient, herbal pieces'],
    ['3', '急诊西药', 'Emergency, Western'],
    ['4', '急诊中药饮片', 'Emergency, herbal pieces'],
    ['5', '儿科西药', 'Paediatric, Western'],
    ['6', '儿科中药饮片', 'Paediatric, herbal pieces'],
    ['7', '麻醉、第一类精神药品', 'Narcotic and first-class psychotropic'],
    ['8', '第二类精神药品', 'Second-class psychotropic'],
    ['9', '中药饮片', 'Herbal pieces'],
    ['10', '中成药', 'Chinese patent medicine'],
    ['99', '其他', 'Other'],
  ]),
  settings: list('门诊住院标识', 'Setting of the visit', [
    ['outpatient', '门诊', 'Outpatient'],
    ['inpatient', '住院', 'Inpatient'],
  ]),
  channels: list('就诊方式', 'Where the patient was seen', [
    ['institution', '定点医疗机构就诊', 'At the institution'],
    ['internet', '互联网医院问诊', 'Online'],
  ]),
  circulations: list('处方附加属性', 'Why the prescription circulates', [
    ['dual-channel', '双通道处方', 'Dual-channel'],
    ['outpatient-pooling', '门诊统筹处方', 'Outpatient pooling'],
    ['other', '其他', 'Other'],
  ]),
  'medical-types': list('医疗类别', 'Medical type of the visit (med_type)', [
    ['11', '普通门诊', 'General outpatient'],
    ['12', '门诊挂号', 'Outpatient registration'],
    ['120', '120急救', 'Ambulance'],
    ['13', '急诊', 'Emergency'],
    ['14', '门诊慢特病', 'Outpatient, chronic or special disease'],
    ['140104', '门诊慢病', 'Outpatient, chronic disease'],
    ['140201', '门诊特病', 'Outpatient, special disease'],
    ['140401', '门诊罕见病', 'Outpatient, rare disease'],
    ['19', '意外伤害门诊', 'Outpatient, accident'],
    ['21', '普通住院', 'Inpatient'],
    ['210104', '急诊住院', 'Inpatient, emergency'],
    ['28', '日间手术', 'Day surgery'],
    ['41', '定点药店购药', 'Purchase at a pharmacy'],
    ['51', '生育门诊', 'Outpatient, maternity'],
    ['52', '生育住院', 'Inpatient, maternity'],
    ['53', '计划生育手术费', 'Family planning'],
    ['71', '家庭病床', 'Care at home'],
    ['991702', '特殊疾病', 'Special disease'],
    ['992102', '特殊疾病', 'Special disease'],
  ]),
  routes: list('用药途径', 'Route of administration (drug_medc_way_code)', [
    ['1', '口服', 'Oral'],
    ['2', '直肠给药', 'Rectal'],
    ['3', '舌下给药', 'Sublingual'],
    ['4', '注射给药', 'Injection'],
    ['401', '皮下注射', 'Subcutaneous injection'],
    ['402', '皮内注射', 'Intradermal injection'],
    ['403', '肌肉注射', 'Intramuscular injection'],
    ['404', '静脉注射或静脉滴注', 'Intravenous injection or infusion'],
    ['5', '吸入给药', 'Inhalation'],
    ['6', '局部用药', 'Local use'],
    ['601', '椎管内用药', 'Intraspinal'],
    ['602', '关节腔内用药', 'Intra-articular'],
    ['603', '胸膜腔用药', 'Intrapleural'],
    ['604', '腹腔用药', 'Intraperitoneal'],
    ['605', '阴道用药', 'Vaginal'],
    ['606', '气管内用药', 'Intratracheal'],
    ['607', '滴眼', 'Eye drops'],
    ['608', '滴鼻', 'Nose drops'],
    ['609', '喷喉', 'Throat spray'],
    ['610', '含化', 'Held in the mouth'],
    ['611', '敷伤口', 'On a wound'],
    ['612', '擦皮肤', 'On the skin'],
    ['699', '其他局部用药途径', 'Other local use'],
    ['9', '其他用药途径', 'Other'],
  ]),
  frequencies: list('使用频次', 'How often (used_frqu); codes with letters, and 99, are of the hub itself', [
    ['11', 'qd', 'Once a day'],
    ['12', 'bid', 'Twice a day'],
    ['13', 'tid', 'Three times a day'],
    ['14', 'qid', 'Four times a day'],
    ['21', 'qw', 'Once a week'],
    ['22', 'biw', 'Twice a week'],
    ['23', 'tiw', 'Three times a week'],
    ['24', 'q2w', 'Every two weeks'],
    ['31', 'qh', 'Every hour'],
    ['32', 'q2h', 'Every two hours'],
    ['33', 'q4h', 'Every four hours'],
    ['34', 'q5h', 'Every five hours'],
    ['35', 'q6h', 'Every six hours'],
    ['36', 'q8h', 'Every eight hours'],
    ['37', 'q12h', 'Every twelve hours'],
    ['41', 'qn', 'Every night'],
    ['42', 'qod', 'Every other day'],
    ['q3w', 'q3w', 'Every three weeks'],
    ['q4w', 'q4w', 'Every four weeks'],
    ['hs', '睡前', 'At bedtime'],
    ['st', '立即', 'At once, one time'],
    ['prn', '必要时', 'When needed'],
    ['99', '其他', 'Other: the name says how often'],
  ]),
  'item-types': list('处方项目分类', 'Kind of item (rx_item_type_code)', [
    ['11', '西药', 'Western medicine'],
    ['12', '中成药', 'Chinese patent medicine'],
    ['13', '中药饮片', 'Herbal pieces'],
  ]),
  'physician-titles': list('医生职称', 'Title of a physician (drord_dr_profttl)', [
    ['231', '主任医师', 'Chief physician'],
    ['232', '副主任医师', 'Associate chief physician'],
    ['233', '主治（主诊）医师', 'Attending physician'],
    ['234', '医师', 'Physician'],
    ['235', '医士', 'Assistant physician'],
  ]),
  'hospital-approvals': list('医院审批标志', 'What the hospital decided of a restricted item', [
    ['none', '无需审批', 'Nothing to decide'],
    ['covered', '符合限定支付范围', 'Meets the restriction; the fund pays'],
    ['self-pay', '自费', 'The patient pays alone'],
  ]),
  'diagnosis-kinds': list('诊断类别', 'Kind of diagnosis', [
    ['western', '西医诊断', 'Western diagnosis'],
    ['tcm-disease', '中医主病', 'Disease of Chinese medicine'],
    ['tcm-syndrome', '中医主证', 'Syndrome of Chinese medicine'],
  ]),
  'identity-papers': list('人员证件类型', 'Kind of identity paper', [
    ['resident-id', '居民身份证', 'Resident identity card'],
    ['passport', '外国护照', 'Foreign passport'],
    ['residence-permit', '港澳台居民居住证', 'Residence permit of residents of Hong Kong, Macao and Taiwan'],
    ['officer', '军官证', 'Officer’s card'],
    ['armed-police', '武警证', 'Armed police card'],
    ['hong-kong-macao-permit', '港澳居民来往内地通行证', 'Travel permit of Hong Kong and Macao residents'],
    ['taiwan-permit', '台湾居民来往大陆通行证', 'Travel permit of Taiwan residents'],
    ['permanent-residence', '外国人永久居留身份证', 'Permanent residence card of a foreigner'],
    ['chinese-passport', '中国护照', 'Chinese passport'],
    ['other', '其他', 'Other'],
  ]),
  'visit-credentials': list('就诊凭证类型', 'What the patient showed at the visit', [
    ['e-certificate', '医保电子凭证', 'Electronic insurance certificate'],
    ['resident-id', '居民身份证', 'Resident identity card'],
    ['social-security-card', '社会保障卡', 'Social security card'],
  ]),
} as const

export type PrescriptionCodeList = keyof typeof PRESCRIPTION_CODES

/** A field that takes a code of one list; the description names the list of `GET /codes`. */
export function codeOf<Name extends PrescriptionCodeList>(
  name: Name,
): {
  readonly enum: readonly (typeof PRESCRIPTION_CODES)[Name]['codes'][number]['code'][]
  readonly description: string
} {
  const { title, codes } = PRESCRIPTION_CODES[name]
  return {
    enum: codes.map(({ code }) => code),
    description: `From the code list \`${name}\` of \`GET /codes\` · ${title.zh}`,
  }
}

/** Which list each coded field of the document takes its codes from: `*` for every element. */
export const CODED_FIELDS: Readonly<Record<string, PrescriptionCodeList>> = {
  '/type': 'prescription-types',
  '/category': 'prescription-categories',
  '/setting': 'settings',
  '/channel': 'channels',
  '/circulation': 'circulations',
  '/visit/medicalType': 'medical-types',
  '/patient/idType': 'identity-papers',
  '/physician/idType': 'identity-papers',
  '/physician/title/code': 'physician-titles',
  '/credential/type': 'visit-credentials',
  '/diagnoses/*/kind': 'diagnosis-kinds',
  '/herbal/route/code': 'routes',
  '/herbal/frequency/code': 'frequencies',
  '/lines/*/route/code': 'routes',
  '/lines/*/frequency/code': 'frequencies',
  '/lines/*/itemType/code': 'item-types',
  '/lines/*/hospitalApproval': 'hospital-approvals',
}
