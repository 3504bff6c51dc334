import type { Bilingual } from '../finding.ts'

/** The words behind the codes that policy files and registers use. */
const TERMS: Readonly<Record<string, readonly [string, string]>> = {
  hospital: ['医院', 'hospital'],
  'internet-hospital': ['“互联网+”医院', 'Internet+ hospital'],
  pharmacy: ['药店', 'pharmacy'],
  physician: ['医师', 'physician'],
  pharmacist: ['药师', 'pharmacist'],
  person: ['参保人', 'insured person'],
  tertiary: ['三级', 'tertiary'],
  secondary: ['二级', 'secondary'],
  primary: ['一级及以下', 'primary'],
  resident: ['居民／住院医师', 'resident'],
  attending: ['主治医师（中级）', 'attending physician'],
  'associate-chief': ['副主任医师', 'associate chief physician'],
  chief: ['主任医师', 'chief physician'],
  employee: ['职工医保', 'employee scheme'],
  'dual-channel': ['双通道', 'dual-channel'],
  'special-drug': ['谈判药品定点', 'negotiated-drug'],
  assessing: ['认定机构', 'assessing'],
  treating: ['治疗机构', 'treating'],
  supplying: ['供药机构', 'supplying'],
  'two-disease': ['“两病”', 'two-disease'],
  'special-disease': ['国谈门诊特病用药', 'special-disease'],
  'outpatient-security': ['国谈门诊保障用药', 'outpatient-security'],
  negotiated: ['谈判药品', 'negotiated'],
  procured: ['集中采购', 'procured'],
  purchase: ['采购价', 'purchase'],
  drug: ['用药资质', 'drug'],
  'hospital-choice': ['定点医院选择', 'choice of hospital'],
  'drug-combination': ['联合用药', 'drug combination'],
  'responsible-physician': ['责任医师', 'responsible physician'],
  assessor: ['认定医师', 'assessor'],
  narcotic: ['麻醉药品', 'narcotic'],
  psychotropic: ['精神药品', 'psychotropic'],
  toxic: ['医疗用毒性药品', 'medical toxic'],
  radioactive: ['放射性药品', 'radioactive'],
  suspension: ['暂停协议', 'suspension'],
  removed: ['调出定点', 'removal'],
  'qualification-lost': ['停止医保医师资格', 'loss of the insurance qualification'],
  'benefit-excluded': ['停止享受待遇', 'exclusion from the benefit'],
  'watch-list': ['重点监控', 'watch list'],
  'hospital-seal': ['医院签章', 'seal of the hospital'],
  'insurance-office': ['医保办（科）审核章', 'stamp of the insurance office'],
  'class-a': ['甲类', 'class A'],
  essential: ['国家基本药物', 'essential medicine'],
  'consistency-evaluated': ['通过一致性评价', 'consistency-evaluated'],
  'centrally-procured': ['集中采购中选', 'centrally procured'],
  outpatient: ['门诊', 'outpatient'],
  inpatient: ['住院', 'inpatient'],
  'insurance-card': ['社会保障卡', 'insurance card'],
  'identity-card': ['身份证', 'identity card'],
  handbook: ['诊疗手册', 'treatment handbook'],
  'agent-identity-card': ['代办人身份证', 'identity card of the agent'],
  assessingHospitalId: ['认定机构', 'assessing institution'],
  hospitalId: ['治疗机构', 'treating institution'],
  physicianIds: ['责任医师', 'responsible physicians'],
  supplierId: ['供药机构', 'supplying institution'],
  documentNo: ['审批表或手册编号', 'number of the approval form or handbook'],
  regimen: ['用药方案', 'regimen'],
  diagnoses: ['诊断', 'diagnoses'],
  true: ['是', 'yes'],
  false: ['否', 'no'],
}

/** A code in words; a code without words stands for itself. */
export function term(code: string): Bilingual {
  const words = TERMS[code]
  return words === undefined ? { zh: code, en: code } : { zh: words[0], en: words[1] }
}

/** Several codes in words, joined as each language does. */
export function terms(codes: readonly string[]): Bilingual {
  return {
    zh: codes.map((code) => term(code).zh).join('、'),
    en: codes.map((code) => term(code).en).join(', '),
  }
}
