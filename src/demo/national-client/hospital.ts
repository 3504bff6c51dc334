// biome-ignore lint/suspicious/noExplicitAny: a hospital's own record, which the hub's types say nothing of
type Json = any

/** What a hospital knows of its pharmacist who checks before the upload. */
export interface HospitalPharmacist {
  readonly code: string
  readonly name: string
}

/** Wall time in Shanghai, as the interface writes it. */
export function wallTime(instant: string | Date): string {
  const shifted = new Date(new Date(instant).getTime() + 8 * 3_600_000)
  return shifted.toISOString().slice(0, 19).replace('T', ' ')
}

const ID_TYPES: Json = { 'resident-id': '01', passport: '08', 'residence-permit': '17' }
const SEXES: Json = { male: '1', female: '2', unstated: '9' }

/**
 * The pre-check (D001) of a prescription as a hospital's system writes it: every value a text, empty texts for what it
 * does not know.
 *
 * @param sample a prescription as `GET /sandbox` shows one
 */
export function uploadCheck(sample: Json): Json {
  const { visit, patient, hospital, physician } = sample
  const days = 3
  const begin = new Date(sample.issuedAt)
  const primary = sample.diagnoses[0]
  return {
    mdtrtCertType: '02',
    mdtrtCertNo: patient.idNumber,
    cardSn: '',
    bizTypeCode: sample.channel === 'internet' ? '02' : '01',
    rxExraAttrCode: '01',
    authNo: 'ONLINE-0001',
    insuPlcNo: patient.insuredRegion ?? '',
    hospRxno: sample.hospitalPrescriptionNo,
    initRxno: '',
    rxTypeCode: sample.category,
    prscTime: wallTime(begin),
    rxDrugCnt: String(sample.lines.length),
    valiDays: String(days),
    valiEndTime: wallTime(new Date(begin.getTime() + days * 86_400_000)),
    reptFlag: '0',
    rxCotnFlag: '0',
    longRxFlag: '0',
    rxdrugdetail: sample.lines.map(drugDetail),
    mdtrtinfo: {
      fixmedinsName: hospital.name,
      fixmedinsCode: hospital.institutionId,
      mdtrtId: visit.visitId,
      medType: visit.medicalType,
      iptOtpNo: visit.recordNo,
      otpIptFlag: '1',
      psnNo: patient.personId,
      patnName: patient.name,
      psnCertType: ID_TYPES[patient.idType],
      certno: patient.idNumber,
      patnAge: '60.0',
      patnHgt: '',
      gend: SEXES[patient.sex],
      prscDeptName: visit.departmentName,
      prscDeptCode: visit.departmentCode,
      drCode: physician.practitionerId,
      prscDrName: physician.name,
      drProfttlCodg: '232',
      drProfttlName: '副主任医师',
      drDeptCode: visit.departmentCode,
      drDeptName: visit.departmentName,
      mdtrtTime: wallTime(visit.visitedAt),
      spDiseFlag: visit.isSpecialDisease === true ? '1' : '0',
      maindiagCode: primary.code,
      maindiagName: primary.name,
    },
    diseinfo: sample.diagnoses.map((diagnosis: Json, index: number) => ({
      diagType: '1',
      maindiagFlag: index === 0 ? '1' : '0',
      diagSrtNo: String(index + 1),
      diagCode: diagnosis.code,
      diagName: diagnosis.name,
      diagDept: visit.departmentName,
      diagDrNo: physician.practitionerId,
      diagDrName: physician.name,
      diagTime: wallTime(visit.visitedAt),
    })),
  }
}

function drugDetail(line: Json): Json {
  return {
    medListCodg: line.drugCode,
    rxItemTypeCode: line.drugCode.startsWith('Z') ? '12' : '11',
    drugGenname: line.genericName,
    drugDosform: line.form,
    drugSpec: line.specification,
    medcWayCodg: line.route.code,
    medcWayDscr: line.route.name,
    medcBegntime: `${line.startsOn} 08:00:00`,
    medcEndtime: `${line.endsOn} 23:59:59`,
    medcDays: `${line.days}.00`,
    sinDosunt: line.dose.unit,
    sinDoscnt: `${line.dose.amount}.0000`,
    usedFrquCodg: line.frequency.code,
    usedFrquName: line.frequency.name,
    drugDosunt: line.unit,
    drugCnt: line.quantity,
    hospApprFlag: line.restrictedScopeConfirmed ? '1' : '0',
  }
}

/** The first twenty members of the upload (D003), in their order: what is signed. */
export function signedMembers(
  check: Json,
  numbers: { readonly rxTraceCode: string; readonly hiRxno: string },
  pharmacist: HospitalPharmacist,
): Json {
  const visit = check.mdtrtinfo
  return {
    rxTraceCode: numbers.rxTraceCode,
    hiRxno: numbers.hiRxno,
    mdtrtId: visit.mdtrtId,
    patnName: visit.patnName,
    psnCertType: visit.psnCertType,
    certno: visit.certno,
    fixmedinsName: visit.fixmedinsName,
    fixmedinsCode: visit.fixmedinsCode,
    drCode: visit.drCode,
    prscDrName: visit.prscDrName,
    pharDeptName: '药剂科',
    pharDeptCode: 'YJ01',
    pharProfttlCodg: '2.4',
    pharProfttlName: '药师',
    pharCode: pharmacist.code,
    pharCertType: '',
    pharCertno: '',
    pharName: pharmacist.name,
    pharPracCertNo: '',
    pharChkTime: check.prscTime,
  }
}

/** The file that a hospital prints the prescription to: as little as is a PDF. */
export const PRINTED = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
)

/** D002: what the centre is asked to sign. */
export function signatureRequest(signed: Json, file: Buffer = PRINTED): Json {
  return {
    fixmedinsCode: signed.fixmedinsCode,
    originalValue: Buffer.from(JSON.stringify(signed)).toString('base64'),
    originalRxFile: file.toString('base64'),
  }
}

/** D003: the signed members with the file and the signature that D002 gave. */
export function upload(signed: Json, { rxFile, signDigest }: Json): Json {
  return { ...signed, rxFile, signDigest }
}

/** D004. */
export function undo(signed: Json, reason: string, at: Date): Json {
  return {
    hiRxno: signed.hiRxno,
    fixmedinsCode: signed.fixmedinsCode,
    drCode: signed.drCode,
    undoDrName: signed.prscDrName,
    undoDrCertType: '01',
    undoDrCertno: '000000000000000000',
    undoRea: reason,
    undoTime: wallTime(at),
  }
}

/** D005 to D007. */
export function query(signed: Json): Json {
  return {
    hiRxno: signed.hiRxno,
    fixmedinsCode: signed.fixmedinsCode,
    mdtrtId: signed.mdtrtId,
    psnName: signed.patnName,
    psnCertType: signed.psnCertType,
    certno: signed.certno,
  }
}

const OLDER_NAMES: Json = {
  rxDrugCnt: 'rx_drug_nums',
  valiDays: 'valid_days',
  valiEndTime: 'valid_end_time',
  medcBegntime: 'medc_starttime',
  drugDosunt: 'drug_cnt_unit',
  iptOtpNo: 'ipt_op_no',
  patnAge: 'age',
  patnHgt: 'patn_ht',
  diagDrNo: 'dise_dor_no',
  diagDrName: 'dise_dor_name',
  maindiagCode: 'diag_code',
  maindiagName: 'diag_name',
}

/** 7101 of the older edition: everything in one message, in snake case; the physician without a code. */
export function olderUpload(check: Json, pharmacist: Pick<HospitalPharmacist, 'name'>): Json {
  const older = (node: Json): Json =>
    Object.fromEntries(
      Object.entries(node)
        .filter(([, value]) => typeof value === 'string')
        .map(([name, value]) => [
          OLDER_NAMES[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
          value,
        ]),
    )
  const { dr_code: _, ...visit } = older(check.mdtrtinfo)
  return {
    data: {
      ...older(check),
      rx_circ_flag: '1',
      dr_sign_info: '',
      phar_sign_info: '',
      rx_file: PRINTED.toString('base64'),
    },
    rxdrugdetail: check.rxdrugdetail.map(older),
    mdtrtinfo: {
      ...visit,
      prsc_dr_cert_type: '01',
      phar_name: pharmacist.name,
      phar_prac_cert_no: 'ZY0001',
      phar_chk_time: check.prscTime,
      phar_dept_name: '药剂科',
    },
    diseinfo: check.diseinfo.map(older),
  }
}
