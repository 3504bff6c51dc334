import type { Json } from '../description.ts'
import { askGateway, askNational, sealed } from '../national.ts'
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

/** 7202 to 7206 and 2101 to 2103 by a pharmacy of the national interface, for a patient who comes with a card only. */
export async function pharmacyOfTheCentre(place: Place): Promise<void> {
  const { world, pharmacy, cast, region } = place
  await world.refused(undefined, 'nationalGateway', { body: { infno: '7201' } }, 'malformed')
  const ask = (infno: string, data: Json) => askGateway(world, pharmacy, infno, data)
  const { document, no } = await place.pushed()
  const card = { mdtrt_cert_type: '02', mdtrt_cert_no: document.patient.idNumber }
  const { data: open } = await ask('7202', { ...card, insuplc_admdvs: place.code, opter: '1' })
  const found: Json[] = []
  for (const { auth_rxno } of open) {
    const rx = await ask('7203', { auth_rxno })
    found.push({ auth_rxno, rx })
    if (rx.data.hi_rxno === no) break
  }
  const { auth_rxno, rx } = found.at(-1)
  if (rx?.data.hi_rxno !== no)
    throw new Error('what was pushed is not open for the person who shows the card')
  const { name, licenceNo } = cast.pharmacist
  const staff = { phar_name: name, phar_prac_cert_no: licenceNo }
  await ask('7204', { hi_rxno: no, ...staff, rx_chk_stas_codg: '1', rx_chk_opnn: '合理' })
  const { rxdrugdetail, mdtrtinfo } = rx
  const drugdetail = rxdrugdetail.map(({ med_list_codg, drug_cnt }: Json, index: number) => {
    const { unitPriceFen } = region.stock.find(
      (each: Json) =>
        each.drugCode === med_list_codg && each.pharmacyId === cast.designatedPharmacy.institutionId,
    )
    return { feedetl_sn: String(index + 1), rxno: no, med_list_codg, cnt: drug_cnt, pric: unitPriceFen / 100 }
  })
  const bill = { druginfo: { psn_no: mdtrtinfo.psn_no, ...card, med_type: '41' }, drugdetail }
  const preview = await ask('2101', bill)
  const settled = await ask('2102', bill)
  if (settled.setlinfo.fund_pay_sumamt !== preview.setlinfo.fund_pay_sumamt)
    throw new Error('the bill is not what the preview said')
  const selinfo = rxdrugdetail.map(({ med_list_codg, drug_cnt }: Json) => ({
    med_list_codg,
    manu_lotnum: 'OUT-1',
    expy_end: '2028-12-31',
    drug_trac_codg: place.traceCode(),
    sel_retn_cnt: drug_cnt,
  }))
  await ask('7206', {
    data: {
      hi_rxno: no,
      ...staff,
      setl_id: settled.setlinfo.setl_id,
      download_ide_code: auth_rxno,
      sel_retn_time: '2026-01-01 00:00:00',
    },
    selinfo,
  })
  const dossier = await world.ok(pharmacy, 'getPharmacyPrescription', { path: { no } })
  if (dossier.body.state !== 'dispensed') throw new Error(`after the sale it is ${dossier.body.state}`)
  const { setl_id } = settled.setlinfo
  await ask('2103', { data: { setl_id, psn_no: mdtrtinfo.psn_no } })
  const after = await world.ok(pharmacy, 'getPharmacyPrescription', { path: { no } })
  if (after.body.state !== 'returned') throw new Error(`after the reversal it is ${after.body.state}`)
}
