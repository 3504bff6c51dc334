import { fenToJson } from '../domain/primitives/money.ts'
import type { Posting } from '../domain/settlement/postings.ts'
import type { SettlementStatus } from '../domain/settlement/settlement-record.ts'
import type { Queryable } from './database.ts'

export type { SettlementStatus }

/** One settlement (结算) of one dispense. */
export interface SettlementRow {
  readonly regionCode: string
  readonly settlementId: string
  readonly prescriptionNo: string
  readonly dispenseId: string
  readonly personId: string
  readonly pharmacyId: string
  readonly hospitalId: string
  readonly status: SettlementStatus
  readonly requestedAt: Date
  /** JSON: what the pharmacy asked for. */
  readonly request: string
  readonly decidedAt?: Date
  readonly reversedAt?: Date
  readonly policyVersion?: string
  /** Canonical JSON of the adjudication. */
  readonly adjudication?: string
  readonly findings?: string
  readonly chargeFen?: number
  /** All that the patient doesn't pay. */
  readonly fundFen?: number
  readonly patientFen?: number
  /** JSON: how the bill differs from what was told before. */
  readonly quoteDifferences?: string
  /** Why it was declined, as a problem code. */
  readonly declineCode?: string
}

interface Row {
  region_code: string
  settlement_id: string
  prescription_no: string
  dispense_id: string
  person_id: string
  pharmacy_id: string
  hospital_id: string
  status: SettlementStatus
  requested_at: Date
  request: string
  decided_at: Date | null
  reversed_at: Date | null
  policy_version: string | null
  adjudication: string | null
  findings: string | null
  charge_fen: string | null
  fund_fen: string | null
  patient_fen: string | null
  quote_differences: string | null
  decline_code: string | null
}

const COLUMNS = `region_code, settlement_id, prescription_no, dispense_id, person_id, pharmacy_id, hospital_id, status,
  requested_at, request, decided_at, reversed_at, policy_version, adjudication, findings, charge_fen, fund_fen, patient_fen,
  quote_differences, decline_code`

function settlementOf(row: Row): SettlementRow {
  return {
    regionCode: row.region_code,
    settlementId: row.settlement_id,
    prescriptionNo: row.prescription_no,
    dispenseId: row.dispense_id,
    personId: row.person_id,
    pharmacyId: row.pharmacy_id,
    hospitalId: row.hospital_id,
    status: row.status,
    requestedAt: row.requested_at,
    request: row.request,
    ...(row.decided_at === null ? {} : { decidedAt: row.decided_at }),
    ...(row.reversed_at === null ? {} : { reversedAt: row.reversed_at }),
    ...(row.policy_version === null ? {} : { policyVersion: row.policy_version }),
    ...(row.adjudication === null ? {} : { adjudication: row.adjudication }),
    ...(row.findings === null ? {} : { findings: row.findings }),
    ...(row.charge_fen === null ? {} : { chargeFen: fenToJson(BigInt(row.charge_fen)) }),
    ...(row.fund_fen === null ? {} : { fundFen: fenToJson(BigInt(row.fund_fen)) }),
    ...(row.patient_fen === null ? {} : { patientFen: fenToJson(BigInt(row.patient_fen)) }),
    ...(row.quote_differences === null ? {} : { quoteDifferences: row.quote_differences }),
    ...(row.decline_code === null ? {} : { declineCode: row.decline_code }),
  }
}

/** Adds a requested settlement. @throws unique violation when the dispense has an effective one */
export async function request(
  tx: Queryable,
  row: Omit<SettlementRow, 'status' | 'decidedAt' | 'reversedAt'>,
): Promise<void> {
  await tx.query({
    name: 'settlement-request',
    text: `insert into settlement (region_code, settlement_id, prescription_no, dispense_id, person_id, pharmacy_id,
                                   hospital_id, status, requested_at, request)
           values ($1, $2, $3, $4, $5, $6, $7, 'requested', $8, $9)`,
    values: [
      row.regionCode,
      row.settlementId,
      row.prescriptionNo,
      row.dispenseId,
      row.personId,
      row.pharmacyId,
      row.hospitalId,
      row.requestedAt,
      row.request,
    ],
  })
}

/** Reads a settlement; undefined when there is none of that id. */
export async function find(
  db: Queryable,
  regionCode: string,
  settlementId: string,
): Promise<SettlementRow | undefined> {
  const { rows } = await db.query<Row>({
    name: 'settlement-find',
    text: `select ${COLUMNS} from settlement where region_code = $1 and settlement_id = $2`,
    values: [regionCode, settlementId],
  })
  return rows[0] === undefined ? undefined : settlementOf(rows[0])
}

/** The newest settlement of a dispense; undefined when none was requested. */
export async function findOfDispense(
  db: Queryable,
  regionCode: string,
  dispenseId: string,
): Promise<SettlementRow | undefined> {
  const { rows } = await db.query<Row>({
    name: 'settlement-of-dispense',
    text: `select ${COLUMNS} from settlement where region_code = $1 and dispense_id = $2
            order by requested_at desc, settlement_id desc limit 1`,
    values: [regionCode, dispenseId],
  })
  return rows[0] === undefined ? undefined : settlementOf(rows[0])
}

/** Fen as text, because a bigint doesn't fit a JSON number. */
function entriesToJson(entries: readonly Posting[]): string {
  return JSON.stringify(entries.map(({ account, amount }) => [account, String(amount)]))
}

/** How a settlement was decided. */
export interface SettlementOutcome {
  readonly status: 'settled' | 'declined' | 'deferred'
  readonly at: Date
  readonly policyVersion?: string
  readonly adjudication?: string
  /** What the hand-over posts. */
  readonly entries?: readonly Posting[]
  readonly findings?: string
  readonly chargeFen?: number
  readonly fundFen?: number
  readonly patientFen?: number
  /** JSON: how the bill differs from what was told before. */
  readonly quoteDifferences?: string
  /** Why it is declined, as a problem code. */
  readonly declineCode?: string
}

/**
 * Decides a requested settlement. What was quoted before one that is settled is used up; the packs that were promised to
 * one that is declined are free.
 *
 * @returns false when it isn't requested any more: another decision came first
 */
export async function decide(
  tx: Queryable,
  regionCode: string,
  settlementId: string,
  outcome: SettlementOutcome,
): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'settlement-decide',
    text: `with used as (
             delete from settlement_quote q using settlement s
              where $3 = 'settled' and s.region_code = $1 and s.settlement_id = $2 and s.status = 'requested'
                and q.region_code = s.region_code and q.prescription_no = s.prescription_no
           ), promised as (
             update trace_code t set released_at = $4 from settlement s
              where $3 = 'declined' and s.region_code = $1 and s.settlement_id = $2 and s.status = 'requested'
                and t.region_code = s.region_code and t.dispense_id = s.dispense_id
                and t.sold_at is null and t.released_at is null
           )
           update settlement
              set status = $3, decided_at = $4, policy_version = $5, adjudication = $6, findings = $7,
                  charge_fen = $8, fund_fen = $9, patient_fen = $10, quote_differences = $11, entries = $12,
                  decline_code = $13
            where region_code = $1 and settlement_id = $2 and status = 'requested'`,
    values: [
      regionCode,
      settlementId,
      outcome.status,
      outcome.at,
      outcome.policyVersion ?? null,
      outcome.adjudication ?? null,
      outcome.findings ?? null,
      outcome.chargeFen ?? null,
      outcome.fundFen ?? null,
      outcome.patientFen ?? null,
      outcome.quoteDifferences ?? null,
      outcome.entries === undefined ? null : entriesToJson(outcome.entries),
      outcome.declineCode ?? null,
    ],
  })
  return rowCount === 1
}

/**
 * Adds a settlement in place of one that is reversed in the same transaction: of what the patient keeps, as of the same
 * request.
 */
export async function addInPlaceOf(
  tx: Queryable,
  regionCode: string,
  before: string,
  settlementId: string,
  request: string,
  outcome: SettlementOutcome,
): Promise<void> {
  await tx.query({
    name: 'settlement-in-place',
    text: `
    insert into settlement (region_code, settlement_id, prescription_no, dispense_id, person_id, pharmacy_id, hospital_id,
                            status, requested_at, request, decided_at, policy_version, adjudication, findings, charge_fen,
                            fund_fen, patient_fen, entries)
    select region_code, $3, prescription_no, dispense_id, person_id, pharmacy_id, hospital_id,
           $4, requested_at, $5, $6, policy_version, $7, findings, $8, $9, $10, $11
      from settlement where region_code = $1 and settlement_id = $2`,
    values: [
      regionCode,
      before,
      settlementId,
      outcome.status,
      request,
      outcome.at,
      outcome.adjudication ?? null,
      outcome.chargeFen ?? null,
      outcome.fundFen ?? null,
      outcome.patientFen ?? null,
      outcome.entries === undefined ? null : entriesToJson(outcome.entries),
    ],
  })
}

/** Marks a settled or deferred settlement as reversed; false when it is neither. */
export async function reverse(
  tx: Queryable,
  regionCode: string,
  settlementId: string,
  at: Date,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `with promised as (
       update trace_code t set released_at = $3 from settlement s
        where s.region_code = $1 and s.settlement_id = $2 and s.status in ('settled', 'deferred')
          and t.region_code = s.region_code and t.dispense_id = s.dispense_id
          and t.sold_at is null and t.released_at is null
     )
     update settlement set status = 'reversed', reversed_at = $3
      where region_code = $1 and settlement_id = $2 and status in ('settled', 'deferred')`,
    [regionCode, settlementId, at],
  )
  return rowCount === 1
}

/** Opens a manual-reimbursement file (零星报销). @see MZ-6.7 */
export async function openManualFile(
  tx: Queryable,
  file: {
    readonly regionCode: string
    readonly fileId: string
    readonly settlementId: string
    readonly prescriptionNo: string
    readonly personId: string
    readonly reason: string
    readonly openedAt: Date
  },
  by: { readonly kind: string; readonly id: string },
): Promise<void> {
  await tx.query(
    `with file as (
       insert into manual_file (region_code, file_id, settlement_id, prescription_no, person_id, reason, status, opened_at)
       values ($1, $2, $3, $4, $5, $6, 'open', $7)
     )
     insert into manual_file_event (region_code, file_id, revision, command, to_status, at, actor_kind, actor_id, data)
     values ($1, $2, 1, 'open', 'open', $7, $8, $9, '{}')`,
    [
      file.regionCode,
      file.fileId,
      file.settlementId,
      file.prescriptionNo,
      file.personId,
      file.reason,
      file.openedAt,
      by.kind,
      by.id,
    ],
  )
}

/** Withdraws the open or declined file of a reversed settlement; false when it is being examined or was approved. */
export async function withdrawManualFile(
  tx: Queryable,
  regionCode: string,
  settlementId: string,
  at: Date,
  by: { readonly kind: string; readonly id: string },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `with file as (
       update manual_file set status = 'withdrawn', closed_at = $3, revision = revision + 1
        where region_code = $1 and settlement_id = $2 and status in ('open', 'declined')
       returning file_id, revision
     )
     insert into manual_file_event (region_code, file_id, revision, command, to_status, at, actor_kind, actor_id, data)
     select $1, file_id, revision, 'withdraw', 'withdrawn', $3, $4, $5, '{}' from file`,
    [regionCode, settlementId, at, by.kind, by.id],
  )
  return rowCount === 1
}
