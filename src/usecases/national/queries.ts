import type { PrescriptionDocument } from '../../../schemas/prescription-document.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { isSameName } from '../../domain/primitives/folded-name.ts'
import { Problem } from '../../domain/problems.ts'
import { type StatusTables, statusFields } from '../../national/codes.ts'
import { nationalTime, nodeOf } from '../../national/document.ts'
import { needed } from '../../national/fields.ts'
import { type TextObject, textOf } from '../../national/texts.ts'
import { lines as dispensedLines } from '../../storage/dispense.ts'
import { findUpload } from '../../storage/national/prescriptions.ts'
import { findPrescription } from '../../storage/prescription/read.ts'
import type { Caller, Deps } from '../deps.ts'
import { type PrescriptionStatus, readForHospital } from '../hospital/prescription-status.ts'
import { storedDocument } from '../parse-document.ts'

interface Asked {
  readonly status: PrescriptionStatus
  readonly document: PrescriptionDocument
}

/**
 * The prescription that a hospital asks about, when it names its patient and visit rightly.
 *
 * @throws Problem malformed, prescription-unknown: also for a patient or visit that is not the prescription's
 */
async function askedFor(deps: Deps, caller: Caller, input: TextObject): Promise<Asked> {
  const { hiRxno, fixmedinsCode, mdtrtId, psnName } = needed(input, [
    'hiRxno',
    'fixmedinsCode',
    'mdtrtId',
    'psnName',
  ])
  const certno = textOf(input, 'certno') ?? needed(input, ['psnCertno']).psnCertno
  if (fixmedinsCode !== caller.institutionId) throw new Problem('prescription-unknown')
  const status = await readForHospital(deps, caller, hiRxno)
  const found = await findPrescription(deps.pool, caller.regionCode, hiRxno)
  if (found === undefined) throw new Problem('prescription-unknown')
  const document = storedDocument(found.document)
  const { patient, visit } = document
  const isRight =
    visit.visitId === mdtrtId &&
    isSameName(psnName, patient.name) &&
    certno.toUpperCase() === patient.idNumber.toUpperCase()
  if (!isRight) throw new Problem('prescription-unknown')
  return { status, document }
}

/** D005 电子处方信息查询. Says the same as the hub's own interface, for prescriptions of either. */
export async function readNationalPrescription(
  deps: Deps,
  caller: Caller,
  input: TextObject,
  tables: StatusTables,
) {
  const { status, document } = await askedFor(deps, caller, input)
  const upload = await findUpload(deps.pool, caller.regionCode, status.prescriptionNo)
  const pharmacist = upload === undefined ? {} : (JSON.parse(upload.upload) as Record<string, string>)
  const visit = nodeOf(document, 'mdtrtinfo')
  const diseases = document.diagnoses.map((_, index) => nodeOf(document, 'diseinfo', index))
  const primary = document.diagnoses.find(({ primary }) => primary === true) ?? document.diagnoses[0]!
  return {
    ...nodeOf(document, 'header'),
    hiRxno: status.prescriptionNo,
    fixmedinsCode: document.hospital.institutionId,
    fixmedinsName: document.hospital.name,
    ...statusFields(status.national, tables),
    rxDrugCnt: String(document.herbal?.doses ?? document.lines.length),
    ...validityOf(document, status),
    reptFlag: document.reuse?.isReusable === true ? '1' : '0',
    rxDetlList: document.lines.map((line, index) => ({
      ...nodeOf(document, 'rxdrugdetail', index),
      drugProdname: line.tradeName ?? line.genericName,
      takeDrugFlag: isTaken(status, line.lineNo) ? '1' : '0',
    })),
    rxOtpinfo: {
      ...visit,
      // One edition writes them so.
      iptOpNo: visit['iptOtpNo'] ?? '',
      ...(visit['suckPrdFlag'] === undefined ? {} : { suckPrdFag: visit['suckPrdFlag'] }),
      maindiagCode: primary.code,
      maindiagName: primary.name,
      pharName: pharmacist['pharName'] ?? '',
      pharChkTime: pharmacist['pharChkTime'] ?? '',
    },
    rxDiseList: diseases,
    diseinfo: diseases,
  }
}

/** The end of validity as the policy has it, whatever the hospital printed. */
function validityOf(document: PrescriptionDocument, { issuedAt, expiresAt }: PrescriptionStatus) {
  const days = (Date.parse(expiresAt) - Date.parse(issuedAt)) / 86_400_000
  return {
    prscTime: nationalTime(new Date(document.issuedAt)),
    valiDays: String(Math.ceil(days)),
    valiEndTime: nationalTime(new Date(Date.parse(expiresAt) - 1000)),
  }
}

function isTaken({ lines }: PrescriptionStatus, lineNo: number): boolean {
  return Number(lines.find((line) => line.lineNo === lineNo)?.dispensed ?? 0) > 0
}

/** D006 电子处方审核结果查询. */
export async function readNationalReview(
  deps: Deps,
  caller: Caller,
  input: TextObject,
  tables: StatusTables,
) {
  const { status } = await askedFor(deps, caller, input)
  const { review } = status
  const snapshot = await deps.registers.latest(deps.pool, caller.regionCode)
  const pharmacist =
    review === undefined
      ? undefined
      : snapshot.find('practitioner', review.pharmacistId, dayOf(new Date(review.reviewedAt)))
  const { rxStasCodg, rxStasName } = statusFields(status.national, tables)
  const checked = tables.reviewStatus[status.national.review]
  return {
    hiRxno: status.prescriptionNo,
    pharName: pharmacist?.name ?? '',
    pharCode: review?.pharmacistId ?? '',
    rxChkStasCodg: checked.code,
    rxChkStasName: checked.name,
    rxChkOpnn: review?.opinion ?? '',
    rxChkTime: review === undefined ? '' : nationalTime(new Date(review.reviewedAt)),
    rxStasCodg,
    rxStasName,
  }
}

/** D007 电子处方取药结果查询: what was settled and taken, by line; empty until something was. */
export async function readNationalSupply(
  deps: Deps,
  caller: Caller,
  input: TextObject,
  tables: StatusTables,
) {
  const { status, document } = await askedFor(deps, caller, input)
  const { settlement } = status
  const supplied = await suppliedRows(deps, caller.regionCode, status, document)
  return {
    hiRxno: status.prescriptionNo,
    setlTime: settlement?.decidedAt === undefined ? '' : nationalTime(new Date(settlement.decidedAt)),
    ...statusFields(status.national, tables),
    seltdelts: supplied.map(({ line, quantity, batchNo }) => ({
      medListCodg: line.drugCode,
      medinsListCodg: line.drugCode,
      drugGenname: line.genericName,
      drugProdname: line.tradeName ?? line.genericName,
      drugDosform: line.form,
      drugSpec: line.specification,
      cnt: quantity,
      manuLotnum: batchNo ?? '',
      prdrName: line.manufacturer ?? '',
      takeDrugFlag: '1',
    })),
  }
}

/** What the newest supply took of each line; empty until something was taken. */
export async function suppliedRows(
  deps: Pick<Deps, 'pool'>,
  regionCode: string,
  status: PrescriptionStatus,
  document: PrescriptionDocument,
) {
  const { settlement } = status
  if (settlement === undefined) return []
  const supplied = await dispensedLines(deps.pool, regionCode, settlement.dispenseId)
  return supplied.flatMap(({ lineNo, quantity, batchNo, unitPriceFen }) => {
    const line = document.lines.find((each) => each.lineNo === lineNo)
    return line === undefined || !isTaken(status, lineNo) ? [] : { line, quantity, batchNo, unitPriceFen }
  })
}

const MOST_ROWS = 200

/** D008 电子处方药品目录查询: the drugs of the region's register that stand on its lists today, by code. */
export async function listNationalDrugs(deps: Deps, caller: Caller, input: TextObject) {
  const today = dayOf(deps.clock())
  const snapshot = await deps.registers.latest(deps.pool, caller.regionCode)
  const wanted = [textOf(input, 'medListCodg'), ...(textOf(input, 'medListCodgs')?.split(',') ?? [])].filter(
    (code) => code !== undefined,
  )
  const page = Math.max(1, Number.parseInt(textOf(input, 'pageNum') ?? '1', 10) || 1)
  const size = Math.min(MOST_ROWS, Math.max(1, Number.parseInt(textOf(input, 'pageSize') ?? '50', 10) || 50))
  const listed = new Set(snapshot.all('drug-list', today).map(({ drugCode }) => drugCode))
  const drugs = snapshot
    .all('drug', today)
    .filter(({ drugCode }) => wanted.length === 0 || wanted.includes(drugCode))
    .sort((a, b) => (a.drugCode < b.drugCode ? -1 : 1))
  return {
    total: String(drugs.length),
    pages: String(Math.ceil(drugs.length / size)),
    pageNum: String(page),
    pageSize: String(size),
    list: drugs.slice((page - 1) * size, page * size).map((drug) => ({
      medListCodg: drug.drugCode,
      genname: drug.genericName,
      regName: drug.genericName,
      prodname: drug.genericName,
      specName: drug.specification,
      dosformName: drug.form,
      minPrepunt: drug.unit,
      ...(drug.packSize === undefined ? {} : { minPacCnt: String(drug.packSize) }),
      listType: drug.drugCode.startsWith('T') ? '102' : '101',
      listTypeName: drug.drugCode.startsWith('T') ? '中药饮片' : '西药中成药',
      dualchnlFlag: listed.has(drug.drugCode) ? '1' : '0',
      begntime: `${drug.validFrom} 00:00:00`,
      endtime: drug.validTo === undefined ? '' : `${drug.validTo} 23:59:59`,
    })),
  }
}
