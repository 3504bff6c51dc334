import type { Json } from '../description.ts'
import { askNational, sealed } from '../national.ts'
import type { Place } from '../place.ts'

const PDF = Buffer.from('%PDF-1.4\n%%EOF\n').toString('base64')

const time = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

/** D001 to D008 by a hospital of the national interface, and the refusal of every one of them. */
export async function hospitalOfTheCentre({ world, hospital, document }: Place): Promise<void> {
  const ask = async (id: string, data: Json): Promise<Json> => {
    await world.refused(
      undefined,
      id,
      { body: { ...sealed(world, hospital, {}), appId: 'short' } },
      'malformed',
    )
    return await askNational(world, hospital, id, data)
  }
  const it = await document()
  const check = checkOf(it)
  const { rxTraceCode, hiRxno } = await ask('nationalPreCheck', check)
  const { mdtrtinfo } = check
  const signed = {
    rxTraceCode,
    hiRxno,
    ...Object.fromEntries(
      [
        'mdtrtId',
        'patnName',
        'psnCertType',
        'certno',
        'fixmedinsName',
        'fixmedinsCode',
        'drCode',
        'prscDrName',
      ].map((name) => [name, mdtrtinfo[name]]),
    ),
    pharDeptName: '药剂科',
    pharDeptCode: 'YJ01',
    pharProfttlCodg: '2.4',
    pharCode: 'HY441400000001',
    pharName: '样例药师',
    pharChkTime: check.prscTime,
  }
  const originalValue = Buffer.from(JSON.stringify(signed)).toString('base64')
  const { fixmedinsCode } = mdtrtinfo
  const { rxFile, signDigest } = await ask('nationalSign', {
    fixmedinsCode,
    originalValue,
    originalRxFile: PDF,
  })
  await ask('nationalUpload', { ...signed, rxFile, signDigest })
  const query = {
    hiRxno,
    fixmedinsCode,
    mdtrtId: mdtrtinfo.mdtrtId,
    psnName: mdtrtinfo.patnName,
    psnCertType: mdtrtinfo.psnCertType,
    certno: mdtrtinfo.certno,
  }
  await ask('nationalReadPrescription', query)
  await ask('nationalReadReview', query)
  await ask('nationalReadSupply', query)
  await ask('nationalListDrugs', { fixmedinsCode, pageSize: 5, pageNum: 1 })
  const { rxStasCodg } = await ask('nationalUndo', {
    hiRxno,
    fixmedinsCode,
    drCode: mdtrtinfo.drCode,
    undoDrName: mdtrtinfo.prscDrName,
    undoDrCertType: '01',
    undoDrCertno: '000000000000000000',
    undoRea: '患者放弃',
    undoTime: check.prscTime,
  })
  if (rxStasCodg !== '3') throw new Error(`a prescription that was withdrawn has the status ${rxStasCodg}`)
}

function checkOf(it: Json): Json {
  const { visit, patient, hospital, physician } = it
  return {
    mdtrtCertType: '2',
    mdtrtCertNo: patient.idNumber,
    bizTypeCode: '01',
    rxExraAttrCode: '01',
    authNo: '1',
    hospRxno: it.hospitalPrescriptionNo,
    rxTypeCode: it.category,
    prscTime: time(it.issuedAt),
    rxDrugCnt: it.lines.length,
    valiDays: 3,
    valiEndTime: time(new Date(Date.parse(it.issuedAt) + 3 * 86_400_000).toISOString()),
    rxdrugdetail: it.lines.map((line: Json) => ({
      medListCodg: line.drugCode,
      rxItemTypeCode: line.drugCode.startsWith('Z') ? '12' : '11',
      drugGenname: line.genericName,
      drugDosform: line.form,
      drugSpec: line.specification,
      medcWayCodg: line.route.code,
      medcWayDscr: line.route.name,
      medcBegntime: `${line.startsOn} 00:00:00`,
      medcEndtime: `${line.endsOn} 23:59:59`,
      medcDays: line.days,
      sinDosunt: line.dose.unit,
      sinDoscnt: Number(line.dose.amount),
      usedFrquCodg: line.frequency.code,
      usedFrquName: line.frequency.name,
      drugDosunt: line.unit,
      drugCnt: Number(line.quantity),
      hospApprFlag: '1',
    })),
    mdtrtinfo: {
      fixmedinsName: hospital.name,
      fixmedinsCode: hospital.institutionId,
      mdtrtId: visit.visitId,
      medType: visit.medicalType,
      iptOtpNo: visit.recordNo,
      psnNo: patient.personId,
      patnName: patient.name,
      psnCertType: '01',
      certno: patient.idNumber,
      patnAge: 60,
      gend: patient.sex === 'male' ? '1' : '2',
      prscDeptName: visit.departmentName,
      prscDeptCode: visit.departmentCode,
      drCode: physician.practitionerId,
      prscDrName: physician.name,
      mdtrtTime: time(visit.visitedAt),
      spDiseFlag: visit.isSpecialDisease ? '1' : '0',
    },
    diseinfo: it.diagnoses.map(({ code, name }: Json, index: number) => ({
      diagType: '1',
      maindiagFlag: index === 0 ? '1' : '0',
      diagSrtNo: index + 1,
      diagCode: code,
      diagName: name,
      diagTime: time(visit.visitedAt),
    })),
  }
}
