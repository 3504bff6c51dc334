import { dayOf } from '../../domain/primitives/civil-day.ts'
import { isSameName } from '../../domain/primitives/folded-name.ts'
import { fenToJson } from '../../domain/primitives/money.ts'
import { priceFromJson, priceOf, shownUnitPrice } from '../../domain/primitives/price.ts'
import { parseQuantity } from '../../domain/primitives/quantity.ts'
import { Problem } from '../../domain/problems.ts'
import { statusFields } from '../../national/codes.ts'
import { nationalTime, yuan } from '../../national/document.ts'
import { needed } from '../../national/fields.ts'
import { preCheckOf } from '../../national/older-upload.ts'
import type { NationalTables } from '../../national/tables.ts'
import { isTextObject, type TextObject, textOf } from '../../national/texts.ts'
import { findPrescription } from '../../storage/prescription/read.ts'
import type { Caller, Deps } from '../deps.ts'
import { type PrescriptionStatus, readForHospital } from '../hospital/prescription-status.ts'
import { storedDocument } from '../parse-document.ts'
import { checkUpload, signForHospital, undoPrescription, uploadPrescription } from './hospital.ts'
import { suppliedRows } from './queries.ts'
import type { SignatureServer } from './signature-server.ts'

/**
 * 7101 电子处方上传 of the older edition, which is D001 to D003 in one message: judged, given its number, signed for the
 * hospital by the region's signature server, and taken in. The same message again gets the same number.
 *
 * @throws Problem malformed, rules-failed, unavailable where the region has no signature server, and whatever the three refuse
 */
export async function uploadOlder(
  deps: Deps,
  caller: Caller,
  input: TextObject,
  server: SignatureServer | undefined,
): Promise<{ readonly hi_rxno: string }> {
  const check = await withPhysician(deps, caller, preCheckOf(input))
  const visit = isTextObject(check['mdtrtinfo']) ? check['mdtrtinfo'] : {}
  const given = needed({ ...visit, ...check }, [
    'rxFile',
    'pharName',
    'pharChkTime',
    'mdtrtId',
    'patnName',
    'certno',
  ])
  const { rxTraceCode, hiRxno } = await checkUpload(deps, caller, check)
  const fixmedinsCode = caller.institutionId ?? ''
  const signed = {
    ...visit,
    rxTraceCode,
    hiRxno,
    fixmedinsCode,
    pharCode: textOf(visit, 'pharCode') ?? textOf(visit, 'pharPracCertNo') ?? given.pharName,
  }
  const { rxFile, signDigest } = await signForHospital(
    deps,
    caller,
    {
      fixmedinsCode,
      originalValue: Buffer.from(JSON.stringify(signed)).toString('base64'),
      originalRxFile: given.rxFile,
    },
    server,
  )
  await uploadPrescription(deps, caller, { ...signed, rxFile, signDigest })
  return { hi_rxno: hiRxno }
}

/** The older edition may name the physician without his code: the only one of that name who is filed for the hospital. */
async function withPhysician(deps: Deps, caller: Caller, check: TextObject): Promise<TextObject> {
  const visit = check['mdtrtinfo']
  if (!isTextObject(visit) || textOf(visit, 'drCode') !== undefined) return check
  const { prscDrName } = needed(visit, ['prscDrName'])
  const today = dayOf(deps.clock())
  const snapshot = await deps.registers.latest(deps.pool, caller.regionCode)
  const found = snapshot
    .all('filing', today)
    .filter(({ role, institutionId }) => role !== 'pharmacist' && institutionId === caller.institutionId)
    .map(({ practitionerId }) => snapshot.find('practitioner', practitionerId, today))
    .filter((each) => each !== undefined && isSameName(each.name, prscDrName))
  const codes = new Set(found.map((each) => each?.practitionerId))
  const [code] = codes
  return codes.size === 1 && code !== undefined ? { ...check, mdtrtinfo: { ...visit, drCode: code } } : check
}

/** The prescription of a hospital that asks by its number. @throws Problem malformed, prescription-unknown */
async function own(deps: Deps, caller: Caller, input: TextObject): Promise<PrescriptionStatus> {
  return await readForHospital(deps, caller, needed(input, ['hi_rxno']).hi_rxno)
}

/** 7102 处方审核结果反馈, asked for by the hospital. */
export async function reviewOlder(deps: Deps, caller: Caller, input: TextObject, tables: NationalTables) {
  const { prescriptionNo, review, national } = await own(deps, caller, input)
  const today = dayOf(deps.clock())
  const snapshot = await deps.registers.latest(deps.pool, caller.regionCode)
  const pharmacist = review && snapshot.find('practitioner', review.pharmacistId, today)
  return {
    hi_rxno: prescriptionNo,
    fixmedins_code: review?.pharmacyId ?? '',
    fixmedins_name: (review && snapshot.find('institution', review.pharmacyId, today)?.name) ?? '',
    phar_name: pharmacist?.name ?? '',
    phar_prac_cert_no: pharmacist?.licenceNo ?? '',
    rx_chk_stas_codg: tables.reviewStatus[national.review].code,
    rx_chk_opnn: review?.opinion ?? '',
    rx_chk_time: review === undefined ? '' : nationalTime(new Date(review.reviewedAt)),
  }
}

/** 7103 处方购药结果反馈, asked for by the hospital: the money and the goods of the newest supply. */
export async function supplyOlder(deps: Deps, caller: Caller, input: TextObject) {
  const status = await own(deps, caller, input)
  const found = await findPrescription(deps.pool, caller.regionCode, status.prescriptionNo)
  if (found === undefined) throw new Problem('prescription-unknown')
  const { settlement } = status
  const supplied = await suppliedRows(deps, caller.regionCode, status, storedDocument(found.document))
  const snapshot = await deps.registers.latest(deps.pool, caller.regionCode)
  const pharmacyId = settlement?.pharmacyId ?? ''
  const name = snapshot.find('institution', pharmacyId, dayOf(deps.clock()))?.name ?? ''
  const money = (fen: number | undefined) => (fen === undefined ? '' : yuan(fen))
  return {
    data: {
      hi_rxno: status.prescriptionNo,
      fund_pay_sumamt: money(settlement?.fundFen),
      psn_part_amt: money(settlement?.patientFen),
      acct_pay: settlement === undefined ? '' : '0.00',
      psn_cash_pay: money(settlement?.patientFen),
      setl_time: settlement?.decidedAt === undefined ? '' : nationalTime(new Date(settlement.decidedAt)),
    },
    seltdelts: supplied.map(({ line, quantity, batchNo, unitPriceFen }) => ({
      medins_drug_no: line.drugCode,
      drug_genname: line.genericName,
      drug_prodname: line.tradeName ?? line.genericName,
      drug_dosform: line.form,
      drug_spec: line.specification,
      drug_totlcnt: quantity,
      manu_lot_num: batchNo ?? '',
      fixmedins_code: pharmacyId,
      fixmedins_name: name,
      prdr_name: line.manufacturer ?? '',
      pric: yuan(Math.round(shownUnitPrice(priceFromJson(unitPriceFen)))),
      total_unit: line.unit,
      sumamt: yuan(fenToJson(priceOf(priceFromJson(unitPriceFen), parseQuantity(quantity)))),
    })),
  }
}

/** 7104 处方撤销 of the older edition. @throws Problem as D004 */
export async function undoOlder(deps: Deps, caller: Caller, input: TextObject, tables: NationalTables) {
  const { hi_rxno, undo_rea, prsc_dr_name } = needed(input, ['hi_rxno', 'undo_rea', 'prsc_dr_name'])
  const { prescriptionNo, national } = await undoPrescription(deps, caller, {
    hiRxno: hi_rxno,
    fixmedinsCode: caller.institutionId ?? '',
    // The older edition names who withdraws, and has no code for it.
    drCode: textOf(input, 'dr_code') ?? prsc_dr_name,
    undoRea: undo_rea,
  })
  const { rxStasCodg, rxStasName } = statusFields(national, tables)
  return { hi_rxno: prescriptionNo, rx_stas_codg: rxStasCodg, rx_stas_name: rxStasName }
}

/** 7105 支付状态同步, asked for by the hospital. */
export async function paymentOlder(deps: Deps, caller: Caller, input: TextObject, tables: NationalTables) {
  const { prescriptionNo, hospitalPrescriptionNo, settlement } = await own(deps, caller, input)
  const paid = { settled: tables.paid, deferred: tables.paid, reversed: tables.paidBack }
  const { code, name } = paid[settlement?.status as keyof typeof paid] ?? tables.unpaid
  const at = settlement?.reversedAt ?? settlement?.decidedAt
  return {
    hi_rxno: prescriptionNo,
    hosp_rxno: hospitalPrescriptionNo,
    rx_pay_status_code: code,
    rx_pay_status_name: name,
    pay_time: at === undefined || code === tables.unpaid.code ? '' : nationalTime(new Date(at)),
  }
}
