import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import type { Facts, SignerFacts } from '../domain/facts.ts'
import type { Finding } from '../domain/finding.ts'
import { isRefused } from '../domain/finding.ts'
import { stateAt } from '../domain/lifecycle/state-at.ts'
import type { State } from '../domain/lifecycle/transitions.ts'
import { dayOf } from '../domain/primitives/civil-day.ts'
import { Problem } from '../domain/problems.ts'
import type { RegisteredCertificate } from '../domain/registers.ts'
import { validityDays } from '../domain/rules/cited.ts'
import { type Judgement, judge } from '../domain/rules/judge.ts'
import { expiryOf } from '../domain/rules/validity.ts'
import { isSomebodyElse, toldFindings } from '../domain/told-findings.ts'
import { isUniqueViolation } from '../storage/database.ts'
import * as prescriptionFacts from '../storage/prescription/facts.ts'
import { insertTogether } from '../storage/prescription/insert.ts'
import { findReceipt } from '../storage/prescription/read.ts'
import type { Caller, Deps } from './deps.ts'
import { gatherFacts, historyStart } from './gather-facts.ts'
import { recordMismatch, refuseGuessing } from './identity-guard.ts'
import { intakeRow, sha256 } from './intake-row.ts'
import { parseDocument } from './parse-document.ts'
import { linkToken } from './secrets.ts'
import { type StoredVerdict, type VerifiedEnvelope, verifySigned } from './verify-signed.ts'
import { type Answer, replay, type WriteRequest } from './write.ts'

/** What the hospital pushes: the bytes as they were signed, and the detached CMS over them. */
export interface Envelope {
  readonly document: Buffer
  readonly signature: Buffer
  /** Of a prescription that came over the national interface. */
  readonly centre?: {
    /** What the region's signature server signed for the hospital, as received (GB/T 35275). */
    readonly originalValue: Buffer
    /** The serial that its number was made with at the pre-check. */
    readonly serial: number
  }
}

/** What the hospital gets for an accepted prescription. */
export interface Receipt {
  readonly prescriptionNo: string
  /** `open`; of a prescription that is pushed again under another key, its state as of now. */
  readonly state: State
  readonly issuedAt: string
  /** Exclusive: valid while the clock shows less. */
  readonly expiresAt: string
  readonly policyVersion: string
  /** Accepted all the same: not-covered and warn. */
  readonly findings: readonly Finding[]
  readonly signature: { readonly status: 'valid' | 'valid-revocation-pending' }
  /** The patient's way in. */
  readonly patientLink: string
}

/** What pre-check answers: the judgement that a push would meet now. */
export interface PreCheck {
  readonly accepted: boolean
  readonly policyVersion: string
  readonly expiresAt: string
  readonly findings: readonly Finding[]
}

/** How often at most a push is judged again because it, or another prescription of its person, came in between. */
export const JUDGED_AGAIN = 60

interface Judged {
  readonly document: PrescriptionDocument
  readonly envelope: VerifiedEnvelope
  readonly signers: readonly SignerFacts[]
  readonly facts: Facts
  readonly judgement: Judgement
  readonly expiresAt: Date
  readonly record: prescriptionFacts.IntakeRecord
}

/**
 * Receives one signed prescription (电子处方上传): verifies, judges by the policy in force on the day of issue, stores.
 *
 * Sending the same push again gives the first answer, by key and by the hospital's own number alike.
 *
 * @throws Problem a signature code, document-malformed, document-of-another, policy-missing, rules-failed with every
 *   finding, prescription-number-reused, idempotency-key-reused; nothing is stored then
 * @see MZ-6.1, MZ-6.2, MZ-6.3, MZ-4.3b
 */
export async function submitPrescription(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  envelope: Envelope,
): Promise<Answer<Receipt>> {
  const now = deps.clock()
  const document = parseDocument(envelope.document)
  const door = envelope.centre === undefined ? undefined : 'national'
  // Verified once, and only what was not answered before: a repeat gets the first receipt, whatever became of
  // certificates since. The digest of the request protects it.
  let verified: VerifiedEnvelope | undefined
  // Two pushes at once can both find nothing; the loser finds the winner's row the second time. Of a person's
  // prescriptions that come at once one is stored at a time, and the others are judged again beside it.
  for (let attempt = 0; ; attempt += 1) {
    const record = await readRecord(deps, caller, request.key, document, now)
    if (record.answer !== undefined) {
      const { body } = replay<Pick<Receipt, 'prescriptionNo'>>(record.answer, request)
      return await sameAgain(deps, caller.regionCode, body.prescriptionNo, 'open')
    }
    if (record.earlier !== undefined) {
      if (!record.earlier.documentSha256.equals(sha256(envelope.document)))
        throw new Problem('prescription-number-reused', {
          details: { prescriptionNo: record.earlier.prescriptionNo },
        })
      return await sameAgain(deps, caller.regionCode, record.earlier.prescriptionNo)
    }
    verified ??= await verifySigned(
      deps,
      { document: envelope.centre?.originalValue ?? envelope.document, signature: envelope.signature },
      now,
      await filedCertificates(deps, caller, record, now),
      door,
    )
    const judged = await judgeIntake(deps, caller, document, verified, record, now, door)
    const { findings } = judged.judgement
    if (isSomebodyElse(findings)) {
      await refuseGuessing(deps, caller, document, now)
      await recordMismatch(deps, caller, document, 'push', now)
    }
    if (isRefused(findings)) {
      throw new Problem('rules-failed', {
        findings: toldFindings(findings),
        details: { policyVersion: judged.judgement.versionId },
      })
    }
    try {
      return { status: 201, body: await store(deps, caller, request, envelope, judged, now), isReplay: false }
    } catch (error) {
      if (attempt === JUDGED_AGAIN || !isUniqueViolation(error)) throw error
    }
  }
}

/**
 * Judges a prescription without storing anything (上传预核验). The envelope may come without a signature, because a
 * hospital wants to know before the physician signs.
 *
 * @throws Problem as `submitPrescription`, except rules-failed: findings are the answer here
 */
export async function preCheckPrescription(
  deps: Deps,
  caller: Caller,
  envelope: { readonly document: Buffer; readonly signature?: Buffer },
  door?: 'national',
): Promise<PreCheck> {
  const now = deps.clock()
  const document = parseDocument(envelope.document)
  const record = await readRecord(deps, caller, '', document, now)
  const { signature } = envelope
  const verified =
    signature === undefined
      ? undefined
      : await verifySigned(
          deps,
          { document: envelope.document, signature },
          now,
          await filedCertificates(deps, caller, record, now),
        )
  await refuseGuessing(deps, caller, document, now)
  const { judgement, expiresAt } = await judgeIntake(deps, caller, document, verified, record, now, door)
  if (isSomebodyElse(judgement.findings)) await recordMismatch(deps, caller, document, 'pre-check', now)
  return {
    accepted: !isRefused(judgement.findings),
    policyVersion: judgement.versionId,
    expiresAt: expiresAt.toISOString(),
    findings: toldFindings(judgement.findings),
  }
}

/** The certificates that are filed with the agency today: a signature may leave out its signer's. */
async function filedCertificates(
  deps: Deps,
  caller: Caller,
  record: prescriptionFacts.IntakeRecord,
  now: Date,
): Promise<() => readonly RegisteredCertificate[]> {
  const snapshot = await deps.registers.at(deps.pool, caller.regionCode, record.registerVersion)
  return () => snapshot.all('certificate', dayOf(now))
}

/**
 * The first receipt, made again from what was stored; the link is derived, because no table holds it.
 *
 * @param told the state that the same key was told; without it the state is that of now, for whoever asks anew
 */
async function sameAgain(
  deps: Deps,
  regionCode: string,
  prescriptionNo: string,
  told?: Receipt['state'],
): Promise<Answer<Receipt>> {
  const record = await findReceipt(deps.pool, regionCode, prescriptionNo)
  if (record === undefined) throw new Error(`prescription ${prescriptionNo} has no receipt`)
  const { status } = JSON.parse(record.verdict) as StoredVerdict
  // What a pharmacy entered from paper is no receipt for a signed push, not even of the same bytes.
  if (status === 'paper') throw new Problem('prescription-number-reused', { details: { prescriptionNo } })
  return {
    status: 201,
    isReplay: true,
    body: {
      prescriptionNo,
      state: told ?? stateAt(record, deps.clock()),
      issuedAt: record.issuedAt.toISOString(),
      expiresAt: record.expiresAt.toISOString(),
      policyVersion: record.policyVersion,
      findings: JSON.parse(record.findings) as Finding[],
      signature: { status },
      patientLink: `${deps.settings.publicUrl}/p/${linkToken(deps.linkKey, prescriptionNo, record.salt)}`,
    },
  }
}

async function readRecord(
  deps: Deps,
  caller: Caller,
  idempotencyKey: string,
  document: PrescriptionDocument,
  now: Date,
): Promise<prescriptionFacts.IntakeRecord> {
  if (document.hospital.institutionId !== caller.institutionId || document.regionCode !== caller.regionCode) {
    const member = document.regionCode === caller.regionCode ? '/hospital/institutionId' : '/regionCode'
    throw new Problem('document-of-another', { details: { member } })
  }
  return await prescriptionFacts.readIntakeTogether(
    deps.pool,
    {
      regionCode: document.regionCode,
      personId: document.patient.personId,
      since: historyStart(now),
      hospitalId: document.hospital.institutionId,
      hospitalPrescriptionNo: document.hospitalPrescriptionNo,
      callerId: caller.id,
      idempotencyKey,
    },
    dayOf,
  )
}

async function judgeIntake(
  deps: Deps,
  caller: Caller,
  document: PrescriptionDocument,
  verified: VerifiedEnvelope | undefined,
  record: prescriptionFacts.IntakeRecord,
  now: Date,
  door?: 'national',
): Promise<Omit<Judged, 'envelope'> & { envelope: VerifiedEnvelope | undefined }> {
  const issuedAt = new Date(document.issuedAt)
  const version = deps.policies.inForce(caller.regionCode, dayOf(issuedAt))
  if (version === undefined)
    throw new Problem('policy-missing', { details: { regionCode: caller.regionCode } })
  const snapshot = await deps.registers.at(deps.pool, caller.regionCode, record.registerVersion)
  const signers =
    verified === undefined
      ? expectedSigners(document, door)
      : verified.bind(
          {
            find: (fingerprint) => snapshot.find('certificate', fingerprint, dayOf(now)),
            all: () => snapshot.all('certificate', dayOf(now)),
          },
          document,
        )
  const facts = gatherFacts(snapshot, record, {
    step: 'intake',
    now,
    regionCode: caller.regionCode,
    document,
    receivedAt: now,
    signers,
    ...(door === undefined ? {} : { stored: { origin: door } }),
  })
  return {
    document,
    envelope: verified,
    signers,
    facts,
    judgement: judge(version, 'intake', facts, deps.mode),
    expiresAt: expiryOf(issuedAt, validityDays(version, deps.mode, document.longTerm ?? false)),
    record,
  }
}

/** Before signing, pre-check takes the signatures for granted that the document announces. */
function expectedSigners(document: PrescriptionDocument, door: 'national' | undefined): SignerFacts[] {
  const institutionId = document.hospital.institutionId
  const signedAt = new Date(document.issuedAt).toISOString()
  // The centre signs for the hospital alone.
  if (door === 'national') return [{ purpose: 'hospital-seal', institutionId, signedAt }]
  return [
    { purpose: 'physician', practitionerId: document.physician.practitionerId, institutionId, signedAt },
    { purpose: 'hospital-seal', institutionId, signedAt },
    { purpose: 'insurance-office', institutionId, signedAt },
  ]
}

async function store(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  envelope: Envelope,
  judged: Omit<Judged, 'envelope'> & { envelope: VerifiedEnvelope | undefined },
  now: Date,
): Promise<Receipt> {
  const { document, judgement, expiresAt, facts, signers, record } = judged
  const verified = judged.envelope!
  const { row, patientLink } = intakeRow(
    deps,
    caller,
    {
      document,
      bytes: envelope.document,
      signature: envelope.signature,
      verdict: verified.evidence(signers),
      signers,
      facts,
      judgement,
      expiresAt,
      serial: envelope.centre?.serial ?? record.serial,
      ...(envelope.centre === undefined ? {} : { data: { origin: 'national' } }),
      personNo: record.personNo,
    },
    now,
  )
  // The link is a secret: the stored answer holds none, a replay derives it again.
  const kept: Omit<Receipt, 'patientLink'> = {
    prescriptionNo: row.prescriptionNo,
    state: 'open',
    issuedAt: row.issuedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    policyVersion: judgement.versionId,
    findings: judgement.findings,
    signature: { status: verified.status },
  }
  await insertTogether(deps.pool, {
    ...row,
    answer: {
      callerId: request.callerId,
      key: request.key,
      digest: request.digest,
      status: 201,
      body: JSON.stringify(kept),
    },
  })
  return { ...kept, patientLink }
}
