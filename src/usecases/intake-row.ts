import { createHash } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import type { Facts, SignerFacts } from '../domain/facts.ts'
import { CHAIN_START, chainedBytes } from '../domain/lifecycle/event.ts'
import { canonicalJson, type Json } from '../domain/primitives/canonical-json.ts'
import { dayOf } from '../domain/primitives/civil-day.ts'
import type { Judgement } from '../domain/rules/judge.ts'
import type { NewPrescription } from '../storage/prescription/insert.ts'
import type { Caller, Deps } from './deps.ts'
import { newLink } from './secrets.ts'

/** A document that passed intake, with all that is kept of it. */
export interface Accepted {
  readonly document: PrescriptionDocument
  /** As received. */
  readonly bytes: Buffer
  /** Empty for a paper prescription. */
  readonly signature: Buffer
  /** JSON of a `StoredVerdict`. */
  readonly verdict: string
  readonly signers: readonly SignerFacts[]
  readonly facts: Facts
  readonly judgement: Judgement
  readonly expiresAt: Date
  /** 1 to 99,999,999. */
  readonly serial: number
  /** What it counts as among its person's prescriptions. */
  readonly personNo: number
  /** Codes and ids for the first event, beside those that every prescription has. */
  readonly data?: { readonly [key: string]: Json }
}

/**
 * What is stored of an accepted document: number, first event, decision, patient link, outgoing work.
 *
 * @returns the row without its answer, and the patient's way in, a secret that no table holds
 */
export function intakeRow(
  deps: Pick<Deps, 'linkKey' | 'settings'>,
  caller: Caller,
  accepted: Accepted,
  now: Date,
): { row: Omit<NewPrescription, 'answer'>; patientLink: string } {
  const { document, bytes, judgement, expiresAt } = accepted
  const { regionCode } = document
  const issuedAt = new Date(document.issuedAt)
  const day = dayOf(issuedAt).replaceAll('-', '')
  const prescriptionNo = `${regionCode}${day}${String(accepted.serial).padStart(8, '0')}`
  const link = newLink(deps.linkKey, prescriptionNo)
  const decisionId = uuid()
  const event = {
    regionCode,
    prescriptionNo,
    revision: 1,
    type: 'submitted',
    at: now,
    actorKind: caller.kind,
    actorId: caller.id,
    data: {
      decisionId,
      policyVersion: judgement.versionId,
      documentSha256: sha256(bytes).toString('hex'),
      expiresAt: expiresAt.toISOString(),
      ...accepted.data,
    },
  }
  const row = {
    regionCode,
    prescriptionNo,
    hospitalId: document.hospital.institutionId,
    hospitalPrescriptionNo: document.hospitalPrescriptionNo,
    physicianId: document.physician.practitionerId,
    personId: document.patient.personId,
    personNo: accepted.personNo,
    setting: document.setting,
    diagnosisCodes: document.diagnoses.map(({ code }) => code),
    issuedAt,
    signedAt: signedAtOf(accepted.signers),
    receivedAt: now,
    expiresAt,
    document: bytes,
    signature: accepted.signature,
    documentSha256: sha256(bytes),
    verdict: accepted.verdict,
    lines: document.lines,
    event: { ...event, data: canonicalJson(event.data) },
    hash: sha256(chainedBytes(CHAIN_START, event)),
    decision: {
      decisionId,
      step: 'intake',
      policyVersion: judgement.versionId,
      decidedAt: now,
      isRefused: false,
      facts: canonicalJson(accepted.facts),
      findings: canonicalJson(judgement.findings),
    },
    link,
    work: [['notification', JSON.stringify({ kind: 'patient-link', prescriptionNo })]] as const,
  }
  return { row, patientLink: `${deps.settings.publicUrl}/p/${link.token}` }
}

function signedAtOf(signers: readonly SignerFacts[]): Date | undefined {
  const signedAt = signers.find((signer) => signer.purpose === 'physician')?.signedAt
  return signedAt === undefined ? undefined : new Date(signedAt)
}

/** SHA-256 of bytes. */
export function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
