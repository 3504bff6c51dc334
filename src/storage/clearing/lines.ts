import { endOf, firstDay, type Month } from '../../domain/clearing/month.ts'
import type { CivilDay } from '../../domain/primitives/civil-day.ts'
import type { Fen } from '../../domain/primitives/money.ts'
import type { Queryable } from '../database.ts'

/** One ledger entry on a statement. */
export interface StatementLine {
  readonly postingId: string
  readonly day: CivilDay
  readonly kind: string
  readonly settlementId?: string
  readonly prescriptionNo?: string
  /** The other party of the settlement: the hospital for a pharmacy, the pharmacy for a hospital. */
  readonly counterpartId?: string
  /** For inpatients: the stay into whose total the amount counts (MZ-7.4). */
  readonly stayNo?: string
  readonly charge?: Fen
  readonly patient?: Fen
  /** What it moves of the institution's balance. */
  readonly amount: Fen
}

interface Row {
  posting_id: string
  day: CivilDay
  kind: string
  settlement_id: string | null
  prescription_no: string | null
  pharmacy_id: string | null
  hospital_id: string | null
  stay_no: string | null
  charge_fen: string | null
  patient_fen: string | null
  amount: string
}

function lineOf(row: Row, institutionId: string): StatementLine {
  const counterpart = row.pharmacy_id === institutionId ? row.hospital_id : row.pharmacy_id
  return {
    postingId: row.posting_id,
    day: row.day,
    kind: row.kind,
    ...(row.settlement_id === null ? {} : { settlementId: row.settlement_id }),
    ...(row.prescription_no === null ? {} : { prescriptionNo: row.prescription_no }),
    ...(counterpart === null ? {} : { counterpartId: counterpart }),
    ...(row.stay_no === null ? {} : { stayNo: row.stay_no }),
    ...(row.charge_fen === null ? {} : { charge: BigInt(row.charge_fen) }),
    ...(row.patient_fen === null ? {} : { patient: BigInt(row.patient_fen) }),
    amount: BigInt(row.amount),
  }
}

function ownAccounts(institutionId: string): string[] {
  return [`institution:${institutionId}:receivable`, `institution:${institutionId}:deduction`]
}

const SELECT = `
    with own as (
      select l.posting_id, p.day, p.kind, p.settlement_id, sum(l.amount_fen) as amount
        from posting_line l
        join posting p on p.region_code = l.region_code and p.posting_id = l.posting_id
       where l.region_code = $1 and l.account = any($2) and p.day >= $3 and p.day < $4`

const JOINED = `
    select o.posting_id, o.day::text, o.kind, o.settlement_id, s.prescription_no, s.pharmacy_id, s.hospital_id,
           s.adjudication::jsonb -> 'stay' ->> 'stayNo' as stay_no, s.charge_fen, s.patient_fen, o.amount
      from own o
      left join settlement s on s.region_code = $1 and s.settlement_id = o.settlement_id
     order by o.posting_id`

/** A page of a statement's lines, in the order of posting. @param after the entry at which the page before ended */
export async function statementLines(
  db: Queryable,
  regionCode: string,
  month: Month,
  institutionId: string,
  after: string | undefined,
  limit: number,
): Promise<StatementLine[]> {
  const { rows } = await db.query<Row>(
    `${SELECT} and ($5::uuid is null or l.posting_id > $5)
       group by l.posting_id, p.day, p.kind, p.settlement_id
       order by l.posting_id
       limit $6
    )${JOINED}`,
    [regionCode, ownAccounts(institutionId), firstDay(month), endOf(month), after ?? null, limit],
  )
  return rows.map((row) => lineOf(row, institutionId))
}

/** One line of a statement; undefined when the entry is none of that month and institution. */
export async function statementLine(
  db: Queryable,
  regionCode: string,
  month: Month,
  institutionId: string,
  postingId: string,
): Promise<StatementLine | undefined> {
  const { rows } = await db.query<Row>(
    `${SELECT} and l.posting_id = $5 group by l.posting_id, p.day, p.kind, p.settlement_id)${JOINED}`,
    [regionCode, ownAccounts(institutionId), firstDay(month), endOf(month), postingId],
  )
  return rows[0] === undefined ? undefined : lineOf(rows[0], institutionId)
}

/** All lines of an entry, of every account. */
export async function entryLines(
  db: Queryable,
  regionCode: string,
  postingId: string,
): Promise<{ account: string; amount: Fen }[]> {
  const { rows } = await db.query<{ account: string; amount_fen: string }>(
    'select account, amount_fen from posting_line where region_code = $1 and posting_id = $2 order by line_no',
    [regionCode, postingId],
  )
  return rows.map((row) => ({ account: row.account, amount: BigInt(row.amount_fen) }))
}

/** What a stay has to count for medicines from a pharmacy, in a month. */
export interface StayAmount {
  readonly stayNo: string
  readonly settlements: number
  /** Into the total of the stay. */
  readonly counted: Fen
  /** Taken off the hospital's clearing. */
  readonly deducted: Fen
  /** The hospital collects it from the patient. */
  readonly patient: Fen
  /** Of the stay's own deductible, charged with it. */
  readonly deductible: Fen
}

/**
 * The amounts that a hospital reports into its stays, reversals taken off.
 *
 * @param after the stay at which the page before ended
 * @see MZ-7.4
 */
export async function stayAmounts(
  db: Queryable,
  regionCode: string,
  month: Month,
  hospitalId: string,
  after: string,
  limit: number,
): Promise<StayAmount[]> {
  const { rows } = await db.query<{
    stay_no: string
    settlements: string
    counted: string
    deducted: string
    patient: string
    deductible: string
  }>(
    `
    with entry as (
      select p.kind, p.settlement_id,
             coalesce(sum(l.amount_fen) filter (where l.account = $2), 0) as deduction,
             coalesce(sum(l.amount_fen) filter (where l.account = $3), 0) as patient
        from posting_line l
        join posting p on p.region_code = l.region_code and p.posting_id = l.posting_id
       where l.region_code = $1 and l.account in ($2, $3) and p.day >= $4 and p.day < $5
         and p.kind in ('settlement', 'reversal')
       group by l.posting_id, p.kind, p.settlement_id
    ), stay as (
      select e.*, s.adjudication::jsonb -> 'stay' as stay
        from entry e join settlement s on s.region_code = $1 and s.settlement_id = e.settlement_id
    )
    select stay ->> 'stayNo' as stay_no, count(*) as settlements,
           sum(case kind when 'reversal' then -1 else 1 end * (stay ->> 'countedFen')::bigint) as counted,
           -sum(deduction) as deducted, sum(patient) as patient,
           sum(case kind when 'reversal' then -1 else 1 end * (stay ->> 'deductibleChargedFen')::bigint) as deductible
      from stay
     where stay is not null and stay ->> 'stayNo' > $6
     group by 1 order by 1 limit $7`,
    [
      regionCode,
      `institution:${hospitalId}:deduction`,
      `institution:${hospitalId}:patient-receivable`,
      firstDay(month),
      endOf(month),
      after,
      limit,
    ],
  )
  return rows.map((row) => ({
    stayNo: row.stay_no,
    settlements: Number(row.settlements),
    counted: BigInt(row.counted),
    deducted: BigInt(row.deducted),
    patient: BigInt(row.patient),
    deductible: BigInt(row.deductible),
  }))
}
