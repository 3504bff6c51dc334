/**
 * Where each field of the national pre-check (D001, 电子处方上传预核验) stands in our prescription document.
 *
 * The table is data for an adapter: field, type and length as the interface says, JSON pointer into the
 * document (`*` for every element), code conversions. An empty string counts as not given.
 */
export interface NhsaField {
  readonly node: 'header' | 'rxdrugdetail' | 'mdtrtinfo' | 'diseinfo'
  readonly field: string
  readonly chinese: string
  /** S text, N number, D day, DT day and time without offset (Asia/Shanghai), OBJ object, LIST array. */
  readonly type: string
  /** Length, or digits and decimals. */
  readonly length?: string
  readonly required: boolean
  readonly pointer: string
  readonly codes?: keyof typeof NHSA_CODES
  readonly note?: string
}

/** National code to our value; a code that isn't listed has none. */
export const NHSA_CODES = {
  flag: { '0': false, '1': true },
  credential: { '01': 'e-certificate', '02': 'resident-id', '03': 'social-security-card' },
  channel: { '01': 'institution', '02': 'internet' },
  // Clients disagree on the code for "other".
  circulation: { '01': 'dual-channel', '02': 'outpatient-pooling', '03': 'other', '99': 'other' },
  setting: { '1': 'outpatient', '2': 'inpatient' },
  sex: { '1': 'male', '2': 'female', '9': 'unstated' },
  idType: {
    '01': 'resident-id',
    '02': 'officer',
    '03': 'armed-police',
    '04': 'hong-kong-macao-permit',
    '06': 'taiwan-permit',
    '07': 'permanent-residence',
    '08': 'passport',
    '16': 'chinese-passport',
    '17': 'residence-permit',
    '99': 'other',
  },
  diagnosis: { '1': 'western', '2': 'tcm-disease', '3': 'tcm-syndrome' },
  approval: { '0': 'none', '1': 'covered', '2': 'self-pay' },
} as const

type Options = Partial<Pick<NhsaField, 'required' | 'codes' | 'note'>>
type Row = readonly [field: string, chinese: string, type: string, pointer: string, options?: Options]

const header: Row[] = [
  ['mdtrtCertType', '就诊凭证类型', 'S 3', '/credential/type', { required: true, codes: 'credential' }],
  ['mdtrtCertNo', '就诊凭证编号', 'S 50', '/credential/number'],
  ['cardSn', '卡识别码', 'S 32', '/credential/cardIdentifier'],
  ['bizTypeCode', '业务类型代码', 'S 3', '/channel', { required: true, codes: 'channel' }],
  ['rxExraAttrCode', '处方附加属性代码', 'S 3', '/circulation', { codes: 'circulation' }],
  ['ecToken', '电子凭证令牌', 'S 64', '/credential/token'],
  ['authNo', '电子凭证线上身份核验流水号', 'S 100', '/credential/onlineVerificationNo', { required: true }],
  ['insuPlcNo', '参保地编号', 'S 6', '/patient/insuredRegion'],
  ['mdtrtareaNo', '就医地编号', 'S 6', '/visit/treatmentRegion'],
  ['hospRxno', '定点医疗机构处方编号', 'S 40', '/hospitalPrescriptionNo', { required: true }],
  ['initRxno', '续方的原处方编号', 'S 40', '/renewal/originalPrescriptionNo'],
  [
    'rxTypeCode',
    '处方类别代码',
    'S 3',
    '/category',
    { required: true, note: 'type follows: 2, 4, 6 and 9 herbal, 10 patent, else western' },
  ],
  ['prscTime', '开方时间', 'DT', '/issuedAt', { required: true }],
  [
    'rxDrugCnt',
    '药品类目数',
    'N 16,4',
    '/lines',
    { required: true, note: 'number of lines; herbal prescriptions: /herbal/doses' },
  ],
  ['rxUsedWayCodg', '处方整剂用法编号', 'S 20', '/herbal/route/code'],
  ['rxUsedWayName', '处方整剂用法名称', 'S 40', '/herbal/route/name'],
  ['rxFrquCodg', '处方整剂频次编号', 'S 20', '/herbal/frequency/code'],
  ['rxFrquName', '处方整剂频次名称', 'S 40', '/herbal/frequency/name'],
  ['rxDosunt', '处方整剂剂量单位', 'S 20', '/herbal/dose/unit'],
  ['rxDoscnt', '处方整剂单次剂量数', 'N 16,2', '/herbal/dose/amount'],
  ['rxDrordDscr', '处方整剂医嘱说明', 'S 400', '/herbal/instructions'],
  ['valiDays', '处方有效天数', 'N 10', '/validity/days', { required: true }],
  ['valiEndTime', '有效截止时间', 'DT', '/validity/endsAt', { required: true }],
  ['reptFlag', '复用使用标志', 'S 3', '/reuse/isReusable', { codes: 'flag' }],
  ['maxReptCnt', '最大使用次数', 'N 3,0', '/reuse/maxTimes'],
  [
    'minInrvDays',
    '使用最小间隔',
    'N 3,0',
    '/reuse/minIntervalDays',
    { note: 'one client writes minInvDays' },
  ],
  ['rxCotnFlag', '续方标志', 'S 3', '/renewal/isRenewal', { codes: 'flag' }],
  ['longRxFlag', '长期处方标志', 'S 3', '/longTerm', { codes: 'flag' }],
  ['rxdrugdetail', '处方明细', 'LIST', '/lines', { required: true }],
  [
    'mdtrtinfo',
    '就诊信息',
    'OBJ',
    '/visit',
    { required: true, note: 'patient, hospital, physician and main diagnosis go to their own objects' },
  ],
  [
    'diseinfo',
    '诊断信息',
    'LIST',
    '/diagnoses',
    { required: true, note: 'two clients send a single object in place of the array' },
  ],
  ['reptdCnt', '已使用次数', 'N', '/reuse/usedTimes', { note: 'older edition only' }],
]

const drugDetail: Row[] = [
  ['medListCodg', '医疗目录编码', 'S 50', '/lines/*/drugCode', { required: true }],
  ['fixmedinsHilistId', '定点医药机构目录编号', 'S 30', '/lines/*/hospitalDrugCode'],
  ['hospPrepFlag', '医疗机构制剂标志', 'S 3', '/lines/*/isHospitalPreparation', { codes: 'flag' }],
  ['rxItemTypeCode', '处方项目分类代码', 'S 30', '/lines/*/itemType/code', { required: true }],
  ['rxItemTypeName', '处方项目分类名称', 'S 100', '/lines/*/itemType/name'],
  ['tcmdrugTypeCode', '中药类别代码', 'S 30', '/lines/*/herb/kind/code'],
  ['tcmdrugTypeName', '中药类别名称', 'S 20', '/lines/*/herb/kind/name'],
  ['tcmherbFoote', '草药脚注', 'S 200', '/lines/*/herb/note'],
  ['mednTypeCode', '药物类型代码', 'S 100', '/lines/*/medicineType/code'],
  ['mednTypeName', '药物类型', 'S 100', '/lines/*/medicineType/name'],
  ['mainMedcFlag', '主要用药标志', 'S 3', '/lines/*/isMainMedicine', { codes: 'flag' }],
  ['urgtFlag', '加急标志', 'S 3', '/lines/*/isUrgent', { codes: 'flag' }],
  ['basMednFlag', '基本药物标志', 'S 3', '/lines/*/isEssential', { codes: 'flag' }],
  ['impDrugFlag', '是否进口药品', 'S 3', '/lines/*/isImported', { codes: 'flag' }],
  ['otcFlag', '是否OTC药品', 'S 3', '/lines/*/isOverTheCounter', { codes: 'flag' }],
  ['drugGenname', '药品通用名', 'S 100', '/lines/*/genericName', { required: true }],
  ['drugDosform', '药品剂型', 'S 30', '/lines/*/form', { required: true }],
  ['drugSpec', '药品规格', 'S 40', '/lines/*/specification', { required: true }],
  ['drugProdname', '药品商品名', 'S 255', '/lines/*/tradeName'],
  ['prdrName', '生厂厂家', 'S 100', '/lines/*/manufacturer'],
  ['medcWayCodg', '用药途径代码', 'S 10', '/lines/*/route/code', { required: true }],
  ['medcWayDscr', '用药途径描述', 'S 100', '/lines/*/route/name', { required: true }],
  [
    'medcBegntime',
    '用药开始时间',
    'DT',
    '/lines/*/startsAt',
    { required: true, note: 'startsOn is its day in Asia/Shanghai' },
  ],
  [
    'medcEndtime',
    '用药结束时间',
    'DT',
    '/lines/*/endsAt',
    { required: true, note: 'endsOn is its day in Asia/Shanghai' },
  ],
  [
    'medcDays',
    '用药天数',
    'N 8,2',
    '/lines/*/days',
    { required: true, note: 'part of a day counts as a day' },
  ],
  ['sinDosunt', '单次剂量单位', 'S 20', '/lines/*/dose/unit', { required: true }],
  ['sinDoscnt', '单次用量', 'N 16,4', '/lines/*/dose/amount', { required: true }],
  ['usedFrquCodg', '使用频次编码', 'S 10', '/lines/*/frequency/code', { required: true }],
  ['usedFrquName', '使用频次名称', 'S 30', '/lines/*/frequency/name', { required: true }],
  ['drugDosunt', '药品总用药量单位', 'S 20', '/lines/*/unit', { required: true }],
  ['drugCnt', '药品总用药量', 'N 16,4', '/lines/*/quantity', { required: true }],
  ['drugPric', '药品单价', 'N 16,6', '/lines/*/unitPriceYuan'],
  ['drugSumamt', '药品总金额', 'N 16,2', '/lines/*/amountFen', { note: 'yuan to fen' }],
  [
    'hospApprFlag',
    '医院审批标志',
    'S 3',
    '/lines/*/hospitalApproval',
    { required: true, codes: 'approval', note: '1 also confirms the restricted scope' },
  ],
  ['selfPayRea', '自费原因类型', 'S 6', '/lines/*/selfPayReason/code'],
  ['realDscr', '自费原因描述', 'S 1000', '/lines/*/selfPayReason/description'],
  ['extras', '扩展数据', 'OBJ', '/lines/*/extras', { note: 'the object as JSON text' }],
  ['drugTotlcnt', '药品库存总量', 'N', '/lines/*/stockQuantity/amount', { note: 'older edition only' }],
  ['drugTotlcntEmp', '药品库存单位', 'S', '/lines/*/stockQuantity/unit', { note: 'older edition only' }],
]

const visitInfo: Row[] = [
  ['fixmedinsName', '定点医疗机构名称', 'S 200', '/hospital/name', { required: true }],
  ['fixmedinsCode', '定点医疗机构编号', 'S 20', '/hospital/institutionId', { required: true }],
  ['mdtrtId', '医保就诊ID', 'S 30', '/visit/visitId', { required: true }],
  ['medType', '医疗类别', 'S 6', '/visit/medicalType', { required: true }],
  [
    'iptOtpNo',
    '门诊/住院号',
    'S 30',
    '/visit/recordNo',
    { required: true, note: 'also inpatientNo when otpIptFlag is 2' },
  ],
  ['otpIptFlag', '门诊住院标识', 'S 3', '/setting', { codes: 'setting' }],
  ['psnNo', '医保人员编号', 'S 30', '/patient/personId', { required: true }],
  ['patnName', '患者姓名', 'S 40', '/patient/name', { required: true }],
  ['psnCertType', '人员证件类型', 'S 6', '/patient/idType', { required: true, codes: 'idType' }],
  [
    'certno',
    '证件号码',
    'S 50',
    '/patient/idNumber',
    { required: true, note: 'gives birthDate when it is a resident identity number' },
  ],
  ['patnAge', '年龄', 'N 4,1', '/patient/ageYears', { required: true }],
  ['patnHgt', '患者身高', 'N 6,2', '/patient/heightCm'],
  ['patnWt', '患者体重', 'N 6,2', '/patient/weightKg'],
  ['gend', '性别', 'S 6', '/patient/sex', { required: true, codes: 'sex' }],
  ['birctrlType', '计划生育手术类别', 'S 6', '/patient/maternity/procedureType'],
  ['birctrlMatnDate', '计划生育手术或生育日期', 'D', '/patient/maternity/procedureOn'],
  ['matnType', '生育类别', 'S 6', '/patient/maternity/maternityType'],
  ['gesoVal', '妊娠', 'N 2', '/patient/maternity/gestation'],
  ['nwbFlag', '新生儿标志', 'S 3', '/patient/newborn/isNewborn', { codes: 'flag' }],
  ['nwbAge', '新生儿日、月龄', 'S 20', '/patient/newborn/age'],
  ['suckPrdFlag', '哺乳期标志', 'N 3', '/patient/isBreastfeeding', { codes: 'flag' }],
  ['algsHis', '过敏史', 'S 1000', '/patient/allergies'],
  ['prscDeptName', '开方科室名称', 'S 50', '/visit/departmentName', { required: true }],
  ['prscDeptCode', '开方科室编号', 'S 30', '/visit/departmentCode', { required: true }],
  ['drCode', '开方医保医师代码', 'S 20', '/physician/practitionerId', { required: true }],
  ['prscDrName', '开方医师姓名', 'S 50', '/physician/name', { required: true }],
  ['prscDrCertType', '开方医师证件类型', 'S 6', '/physician/idType', { codes: 'idType' }],
  ['prscDrCertno', '开方医师证件号码', 'S 50', '/physician/idNumber'],
  ['drProfttlCodg', '医生职称编码', 'S 20', '/physician/title/code', { required: true }],
  ['drProfttlName', '医生职称名称', 'S 20', '/physician/title/name', { required: true }],
  ['drDeptCode', '医生科室编码', 'S 30', '/physician/departmentCode', { required: true }],
  ['drDeptName', '医生科室名称', 'S 50', '/physician/departmentName', { required: true }],
  ['caty', '科别', 'S 10', '/visit/specialty'],
  ['mdtrtTime', '就诊时间', 'DT', '/visit/visitedAt', { required: true }],
  ['diseCodg', '病种编码', 'S 30', '/visit/disease/code'],
  ['diseName', '病种名称', 'S 500', '/visit/disease/name'],
  ['spDiseFlag', '特殊病种标志', 'S 3', '/visit/isSpecialDisease', { required: true, codes: 'flag' }],
  [
    'maindiagCode',
    '主诊断代码',
    'S 30',
    '/diagnoses/*/code',
    { required: true, note: 'of the diagnosis with primary' },
  ],
  [
    'maindiagName',
    '主诊断名称',
    'S 100',
    '/diagnoses/*/name',
    { required: true, note: 'of the diagnosis with primary' },
  ],
  ['diseCondDscr', '疾病病情描述', 'S 2000', '/visit/condition'],
  ['hiFeesetlType', '医保费用结算类型', 'S 6', '/visit/settlementType/code'],
  ['hiFeesetlName', '医保费用类别名称', 'S 20', '/visit/settlementType/name'],
  ['rgstFee', '挂号费', 'N 16,2', '/visit/registrationFeeFen', { note: 'yuan to fen' }],
  ['medfeeSumamt', '医疗费总额', 'N 16,2', '/visit/otherFeesFen', { note: 'yuan to fen' }],
  ['fstdiagFlag', '是否初诊', 'S 3', '/visit/isFirstVisit', { codes: 'flag' }],
  ['extras', '扩展数据', 'OBJ', '/visit/extras', { note: 'the object as JSON text' }],
]

const diagnosisInfo: Row[] = [
  ['diagType', '诊断类别', 'S 3', '/diagnoses/*/kind', { required: true, codes: 'diagnosis' }],
  ['maindiagFlag', '主诊断标志', 'S 3', '/diagnoses/*/primary', { required: true, codes: 'flag' }],
  ['diagSrtNo', '诊断排序号', 'N 2', '/diagnoses/*/order', { required: true }],
  ['diagCode', '诊断代码', 'S 30', '/diagnoses/*/code', { required: true }],
  ['diagName', '诊断名称', 'S 100', '/diagnoses/*/name', { required: true }],
  ['diagDept', '诊断科室名称', 'S 50', '/diagnoses/*/departmentName', { required: true }],
  ['diagDeptCode', '诊断科室代码', 'S 20', '/diagnoses/*/departmentCode'],
  ['diagDrNo', '诊断医生编码', 'S 30', '/diagnoses/*/physicianId', { required: true }],
  ['diagDrName', '诊断医生姓名', 'S 50', '/diagnoses/*/physicianName', { required: true }],
  ['diagTime', '诊断时间', 'DT', '/diagnoses/*/diagnosedAt', { required: true }],
  ['tcmDiseCode', '中医病名代码', 'S 30', '/diagnoses/*/tcmDisease/code'],
  ['tcmDiseName', '中医病名', 'S 300', '/diagnoses/*/tcmDisease/name'],
  ['tcmsympCode', '中医证候代码', 'S 30', '/diagnoses/*/tcmSyndrome/code'],
  ['tcmsymp', '中医证候', 'S 300', '/diagnoses/*/tcmSyndrome/name'],
]
const fields = (node: NhsaField['node'], rows: readonly Row[]): NhsaField[] =>
  rows.map(([field, chinese, type, pointer, options]) => {
    const [kind = '', length] = type.split(' ')
    return {
      node,
      field,
      chinese,
      type: kind,
      ...(length && { length }),
      required: false,
      pointer,
      ...options,
    }
  })

/** Every field of D001, in the order of the interface. */
export const NHSA_D001: readonly NhsaField[] = [
  ...fields('header', header),
  ...fields('rxdrugdetail', drugDetail),
  ...fields('mdtrtinfo', visitInfo),
  ...fields('diseinfo', diagnosisInfo),
]
