import { createHmac } from 'node:crypto'
import type { PrescriptionDocument } from '../../../schemas/prescription-document.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { isSameName } from '../../domain/primitives/folded-name.ts'
import { Problem } from '../../domain/problems.ts'
import { documentOf } from '../../national/document.ts'
import { bytesOf, fault, isPrescriptionFile, needed } from '../../national/fields.ts'
import { isTextObject, readTexts, type TextObject, textOf } from '../../national/texts.ts'
import * as stored from '../../storage/national/prescriptions.ts'
import { cancelPrescription } from '../cancel-prescription.ts'
import type { Caller, Deps } from '../deps.ts'
import { readForHospital } from '../hospital/prescription-status.ts'
import { sha256 } from '../intake-row.ts'
import { parseDocument } from '../parse-document.ts'
import { hashOf } from '../secrets.ts'
import { preCheckPrescription, submitPrescription } from '../submit-prescription.ts'
import type { SignatureServer } from './signature-server.ts'

/** Days after which a pre-check that was never uploaded is forgotten: longer than any prescription is valid. */
const DRAFT_DAYS = 30
const DAY_MS = 86_400_000

/** What the signed value says: the first twenty members of the upload, in the order of the interface. */
const SIGNED_MEMBERS = [
  'rxTraceCode',
  'hiRxno',
  'mdtrtId',
  'patnName',
  'psnCertType',
  'certno',
  'fixmedinsName',
  'fixmedinsCode',
  'drCode',
  'prscDrName',
  'pharDeptName',
  'pharDeptCode',
  'pharProfttlCodg',
  'pharProfttlName',
  'pharCode',
  'pharCertType',
  'pharCertno',
  'pharName',
  'pharPracCertNo',
  'pharChkTime',
] as const

/**
 * D001 电子处方上传预核验: judges as any pre-check does and gives the prescription its number and trace code. The same
 * content again gets the same ones, also when it was uploaded since.
 *
 * @throws Problem rules-failed, document-malformed and whatever `preCheckPrescription` throws; nothing is kept then
 */
export async function checkUpload(
  deps: Deps,
  caller: Caller,
  input: TextObject,
): Promise<{ rxTraceCode: string; hiRxno: string }> {
  const now = deps.clock()
  const document = Buffer.from(JSON.stringify(documentOf(input, caller.regionCode)))
  const { hospitalPrescriptionNo, issuedAt } = parseDocument(document)
  const draft = {
    regionCode: caller.regionCode,
    hospitalId: caller.institutionId ?? '',
    hospitalPrescriptionNo,
    documentSha256: sha256(document),
  }
  const earlier = await stored.findSameDraft(deps.pool, draft)
  if (earlier !== undefined) return numbersOf(deps, earlier)
  const { accepted, findings, policyVersion } = await preCheckPrescription(
    deps,
    caller,
    { document },
    'national',
  )
  if (!accepted) throw new Problem('rules-failed', { findings, details: { policyVersion } })
  await stored.forgetDrafts(deps.pool, new Date(now.getTime() - DRAFT_DAYS * DAY_MS))
  const serial = await stored.nextSerial(deps.pool)
  const day = dayOf(new Date(issuedAt)).replaceAll('-', '')
  const prescriptionNo = `${caller.regionCode}${day}${String(serial).padStart(8, '0')}`
  const traceHash = hashOf(traceCodeOf(deps, prescriptionNo))
  const kept = await stored.keepDraft(deps.pool, {
    ...draft,
    prescriptionNo,
    serial,
    traceHash,
    document,
    createdAt: now,
  })
  return numbersOf(deps, kept)
}

function numbersOf(deps: Deps, { prescriptionNo }: Pick<stored.Draft, 'prescriptionNo'>) {
  return { rxTraceCode: traceCodeOf(deps, prescriptionNo), hiRxno: prescriptionNo }
}

/** 处方追溯码: twenty digits that nobody can guess; no table holds them. */
function traceCodeOf({ linkKey }: Pick<Deps, 'linkKey'>, prescriptionNo: string): string {
  const digest = createHmac('sha256', linkKey).update(`national-trace/${prescriptionNo}`).digest('hex')
  return String(BigInt(`0x${digest}`) % 10n ** 20n).padStart(20, '0')
}

/**
 * D002 电子处方医保电子签名: the region's signature server signs the value for the hospital, over the bytes as they
 * came (GB/T 35275, detached). No key of a physician or hospital lies in the hub. The same value gets its first
 * signature again.
 *
 * @throws Problem malformed, document-of-another, prescription-unknown; unavailable where the region has no server
 */
export async function signForHospital(
  deps: Deps,
  caller: Caller,
  input: TextObject,
  server: SignatureServer | undefined,
): Promise<{ rxFile: string; signDigest: string; signCertSn: string; signCertDn: string }> {
  const now = deps.clock()
  requireOwn(caller, input)
  const originalValue = bytesOf(input, 'originalValue')
  const rxFile = fileOf(input, 'originalRxFile')
  const { hiRxno } = signedValue(originalValue)
  await draftOf(deps, caller, hiRxno)
  const signed = await server?.sign(caller.institutionId ?? '', originalValue, now)
  if (signed === undefined) throw new Problem('unavailable')
  const { signDigest } = await stored.keepSigning(deps.pool, {
    regionCode: caller.regionCode,
    prescriptionNo: hiRxno,
    valueSha256: sha256(originalValue),
    originalValue,
    signDigest: signed.signature,
    signedAt: now,
  })
  return {
    rxFile: rxFile.toString('base64'),
    signDigest: signDigest.toString('base64'),
    signCertSn: signed.certificateSerial,
    signCertDn: signed.certificateSubject,
  }
}

/**
 * D003 电子处方上传: verifies the signature over the value that was signed, holds the upload against both that value and
 * what was checked, and takes the prescription in as any other.
 *
 * @throws Problem malformed, prescription-unknown, document-altered, a signature code, rules-failed,
 *   prescription-number-reused for a second upload that differs
 */
export async function uploadPrescription(deps: Deps, caller: Caller, input: TextObject) {
  const now = deps.clock()
  requireOwn(caller, input)
  const given = needed(input, [
    'rxTraceCode',
    'hiRxno',
    'mdtrtId',
    'patnName',
    'certno',
    'drCode',
    'pharCode',
    'pharName',
    'pharChkTime',
  ])
  const { hiRxno } = given
  const rxFile = fileOf(input, 'rxFile')
  // One client spells it so.
  const signDigest = bytesOf(input, textOf(input, 'signDigest') === undefined ? 'signDIgest' : 'signDigest')
  const draft = await draftOf(deps, caller, hiRxno)
  requireAsChecked(given, draft)
  const signings = await stored.listSignings(deps.pool, caller.regionCode, hiRxno)
  const signing = signings.find((each) => each.signDigest.equals(signDigest)) ?? signings[0]
  if (signing === undefined) throw new Problem('seal-missing')
  requireAsSigned(input, signedValue(signing.originalValue).value)
  const upload = JSON.stringify(Object.fromEntries(SIGNED_MEMBERS.map((name) => [name, textOf(input, name)])))
  await submitPrescription(
    deps,
    caller,
    {
      callerId: caller.id,
      key: `national/D003/${hiRxno}`,
      digest: sha256(Buffer.concat([Buffer.from(upload), rxFile])),
    },
    {
      document: draft.document,
      signature: signDigest,
      centre: { originalValue: signing.originalValue, serial: draft.serial },
    },
  )
  const kept = await stored.keepUpload(deps.pool, {
    regionCode: caller.regionCode,
    prescriptionNo: hiRxno,
    upload,
    rxFile,
    signDigest,
    originalValue: signing.originalValue,
    uploadedAt: now,
  })
  if (kept.upload !== upload || !kept.rxFile.equals(rxFile))
    throw new Problem('prescription-number-reused', { details: { prescriptionNo: hiRxno } })
  return await readForHospital(deps, caller, hiRxno)
}

/**
 * D004 电子处方撤销. While a pharmacy holds the prescription the cancel waits, and the prescription is still valid.
 *
 * @throws Problem malformed, prescription-unknown, wrong-state once it was supplied
 */
export async function undoPrescription(deps: Deps, caller: Caller, input: TextObject) {
  requireOwn(caller, input)
  const { hiRxno } = needed(input, ['hiRxno', 'drCode', 'undoRea'])
  await readForHospital(deps, caller, hiRxno)
  const digest = sha256(Buffer.from(JSON.stringify(input)))
  const key = `national/D004/${hiRxno}/${digest.toString('hex').slice(0, 32)}`
  await cancelPrescription(deps, caller, { callerId: caller.id, key, digest }, hiRxno, 'other')
  return await readForHospital(deps, caller, hiRxno)
}

/** @throws Problem document-of-another when the request names another institution than the one that calls */
function requireOwn(caller: Caller, input: TextObject): void {
  if (needed(input, ['fixmedinsCode']).fixmedinsCode !== caller.institutionId)
    throw new Problem('document-of-another', { details: { member: '/fixmedinsCode' } })
}

function fileOf(input: TextObject, name: string): Buffer {
  const bytes = bytesOf(input, name)
  if (bytes.length > 4 && isPrescriptionFile(bytes)) return bytes
  throw new Problem('malformed', {
    fields: [
      fault(name, { zh: '应为 PDF 或 OFD 文件。', en: 'Must be a PDF or OFD file.' }, 'contentMediaType'),
    ],
  })
}

/** The value that is signed: opaque bytes, of which the number is read. @throws Problem malformed */
function signedValue(originalValue: Buffer): { readonly hiRxno: string; readonly value: TextObject } {
  const read = readTexts(originalValue.toString('utf8'), '/originalValue')
  if ('faults' in read) throw new Problem('malformed', { fields: read.faults })
  if (!isTextObject(read.value)) throw new Problem('malformed')
  return { hiRxno: needed(read.value, ['hiRxno']).hiRxno, value: read.value }
}

async function draftOf(deps: Deps, caller: Caller, hiRxno: string): Promise<stored.Draft> {
  const draft = await stored.findDraft(deps.pool, caller.regionCode, hiRxno)
  if (draft?.hospitalId !== caller.institutionId) throw new Problem('prescription-unknown')
  return draft!
}

/** What the upload says of visit, patient and physician is what was checked. @throws Problem document-altered */
function requireAsChecked(
  given: Readonly<Record<'rxTraceCode' | 'mdtrtId' | 'patnName' | 'certno' | 'drCode', string>>,
  draft: stored.Draft,
): void {
  const { visit, patient, physician } = JSON.parse(draft.document.toString('utf8')) as PrescriptionDocument
  const differing = [
    hashOf(given.rxTraceCode).equals(draft.traceHash) ? [] : ['rxTraceCode'],
    given.mdtrtId === visit.visitId ? [] : ['mdtrtId'],
    isSameName(given.patnName, patient.name) ? [] : ['patnName'],
    given.certno.toUpperCase() === patient.idNumber.toUpperCase() ? [] : ['certno'],
    given.drCode === physician.practitionerId ? [] : ['drCode'],
  ].flat()
  if (differing.length > 0) throw new Problem('document-altered', { details: { members: differing } })
}

/** @throws Problem document-altered when a member says other than the value that was signed */
function requireAsSigned(input: TextObject, value: TextObject): void {
  const differing = SIGNED_MEMBERS.filter((name) => textOf(input, name) !== textOf(value, name))
  if (differing.length > 0) throw new Problem('document-altered', { details: { members: differing } })
}
