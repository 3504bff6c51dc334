import { v7 as uuid } from 'uuid'
import { PAPER_BYTES } from '../../schemas/admissions.ts'
import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import type { CodeOf } from '../domain/codes.ts'
import { isRefused } from '../domain/finding.ts'
import { addDays, dayOf } from '../domain/primitives/civil-day.ts'
import { Problem } from '../domain/problems.ts'
import { paperAllowed, paperEntryDays, validityDays } from '../domain/rules/cited.ts'
import { judge } from '../domain/rules/judge.ts'
import type { PolicyVersion } from '../domain/rules/policy-version.ts'
import { expiryOf } from '../domain/rules/validity.ts'
import { isSomebodyElse, toldFindings } from '../domain/told-findings.ts'
import { isPaperType, type PaperType } from '../domain/workflows/paper-type.ts'
import { keepFile } from '../storage/admissions/papers.ts'
import { isUniqueViolation, type Transaction } from '../storage/database.ts'
import { readIntake } from '../storage/prescription/facts.ts'
import { insert } from '../storage/prescription/insert.ts'
import { addPaper } from '../storage/prescription/paper.ts'
import type { Deps } from './deps.ts'
import { gatherFacts, historyStart } from './gather-facts.ts'
import { recordMismatch, refuseGuessing } from './identity-guard.ts'
import { type Accepted, intakeRow, sha256 } from './intake-row.ts'
import { allow, judgeStored } from './judge-stored.ts'
import { give, lockPrescription } from './lifecycle.ts'
import { parseDocument } from './parse-document.ts'
import type { Supplier } from './pharmacy/supplier.ts'
import { JUDGED_AGAIN } from './submit-prescription.ts'
import { hold, type Taken } from './take-prescription.ts'
import type { StoredVerdict } from './verify-signed.ts'
import { type Answer, type WriteRequest, write } from './write.ts'

/** A paper prescription as the pharmacy enters it. */
export interface PaperEntry {
  /** The content in the form of a prescription document; kept as received. */
  readonly document: Buffer
  readonly scan: {
    readonly mediaType: PaperType
    /** Lower-case hex. */
    readonly sha256: string
    /** Absent when the pharmacy keeps the file. */
    readonly content?: Buffer
  }
  readonly reason: CodeOf<'paper-reasons'>
  /** When the patient presented it at the counter; ISO 8601. */
  readonly presentedAt: string
}

/** What the pharmacy gets: as for a take. */
export interface PaperTaken extends Taken {
  readonly origin: 'paper'
}

/** Nobody signed what the hub got. */
const VERDICT: StoredVerdict = { status: 'paper', signers: [], evidence: [] }

/**
 * Enters a paper prescription that was presented while circulation was down. It meets the rules of intake, but for
 * those about signatures, choice and taking, and is at once held by the pharmacy, so that review, settlement and
 * hand-over follow as for any other. The hospital is told by its feed.
 *
 * Validity is that of the day on which the patient presented it: what was supplied then may be entered after it has run
 * out, for as many days as the policy gives.
 *
 * @throws Problem paper-not-allowed, paper-entered-late, paper-entered-already, paper-not-accepted, paper-scan-differs, too-large, malformed,
 *   document-malformed, document-of-another, policy-missing, policy-not-cited, rules-failed; nothing is stored then
 * @see MZ-7.5
 */
export async function enterPaperPrescription(
  deps: Deps,
  pharmacy: Supplier,
  request: WriteRequest,
  entry: PaperEntry,
): Promise<Answer<PaperTaken>> {
  const document = parseDocument(entry.document)
  if (document.regionCode !== pharmacy.regionCode)
    throw new Problem('document-of-another', { details: { member: '/regionCode' } })
  checkScan(entry.scan)
  await refuseGuessing(deps, pharmacy, document, deps.clock())
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await write<PaperTaken>(deps, request, async (tx, now) => {
        checkPresented(entry, document, now)
        const accepted = await judgePaper(deps, tx, pharmacy, entry, document, now)
        const taken = await store(deps, tx, pharmacy, entry, accepted, now)
        const findings = [...accepted.judgement.findings, ...taken.findings]
        return { status: 201, body: { ...taken, findings, origin: 'paper' } }
      })
    } catch (error) {
      if (error instanceof Problem && isSomebodyElse(error.findings)) {
        await recordMismatch(deps, pharmacy, document, 'paper', deps.clock())
      }
      // Two entries at once: the second waits for the first and finds its row.
      if (isUniqueViolation(error, 'hospital_number_used_once')) throw new Problem('paper-entered-already')
      const isOvertaken = isUniqueViolation(error, 'person_number_used_once')
      if (attempt === JUDGED_AGAIN || !isOvertaken) throw error
    }
  }
}

function checkScan({ mediaType, sha256: said, content }: PaperEntry['scan']): void {
  if (content === undefined) return
  if (content.length > PAPER_BYTES) throw new Problem('too-large')
  if (!isPaperType(mediaType, content)) throw new Problem('paper-not-accepted')
  if (sha256(content).toString('hex') !== said) throw new Problem('paper-scan-differs')
}

/** Presented after it was issued and before it is entered. */
function checkPresented({ presentedAt }: PaperEntry, document: PrescriptionDocument, now: Date): void {
  const at = Date.parse(presentedAt)
  if (at >= Date.parse(document.issuedAt) && at <= now.getTime()) return
  throw new Problem('malformed', {
    fields: [
      {
        path: '/body/presentedAt',
        keyword: 'range',
        message: {
          zh: '出示时间须在开方时间之后、当前时间之前。',
          en: 'Must lie between the time of issue and now.',
        },
      },
    ],
  })
}

/**
 * One that was presented within its validity was supplied then; it may be entered for so many days more.
 *
 * @throws Problem paper-entered-late
 */
function requireInTime(
  version: PolicyVersion,
  mode: Deps['mode'],
  { presentedAt }: PaperEntry,
  validUntil: Date,
  now: Date,
): void {
  if (now < validUntil) return
  const presentedOn = dayOf(new Date(presentedAt))
  const days = paperEntryDays(version, mode)
  if (dayOf(now) < addDays(presentedOn, days)) return
  throw new Problem('paper-entered-late', { details: { presentedOn, days } })
}

async function judgePaper(
  deps: Deps,
  tx: Transaction,
  pharmacy: Supplier,
  entry: PaperEntry,
  document: PrescriptionDocument,
  now: Date,
): Promise<Accepted> {
  const { regionCode } = document
  const issuedAt = new Date(document.issuedAt)
  const version = deps.policies.inForce(regionCode, dayOf(issuedAt))
  if (version === undefined) throw new Problem('policy-missing', { details: { regionCode } })
  if (!paperAllowed(version, deps.mode)) {
    throw new Problem('paper-not-allowed', { details: { policyVersion: version.id } })
  }
  const validUntil = expiryOf(issuedAt, validityDays(version, deps.mode, document.longTerm ?? false))
  requireInTime(version, deps.mode, entry, validUntil, now)
  const record = await readIntake(
    tx,
    {
      regionCode,
      personId: document.patient.personId,
      since: historyStart(now),
      hospitalId: document.hospital.institutionId,
      hospitalPrescriptionNo: document.hospitalPrescriptionNo,
      callerId: pharmacy.id,
      // The key is claimed already.
      idempotencyKey: '',
    },
    dayOf,
  )
  if (record.earlier !== undefined) throw new Problem('paper-entered-already')
  const facts = gatherFacts(await deps.registers.at(tx, regionCode, record.registerVersion), record, {
    step: 'intake',
    now,
    regionCode,
    document,
    receivedAt: now,
    signers: VERDICT.signers,
    stored: { origin: 'paper', expiresAt: validUntil },
    more: { purchaseBegunAt: new Date(entry.presentedAt).toISOString() },
  })
  const judgement = judge(version, 'intake', facts, deps.mode)
  if (isRefused(judgement.findings)) {
    throw new Problem('rules-failed', {
      findings: toldFindings(judgement.findings),
      details: { policyVersion: version.id, step: 'intake' },
    })
  }
  return {
    document,
    bytes: entry.document,
    signature: Buffer.alloc(0),
    verdict: JSON.stringify(VERDICT),
    signers: VERDICT.signers,
    facts,
    judgement,
    // What was supplied in time and is entered late has as long for review and settlement as from a new issue.
    expiresAt: now < validUntil ? validUntil : expiryOf(now, validityDays(version, deps.mode)),
    serial: record.serial,
    personNo: record.personNo,
    data: {
      origin: 'paper',
      reason: entry.reason,
      presentedAt: new Date(entry.presentedAt).toISOString(),
      scanSha256: entry.scan.sha256,
    },
  }
}

/** Submitted, chosen at the counter and taken, all or nothing. */
async function store(
  deps: Deps,
  tx: Transaction,
  pharmacy: Supplier,
  entry: PaperEntry,
  accepted: Accepted,
  now: Date,
): Promise<Taken> {
  const { row } = intakeRow(deps, pharmacy, accepted, now)
  const { regionCode, prescriptionNo, hospitalId } = row
  const pharmacyId = pharmacy.institutionId
  await insert(tx, row)
  const { scan } = entry
  const scanSha256 = Buffer.from(scan.sha256, 'hex')
  if (scan.content !== undefined) {
    const { mediaType, content } = scan
    await keepFile(tx, regionCode, { sha256: scanSha256, mediaType, content }, now)
  }
  await addPaper(tx, regionCode, {
    prescriptionNo,
    entryId: uuid(),
    hospitalId,
    pharmacyId,
    reasonCode: entry.reason,
    presentedAt: new Date(entry.presentedAt),
    enteredAt: now,
    enteredBy: pharmacy.id,
    scanType: scan.mediaType,
    scanSha256,
    isScanStored: scan.content !== undefined,
  })
  // Who hands a paper over at the counter has chosen. The event carries it to the hospital's feed.
  const chosen = await give(tx, await lockPrescription(tx, regionCode, prescriptionNo, now), {
    command: 'choose',
    by: 'patient',
    caller: { kind: 'patient', id: 'paper', regionCode },
    now,
    patch: { pharmacyId },
    data: {
      at: 'counter',
      origin: 'paper',
      reason: entry.reason,
      hospitalPrescriptionNo: accepted.document.hospitalPrescriptionNo,
    },
  })
  allow(tx, await judgeStored(deps, tx, regionCode, prescriptionNo, 'choice', now, { pharmacyId }), now)
  return await hold(deps, tx, pharmacy, chosen, 'paper', now)
}
