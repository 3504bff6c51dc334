import type { Queryable } from '../database.ts'

/** A judgement as it is stored. */
export interface StoredDecision {
  readonly decisionId: string
  readonly step: string
  readonly policyVersion: string
  readonly decidedAt: Date
  readonly isRefused: boolean
  /** Canonical JSON. */
  readonly facts: string
  readonly findings: string
}

/** A new prescription with everything that commits with it. */
export interface NewPrescription {
  readonly regionCode: string
  readonly prescriptionNo: string
  readonly hospitalId: string
  readonly hospitalPrescriptionNo: string
  readonly physicianId: string
  readonly personId: string
  readonly setting: string
  readonly diagnosisCodes: readonly string[]
  readonly issuedAt: Date
  readonly signedAt: Date | undefined
  readonly receivedAt: Date
  readonly expiresAt: Date
  readonly document: Buffer
  readonly signature: Buffer
  readonly documentSha256: Buffer
  readonly verdict: string
  readonly lines: readonly {
    readonly lineNo: number
    readonly drugCode: string
    readonly unit: string
    readonly quantity: string
    readonly startsOn: string
    readonly endsOn: string
  }[]
  readonly event: {
    readonly type: string
    readonly actorKind: string
    readonly actorId: string
    readonly data: string
  }
  readonly hash: Buffer
  readonly decision: StoredDecision
  readonly link: { readonly hash: Buffer; readonly salt: Buffer }
  /** Absent when the transaction has claimed the key and stores the answer itself. */
  readonly answer?: {
    readonly callerId: string
    readonly key: string
    readonly digest: Buffer
    readonly status: number
    readonly body: string
  }
  /** Work for the queue, as [queue, JSON body]. */
  readonly work: readonly (readonly [string, string])[]
}

const ANSWERED = `insert into idempotency_key (caller_id, key, digest, status, body, created_at)
      values ($1, $2, $3, $4, $5, $6)`
/** The parameters keep their places, and nothing is written. */
const NOT_ANSWERED = 'select $1::text, $2::text, $3::bytea, $4::int, $5::text'

/** One statement, nine tables; the bench measures what the database alone makes of it. */
export const INSERT_PRESCRIPTION = `
    with answered as (
      ${ANSWERED}
    ), document as (
      insert into prescription
        (region_code, prescription_no, hospital_id, hospital_prescription_no, physician_id, person_id, setting,
         issued_at, signed_at, received_at, expires_at, policy_version, document, signature, document_sha256, verdict, diagnosis_codes)
      values ($7, $8, $9, $10, $11, $12, $13, $14, $15, $6, $16, $17, $18, $19, $20, $21, $42)
    ), line as (
      insert into prescription_line
        (region_code, prescription_no, line_no, drug_code, unit, prescribed, starts_on, ends_on)
      select $7, $8, l.line_no, l.drug_code, l.unit, l.quantity, l.starts_on, l.ends_on
        from unnest($22::int[], $23::text[], $24::text[], $25::numeric[], $26::date[], $27::date[])
          as l(line_no, drug_code, unit, quantity, starts_on, ends_on)
    ), state as (
      insert into prescription_state
        (region_code, prescription_no, state, last_command, revision, hash, changed_at, expires_at, hospital_id)
      values ($7, $8, 'open', 'submit', 1, $28, $6, $16, $9)
    ), event as (
      insert into prescription_event (region_code, prescription_no, revision, type, at, actor_kind, actor_id, data, hash)
      values ($7, $8, 1, $29, $6, $30, $31, $32, $28)
    ), judged as (
      insert into decision
        (region_code, decision_id, prescription_no, step, policy_version, decided_at, refused, facts, findings)
      values ($7, $33, $8, $34, $17, $6, $35, $36, $37)
    ), link as (
      insert into patient_link (region_code, link_hash, salt, prescription_no, created_at)
      values ($7, $38, $39, $8, $6)
    )
    insert into outbox (region_code, queue, body, created_at, available_at)
    select $7, w.queue, w.body::jsonb, $6, $6 from unnest($40::text[], $41::text[]) as w(queue, body)`

/**
 * Stores a prescription, its lines, state, first event, decision, patient link, outgoing work and answer in one
 * statement: all or nothing, one round trip.
 *
 * @throws unique violations (23505) of `idempotency_key_pkey` and `hospital_number_used_once` when another request won
 */
export async function insert(db: Queryable, p: NewPrescription): Promise<void> {
  await db.query({
    ...(p.answer === undefined
      ? { name: 'prescription-insert-unanswered', text: INSERT_PRESCRIPTION.replace(ANSWERED, NOT_ANSWERED) }
      : { name: 'prescription-insert', text: INSERT_PRESCRIPTION }),
    values: [
      p.answer?.callerId ?? null,
      p.answer?.key ?? null,
      p.answer?.digest ?? null,
      p.answer?.status ?? null,
      p.answer?.body ?? null,
      p.receivedAt,
      p.regionCode,
      p.prescriptionNo,
      p.hospitalId,
      p.hospitalPrescriptionNo,
      p.physicianId,
      p.personId,
      p.setting,
      p.issuedAt,
      p.signedAt ?? null,
      p.expiresAt,
      p.decision.policyVersion,
      p.document,
      p.signature,
      p.documentSha256,
      p.verdict,
      p.lines.map((line) => line.lineNo),
      p.lines.map((line) => line.drugCode),
      p.lines.map((line) => line.unit),
      p.lines.map((line) => line.quantity),
      p.lines.map((line) => line.startsOn),
      p.lines.map((line) => line.endsOn),
      p.hash,
      p.event.type,
      p.event.actorKind,
      p.event.actorId,
      p.event.data,
      p.decision.decisionId,
      p.decision.step,
      p.decision.isRefused,
      p.decision.facts,
      p.decision.findings,
      p.link.hash,
      p.link.salt,
      p.work.map(([queue]) => queue),
      p.work.map(([, body]) => body),
      p.diagnosisCodes,
    ],
  })
}
