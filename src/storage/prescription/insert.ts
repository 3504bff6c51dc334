import type { Pool } from 'pg'
import type { Queryable } from '../database.ts'
import { grouped } from '../group.ts'

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
  /** One more than the person had when the prescription was judged. */
  readonly personNo: number
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

/** The columns of one new prescription, with their types and where they come from. */
const COLUMNS: readonly (readonly [name: string, type: string, value: (p: NewPrescription) => unknown])[] = [
  ['caller_id', 'text', (p) => p.answer?.callerId],
  ['key', 'text', (p) => p.answer?.key],
  ['digest', 'bytea', (p) => p.answer?.digest],
  ['status', 'int', (p) => p.answer?.status],
  ['body', 'text', (p) => p.answer?.body],
  ['region_code', 'text', (p) => p.regionCode],
  ['no', 'text', (p) => p.prescriptionNo],
  ['hospital_id', 'text', (p) => p.hospitalId],
  ['hospital_no', 'text', (p) => p.hospitalPrescriptionNo],
  ['physician_id', 'text', (p) => p.physicianId],
  ['person_id', 'text', (p) => p.personId],
  ['person_no', 'int', (p) => p.personNo],
  ['setting', 'text', (p) => p.setting],
  ['diagnosis_codes', 'text[]', (p) => p.diagnosisCodes],
  ['issued_at', 'timestamptz', (p) => p.issuedAt],
  ['signed_at', 'timestamptz', (p) => p.signedAt],
  ['received_at', 'timestamptz', (p) => p.receivedAt],
  ['expires_at', 'timestamptz', (p) => p.expiresAt],
  ['policy_version', 'text', (p) => p.decision.policyVersion],
  ['document', 'bytea', (p) => p.document],
  ['signature', 'bytea', (p) => p.signature],
  ['document_sha256', 'bytea', (p) => p.documentSha256],
  ['verdict', 'text', (p) => p.verdict],
  ['line_nos', 'int[]', (p) => p.lines.map((line) => line.lineNo)],
  ['drug_codes', 'text[]', (p) => p.lines.map((line) => line.drugCode)],
  ['units', 'text[]', (p) => p.lines.map((line) => line.unit)],
  ['quantities', 'numeric[]', (p) => p.lines.map((line) => line.quantity)],
  ['starts', 'date[]', (p) => p.lines.map((line) => line.startsOn)],
  ['ends', 'date[]', (p) => p.lines.map((line) => line.endsOn)],
  ['hash', 'bytea', (p) => p.hash],
  ['event_type', 'text', (p) => p.event.type],
  ['actor_kind', 'text', (p) => p.event.actorKind],
  ['actor_id', 'text', (p) => p.event.actorId],
  ['event_data', 'text', (p) => p.event.data],
  ['decision_id', 'uuid', (p) => p.decision.decisionId],
  ['step', 'text', (p) => p.decision.step],
  ['refused', 'boolean', (p) => p.decision.isRefused],
  ['facts', 'text', (p) => p.decision.facts],
  ['findings', 'text', (p) => p.decision.findings],
  ['link_hash', 'bytea', (p) => p.link.hash],
  ['link_salt', 'bytea', (p) => p.link.salt],
  ['queues', 'text[]', (p) => p.work.map(([queue]) => queue)],
  ['works', 'text[]', (p) => p.work.map(([, work]) => work)],
]

/** Names of what one row of the statement takes, in their order; the bench fills them by expressions. */
export const INSERT_COLUMNS: readonly string[] = COLUMNS.map(([name]) => name)

/**
 * One statement, nine tables, for so many prescriptions; the bench measures what the database alone makes of it.
 *
 * @param count rows, each with as many parameters as `INSERT_COLUMNS` has names
 */
export function insertStatement(count: number): string {
  const row = (at: number) =>
    `(${COLUMNS.map(([, type], index) => `$${at * COLUMNS.length + index + 1}::${type}`).join(', ')})`
  return `
    with p(${INSERT_COLUMNS.join(', ')}) as (
      values ${Array.from({ length: count }, (_, at) => row(at)).join(', ')}
    ), answered as (
      insert into idempotency_key (caller_id, key, digest, status, body, created_at)
      select caller_id, key, digest, status, body, received_at from p where caller_id is not null
    ), document as (
      insert into prescription
        (region_code, prescription_no, hospital_id, hospital_prescription_no, physician_id, person_id, person_no, setting,
         diagnosis_codes, issued_at, signed_at, received_at, expires_at, policy_version, document, signature,
         document_sha256, verdict)
      select region_code, no, hospital_id, hospital_no, physician_id, person_id, person_no, setting, diagnosis_codes,
             issued_at, signed_at, received_at, expires_at, policy_version, document, signature, document_sha256, verdict
        from p
    ), line as (
      insert into prescription_line
        (region_code, prescription_no, line_no, drug_code, unit, prescribed, starts_on, ends_on)
      select region_code, no, l.line_no, l.drug_code, l.unit, l.quantity, l.starts_on, l.ends_on
        from p, unnest(line_nos, drug_codes, units, quantities, starts, ends)
          as l(line_no, drug_code, unit, quantity, starts_on, ends_on)
    ), state as (
      insert into prescription_state
        (region_code, prescription_no, state, last_command, revision, hash, changed_at, expires_at, hospital_id)
      select region_code, no, 'open', 'submit', 1, hash, received_at, expires_at, hospital_id from p
    ), event as (
      insert into prescription_event
        (region_code, prescription_no, revision, type, at, actor_kind, actor_id, data, hash)
      select region_code, no, 1, event_type, received_at, actor_kind, actor_id, event_data, hash from p
    ), judged as (
      insert into decision
        (region_code, decision_id, prescription_no, step, policy_version, decided_at, refused, facts, findings)
      select region_code, decision_id, no, step, policy_version, received_at, refused, facts, findings from p
    ), link as (
      insert into patient_link (region_code, link_hash, salt, prescription_no, created_at)
      select region_code, link_hash, link_salt, no, received_at from p
    )
    insert into outbox (region_code, queue, body, created_at, available_at)
    select region_code, w.queue, w.body::jsonb, received_at, received_at
      from p, unnest(queues, works) as w(queue, body)`
}

/** Texts by size, made once. */
const STATEMENTS = new Map<number, string>()

async function insertAll(db: Queryable, all: readonly NewPrescription[]): Promise<void> {
  const text = STATEMENTS.get(all.length) ?? insertStatement(all.length)
  STATEMENTS.set(all.length, text)
  await db.query({
    name: `prescription-insert-${all.length}`,
    text,
    values: all.flatMap((p) => COLUMNS.map(([, , value]) => value(p) ?? null)),
  })
}

/**
 * Stores a prescription, its lines, state, first event, decision, patient link, outgoing work and answer in one
 * statement: all or nothing, one round trip.
 *
 * @throws unique violations (23505) of `idempotency_key_pkey` and `hospital_number_used_once` when another request won,
 *   and of `person_number_used_once` when the person got another prescription since this one was judged
 */
export async function insert(db: Queryable, prescription: NewPrescription): Promise<void> {
  await insertAll(db, [prescription])
}

const groups = new WeakMap<Pool, (prescription: NewPrescription) => Promise<void>>()

/**
 * As `insert`, in one statement and one commit with what others store through this pool at the same moment.
 *
 * @throws as `insert`
 */
export async function insertTogether(pool: Pool, prescription: NewPrescription): Promise<void> {
  let add = groups.get(pool)
  if (add === undefined) {
    add = grouped<NewPrescription, void>(
      async (all) => {
        await insertAll(pool, all)
        return []
      },
      { largest: 32, inFlight: 2 },
    )
    groups.set(pool, add)
  }
  await add(prescription)
}
