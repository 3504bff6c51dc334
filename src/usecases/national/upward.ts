import type { PrescriptionDocument } from '../../../schemas/prescription-document.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { statusFields } from '../../national/codes.ts'
import { nationalTime, nodeOf } from '../../national/document.ts'
import { NATIONAL_TABLES } from '../../national/tables.ts'
import { preCheckMessage, signedMessage } from '../../national/upward-messages.ts'
import { bytesOfPaper, prescriptionPdf } from '../../papers/prescription-paper.ts'
import { inTransaction } from '../../storage/database.ts'
import { findUpload } from '../../storage/national/prescriptions.ts'
import * as upward from '../../storage/national/upward.ts'
import * as outbox from '../../storage/outbox.ts'
import { findPrescription } from '../../storage/prescription/read.ts'
import type { Deps } from '../deps.ts'
import { readStatus } from '../hospital/prescription-status.ts'
import { storedDocument } from '../parse-document.ts'
import type { Centre } from './centre.ts'

/** Carries what goes to the centre above: `{ kind, prescriptionNo }`. */
export const UPWARD_QUEUE = 'national-upward'

const BATCH = 100
const DAY_MS = 86_400_000
/** How far back a centre that is named for the first time is told. */
const DAYS_BACK = 3

/**
 * Leaves work for whatever the centre above does not know yet: new prescriptions of its hospitals, and those that were
 * cancelled here since. Mark and work commit together.
 *
 * @returns how much was left
 */
export async function leaveUpward(
  deps: Pick<Deps, 'pool' | 'clock'>,
  { hospitals }: Centre,
): Promise<number> {
  return await inTransaction(deps.pool, async (tx) => {
    const now = deps.clock()
    const since = new Date(now.getTime() - DAYS_BACK * DAY_MS)
    const due = await upward.markDue(tx, hospitals, since, now, BATCH)
    const gone = await upward.markWithdrawing(tx, now, BATCH)
    const work = [
      ...due.map((each) => ({ each, kind: 'upload' })),
      ...gone.map((each) => ({ each, kind: 'withdraw' })),
    ]
    const entries = work.map(({ each: { regionCode, prescriptionNo }, kind }) => ({
      regionCode,
      queue: UPWARD_QUEUE,
      body: { kind, prescriptionNo },
    }))
    if (entries.length > 0) await outbox.addAll(tx, entries, now)
    return entries.length
  })
}

/** Does one piece of that work. Done twice it has one effect: the centre gives the same numbers for the same content. */
export async function sendUpward(
  deps: Deps,
  centre: Centre,
  regionCode: string,
  prescriptionNo: string,
): Promise<void> {
  const row = await upward.find(deps.pool, regionCode, prescriptionNo)
  const found = row && (await findPrescription(deps.pool, regionCode, prescriptionNo))
  if (row === undefined || found === undefined) return
  const document = storedDocument(found.document)
  if (row.state === 'due') await upload(deps, centre, row, document, found.expiresAt)
  else if (row.state === 'withdrawing') await withdraw(deps, centre, row, document)
}

/** D001, D002, D003. */
async function upload(
  deps: Deps,
  centre: Centre,
  row: upward.Upward,
  document: PrescriptionDocument,
  expiresAt: Date,
): Promise<void> {
  const { regionCode, prescriptionNo, hospitalId } = row
  const refused = async (code: number) => {
    await upward.move(deps.pool, row, { state: 'refused', refusedWith: code }, deps.clock())
  }
  const checked = await centre.call(hospitalId, 'uploadChk', preCheckMessage(document, expiresAt))
  if (checked.code !== 0) return await refused(checked.code)
  const numbers = { rxTraceCode: String(checked.data['rxTraceCode']), hiRxno: String(checked.data['hiRxno']) }
  const own = await findUpload(deps.pool, regionCode, prescriptionNo)
  const members = signedMessage(document, numbers, pharmacistOf(centre, hospitalId, own?.upload, document))
  const file =
    own?.rxFile ??
    (await bytesOfPaper(prescriptionPdf(document, prescriptionNo, new Date(document.issuedAt))))
  const signed = await centre.call(hospitalId, 'rxFixmedinsSign', {
    fixmedinsCode: hospitalId,
    originalValue: Buffer.from(JSON.stringify(members)).toString('base64'),
    originalRxFile: file.toString('base64'),
  })
  if (signed.code !== 0) return await refused(signed.code)
  const { rxFile, signDigest } = signed.data
  const sent = await centre.call(hospitalId, 'rxFileUpld', { ...members, rxFile, signDigest })
  if (sent.code !== 0) return await refused(sent.code)
  await upward.move(deps.pool, row, { state: 'uploaded', centreNo: numbers.hiRxno }, deps.clock())
}

/** The hospital's own, where its upload named one. */
function pharmacistOf(
  centre: Centre,
  hospitalId: string,
  uploaded: string | undefined,
  { issuedAt }: PrescriptionDocument,
): Record<string, string> {
  if (uploaded !== undefined) {
    const members = JSON.parse(uploaded) as Readonly<Record<string, string>>
    return Object.fromEntries(Object.entries(members).filter(([name]) => name.startsWith('phar')))
  }
  const { code, name, departmentCode, departmentName, titleCode } = centre.pharmacistOf(hospitalId)
  return {
    pharDeptName: departmentName,
    pharDeptCode: departmentCode,
    pharProfttlCodg: titleCode,
    pharCode: code,
    pharName: name,
    pharChkTime: nationalTime(new Date(issuedAt)),
  }
}

/** D004. */
async function withdraw(
  deps: Deps,
  centre: Centre,
  row: upward.Upward,
  document: PrescriptionDocument,
): Promise<void> {
  const visit = nodeOf(document, 'mdtrtinfo')
  const { code } = await centre.call(row.hospitalId, 'rxUndo', {
    hiRxno: row.centreNo ?? '',
    fixmedinsCode: row.hospitalId,
    drCode: visit['drCode'] ?? '',
    undoDrName: visit['prscDrName'] ?? '',
    undoDrCertType: visit['prscDrCertType'] ?? '',
    undoDrCertno: visit['prscDrCertno'] ?? '',
    undoRea: '下级平台撤销',
    undoTime: nationalTime(deps.clock()),
  })
  const to = code === 0 ? { state: 'withdrawn' as const } : { state: 'refused' as const, refusedWith: code }
  await upward.move(deps.pool, row, to, deps.clock())
}

/**
 * Holds what was uploaded against what the centre says of it, each once a day. Whatever is of a hospital that the centre
 * does not know any more is left.
 *
 * @returns how many differ, or are unknown there
 * @throws what the centre failed with; what was compared before stays so
 */
export async function reconcileUpward(deps: Deps, centre: Centre): Promise<number> {
  const today = dayOf(deps.clock())
  let differing = 0
  for (const row of await upward.listToReconcile(deps.pool, centre.hospitals, today, BATCH)) {
    const difference = await differenceOf(deps, centre, row)
    if (difference !== undefined) differing += 1
    await upward.keepReconciled(deps.pool, row, today, difference)
  }
  return differing
}

async function differenceOf(deps: Deps, centre: Centre, row: upward.Upward): Promise<string | undefined> {
  const { regionCode, prescriptionNo, hospitalId } = row
  const found = await findPrescription(deps.pool, regionCode, prescriptionNo)
  if (found === undefined) return undefined
  const { national } = await readStatus(deps, deps.pool, regionCode, prescriptionNo)
  const ours = statusFields(national, NATIONAL_TABLES).rxStasCodg
  const visit = nodeOf(storedDocument(found.document), 'mdtrtinfo')
  const { code, data } = await centre.call(hospitalId, 'hospRxDetlQuery', {
    hiRxno: row.centreNo ?? '',
    fixmedinsCode: hospitalId,
    mdtrtId: visit['mdtrtId'] ?? '',
    psnName: visit['patnName'] ?? '',
    psnCertType: visit['psnCertType'] ?? '',
    certno: visit['certno'] ?? '',
  })
  const theirs = code === 0 ? String(data['rxStasCodg'] ?? '') : `refused with ${code}`
  return theirs === ours ? undefined : `${ours}, ${theirs}`
}
