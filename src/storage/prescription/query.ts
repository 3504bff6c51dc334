import type { Buyer } from '../../domain/prescription/buyer.ts'
import type { CivilDay } from '../../domain/primitives/civil-day.ts'
import { fenToJson } from '../../domain/primitives/money.ts'
import type { Queryable } from '../database.ts'
import type { SettlementStatus } from '../settlement.ts'

/** The number of the prescription that a hospital knows by its own; undefined when it has sent none. */
export async function findByHospitalNo(
  db: Queryable,
  regionCode: string,
  hospitalId: string,
  hospitalPrescriptionNo: string,
): Promise<string | undefined> {
  const { rows } = await db.query<{ prescription_no: string }>(
    `select prescription_no from prescription
      where region_code = $1 and hospital_id = $2 and hospital_prescription_no = $3`,
    [regionCode, hospitalId, hospitalPrescriptionNo],
  )
  return rows[0]?.prescription_no
}

/** The hospital's own number of a prescription; undefined when there is no such prescription. */
export async function findHospitalNo(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<string | undefined> {
  const { rows } = await db.query<{ hospital_prescription_no: string }>(
    'select hospital_prescription_no from prescription where region_code = $1 and prescription_no = $2',
    [regionCode, prescriptionNo],
  )
  return rows[0]?.hospital_prescription_no
}

/** A settlement in figures: fen, as far as it was decided. */
export interface SettlementFigures {
  readonly settlementId: string
  readonly dispenseId: string
  readonly pharmacyId: string
  readonly status: SettlementStatus
  readonly requestedAt: Date
  readonly decidedAt: Date | null
  readonly reversedAt: Date | null
  readonly policyVersion: string | null
  readonly chargeFen: number | null
  readonly fundFen: number | null
  readonly patientFen: number | null
}

/** Every settlement of a prescription, oldest first. */
export async function listSettlements(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<SettlementFigures[]> {
  const { rows } = await db.query<SettlementFigures & Record<'charge' | 'fund' | 'patient', string | null>>(
    `select settlement_id as "settlementId", dispense_id as "dispenseId", pharmacy_id as "pharmacyId", status,
            requested_at as "requestedAt", decided_at as "decidedAt", reversed_at as "reversedAt",
            policy_version as "policyVersion", charge_fen as charge, fund_fen as fund, patient_fen as patient
       from settlement
      where region_code = $1 and prescription_no = $2
      order by requested_at, settlement_id`,
    [regionCode, prescriptionNo],
  )
  return rows.map(({ charge, fund, patient, ...row }) => ({
    ...row,
    chargeFen: charge === null ? null : fenToJson(BigInt(charge)),
    fundFen: fund === null ? null : fenToJson(BigInt(fund)),
    patientFen: patient === null ? null : fenToJson(BigInt(patient)),
  }))
}

/** The newest check of a buyer: codes and ids, no part of a number. */
export interface CheckedBuyer {
  readonly relation: Buyer['relation']
  readonly identityChecked: boolean
  readonly checkedAt: NonNullable<Buyer['checkedAt']>
  readonly papers: readonly string[]
  readonly pharmacistId: string
  /** An instant as text. */
  readonly at: string
}

/** One fulfilment at one pharmacy: when, and how it ended. */
export interface DispenseTimes {
  readonly dispenseId: string
  readonly pharmacyId: string
  readonly pharmacistId: string | null
  readonly takenBy: 'inbox' | 'pickup-code' | 'paper' | 'counter'
  readonly takenAt: Date
  readonly reviewedAt: Date | null
  /** Who was checked as buyer before the settlement, and by which pharmacist. */
  readonly buyer: CheckedBuyer | null
  readonly handedOverAt: Date | null
  readonly returnedAt: Date | null
  readonly endedAt: Date | null
  readonly endReason: string | null
}

/** Every fulfilment of a prescription, oldest first. */
export async function listDispenses(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<DispenseTimes[]> {
  const { rows } = await db.query<
    DispenseTimes & { buyer: null; told: string | null; checkedBy: string | null; checkedAt: Date | null }
  >(
    `select dispense_id as "dispenseId", pharmacy_id as "pharmacyId", pharmacist_id as "pharmacistId",
            taken_by as "takenBy", taken_at as "takenAt", reviewed_at as "reviewedAt",
            buyer as told, buyer_checked_by as "checkedBy", buyer_checked_at as "checkedAt", handed_over_at as "handedOverAt", returned_at as "returnedAt", ended_at as "endedAt",
            end_reason as "endReason"
       from dispense
      where region_code = $1 and prescription_no = $2
      order by taken_at, dispense_id`,
    [regionCode, prescriptionNo],
  )
  return rows.map(({ told, checkedBy, checkedAt, ...row }) => ({
    ...row,
    buyer:
      told === null || checkedBy === null || checkedAt === null
        ? null
        : checkedBuyer(told, checkedBy, checkedAt),
  }))
}

function checkedBuyer(told: string, pharmacistId: string, at: Date): CheckedBuyer {
  const { relation, identityChecked, checkedAt = 'counter', papers = [] } = JSON.parse(told) as Buyer
  return { relation, identityChecked, checkedAt, papers, pharmacistId, at: at.toISOString() }
}

/** One entry of the ledger; debit positive, credit negative, in fen. */
export interface PostingRecord {
  readonly postingId: string
  readonly settlementId: string
  readonly kind: string
  readonly day: CivilDay
  readonly at: Date
  readonly lines: readonly { readonly account: string; readonly amountFen: number }[]
}

/** Every entry that the settlements of a prescription made, oldest first. */
export async function listPostings(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<PostingRecord[]> {
  const { rows } = await db.query<PostingRecord>(
    `select p.posting_id as "postingId", p.settlement_id as "settlementId", p.kind, p.day::text as day, p.at,
            (select jsonb_agg(jsonb_build_object('account', l.account, 'amountFen', l.amount_fen) order by l.line_no)
               from posting_line l
              where l.region_code = p.region_code and l.posting_id = p.posting_id) as lines
       from settlement s
       join posting p on p.region_code = s.region_code and p.settlement_id = s.settlement_id
      where s.region_code = $1 and s.prescription_no = $2
      order by p.at, p.posting_id`,
    [regionCode, prescriptionNo],
  )
  return rows.map((row) => ({ ...row, lines: row.lines ?? [] }))
}
