import type { State } from '../../domain/lifecycle/transitions.ts'
import type { Buyer } from '../../domain/prescription/buyer.ts'
import type { LineBalance } from '../../domain/prescription/line-balance.ts'
import type { CivilDay } from '../../domain/primitives/civil-day.ts'
import type { Queryable } from '../database.ts'
import { type PersonRecord, type PersonRow, personColumns, personRecordOf } from './facts.ts'

/** A stored prescription: the signed bytes, what was found at intake, and the balance of its lines. */
export interface StoredPrescription {
  readonly regionCode: string
  readonly prescriptionNo: string
  readonly hospitalId: string
  readonly physicianId: string
  readonly personId: string
  readonly receivedAt: Date
  readonly issuedAt: Date
  readonly expiresAt: Date
  readonly policyVersion: string
  readonly document: Buffer
  /** JSON: see the trust room. */
  readonly verdict: string
  readonly lines: readonly LineBalance[]
  /** Hand-overs so far that were not given back, oldest first. */
  readonly handedOver: readonly HandedOver[]
}

/** One hand-over, with decimal quantities in the unit of the prescribed line. */
export interface HandedOver {
  readonly at: Date
  readonly lines: readonly { readonly lineNo: number; readonly quantity: string }[]
}

interface Row {
  region_code: string
  prescription_no: string
  hospital_id: string
  physician_id: string
  person_id: string
  received_at: Date
  issued_at: Date
  expires_at: Date
  policy_version: string
  document: Buffer
  verdict: string
  lines: {
    line_no: number
    drug_code: string
    unit: string
    prescribed: string
    dispensed: string
    cancelled: string
    remaining: string
    returned?: string
  }[]
  handed_over: { at: string; lines: { lineNo: number; quantity: string }[] }[]
}

const COLUMNS = `p.region_code, p.prescription_no, p.hospital_id, p.physician_id, p.person_id, p.received_at, p.issued_at,
  p.expires_at, p.policy_version, p.document, p.verdict,
  (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('line_no', l.line_no, 'drug_code', l.drug_code, 'unit', l.unit,
            'prescribed', trim_scale(l.prescribed)::text, 'dispensed', trim_scale(l.dispensed)::text,
            'cancelled', trim_scale(l.cancelled)::text, 'remaining', trim_scale(l.remaining)::text,
            'returned', (select trim_scale(sum(x.returned))::text from dispense d
                           join dispense_line x using (region_code, dispense_id)
                          where d.region_code = l.region_code and d.prescription_no = l.prescription_no
                            and x.line_no = l.line_no and x.returned > 0))) order by l.line_no)
     from prescription_line l
    where l.region_code = p.region_code and l.prescription_no = p.prescription_no) as lines,
  (select coalesce(jsonb_agg(jsonb_build_object('at', d.handed_over_at, 'lines', (
            select jsonb_agg(jsonb_build_object('lineNo', s.line_no,
                             'quantity', trim_scale(s.quantity - s.returned)::text) order by s.line_no)
              from dispense_line s
             where s.region_code = d.region_code and s.dispense_id = d.dispense_id and s.quantity > s.returned))
            order by d.handed_over_at, d.dispense_id), '[]')
     from dispense d
    where d.region_code = p.region_code and d.prescription_no = p.prescription_no
      and d.handed_over_at is not null and d.returned_at is null) as handed_over`

function prescriptionOf(row: Row): StoredPrescription {
  return {
    regionCode: row.region_code,
    prescriptionNo: row.prescription_no,
    hospitalId: row.hospital_id,
    physicianId: row.physician_id,
    personId: row.person_id,
    receivedAt: row.received_at,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    policyVersion: row.policy_version,
    document: row.document,
    verdict: row.verdict,
    lines: row.lines.map(({ line_no, drug_code, ...line }) => ({
      lineNo: line_no,
      drugCode: drug_code,
      ...line,
    })),
    handedOver: row.handed_over.map(({ at, lines }) => ({ at: new Date(at), lines })),
  }
}

/** Reads one prescription; undefined when the region has none of that number. */
export async function findPrescription(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<StoredPrescription | undefined> {
  const { rows } = await db.query<Row>({
    name: 'prescription-find',
    text: `select ${COLUMNS} from prescription p where p.region_code = $1 and p.prescription_no = $2`,
    values: [regionCode, prescriptionNo],
  })
  return rows[0] === undefined ? undefined : prescriptionOf(rows[0])
}

/** A prescription with everything a judgement asks about its person, read in one statement. */
export async function findForJudgement(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
  since: Date,
  dayOf: (instant: Date) => CivilDay,
): Promise<{ prescription: StoredPrescription; person: PersonRecord; buyer?: Buyer } | undefined> {
  const { rows } = await db.query<Row & PersonRow & { buyer: string | null }>({
    name: 'prescription-judge',
    text: `
      select ${COLUMNS}, person.*,
             (select d.buyer from prescription_state s join dispense d using (region_code, dispense_id)
               where s.region_code = p.region_code and s.prescription_no = p.prescription_no) as buyer
        from prescription p
       cross join lateral (
         select ${personColumns('$1', 'p.person_id', '$3')}) as person
       where p.region_code = $1 and p.prescription_no = $2`,
    values: [regionCode, prescriptionNo, since],
  })
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    prescription: prescriptionOf(row),
    person: personRecordOf(row, dayOf),
    ...(row.buyer === null ? {} : { buyer: JSON.parse(row.buyer) as Buyer }),
  }
}

/** What the receipt of an earlier push is made of. */
export interface ReceiptRecord {
  readonly issuedAt: Date
  readonly expiresAt: Date
  readonly policyVersion: string
  readonly verdict: string
  readonly findings: string
  readonly salt: Buffer
  readonly state: State
  readonly holdUntil?: Date
  readonly cancelPendingAt?: Date
}

/** Reads what an accepted push was answered with; undefined when there is no such prescription. */
export async function findReceipt(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<ReceiptRecord | undefined> {
  const { rows } = await db.query<{
    issued_at: Date
    expires_at: Date
    policy_version: string
    verdict: string
    findings: string
    salt: Buffer
    state: State
    hold_until: Date | null
    cancel_pending_at: Date | null
  }>(
    `select p.issued_at, p.expires_at, p.policy_version, p.verdict, d.findings, k.salt,
            s.state, s.hold_until, s.cancel_pending_at
       from prescription p
       join prescription_state s using (region_code, prescription_no)
       join decision d
         on d.region_code = p.region_code and d.prescription_no = p.prescription_no and d.step = 'intake'
       join patient_link k
         on k.region_code = p.region_code and k.prescription_no = p.prescription_no and k.created_at = p.received_at
      where p.region_code = $1 and p.prescription_no = $2`,
    [regionCode, prescriptionNo],
  )
  const row = rows[0]
  if (row === undefined) return undefined
  const { issued_at, expires_at, policy_version, hold_until, cancel_pending_at, ...rest } = row
  return {
    issuedAt: issued_at,
    expiresAt: expires_at,
    policyVersion: policy_version,
    ...(hold_until && { holdUntil: hold_until }),
    ...(cancel_pending_at && { cancelPendingAt: cancel_pending_at }),
    ...rest,
  }
}

/** One event as stored. */
export interface StoredEvent {
  readonly prescriptionNo: string
  readonly revision: number
  readonly type: string
  readonly at: Date
  readonly actorKind: string
  readonly actorId: string
  readonly data: string
  readonly hash: Buffer
}

/** The events of one prescription, oldest first. */
export async function listEvents(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<StoredEvent[]> {
  const { rows } = await db.query<{
    prescription_no: string
    revision: number
    type: string
    at: Date
    actor_kind: string
    actor_id: string
    data: string
    hash: Buffer
  }>({
    name: 'events-list',
    text: `select prescription_no, revision, type, at, actor_kind, actor_id, data, hash
             from prescription_event
            where region_code = $1 and prescription_no = $2
            order by revision`,
    values: [regionCode, prescriptionNo],
  })
  return rows.map(({ prescription_no, actor_kind, actor_id, ...event }) => ({
    prescriptionNo: prescription_no,
    actorKind: actor_kind,
    actorId: actor_id,
    ...event,
  }))
}
