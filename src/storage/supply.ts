import type { DispenseLine, Supply } from '../domain/prescription/supply.ts'
import type { Posting } from '../domain/settlement/postings.ts'
import type { SettlementRecord, SettlementStatus } from '../domain/settlement/settlement-record.ts'
import type { Queryable } from './database.ts'

interface SupplyJson {
  dispense_id: string
  pharmacy_id: string
  taken_at: Date
  handed_over_at: Date | null
  returned_at: Date | null
  lines: DispenseLine[] | null
  settlement_id: string | null
  person_id: string
  hospital_id: string
  status: SettlementStatus
  requested_at: Date
  decided_at: Date | null
  policy_version: string | null
  patient_fen: string | null
  of_stay: boolean | null
  entries: [account: string, amount: string][] | null
  posting_id: string | null
  posted: [account: string, amount: string][] | null
  movements: [personId: string, year: number, measure: string, amount: string][] | null
  file_id: string | null
  file_status: string | null
  asked: boolean
}

/**
 * Reads every supply of a prescription with its newest settlement and what that has done. To be asked for after the
 * lock of the prescription, in a statement of its own: only then it sees what the one waited for has committed.
 */
export async function suppliesOf(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<readonly Supply[]> {
  const { rows } = await db.query<SupplyJson>({
    name: 'supplies-of-prescription',
    text: `
    select d.dispense_id, d.pharmacy_id, d.taken_at, d.handed_over_at, d.returned_at,
           (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('lineNo', l.line_no, 'drugCode', l.drug_code,
                     'quantity', trim_scale(l.quantity)::text, 'unitPriceFen', case when l.price_per = 1 then to_jsonb(l.unit_price_fen)
                       else jsonb_build_object('fen', l.unit_price_fen, 'per', trim_scale(l.price_per)::text) end,
                     'batchNo', l.batch_no, 'expiresOn', l.expires_on::text,
                     'returned', case when l.returned > 0 then trim_scale(l.returned)::text end)) order by l.line_no)
              from dispense_line l
             where l.region_code = d.region_code and l.dispense_id = d.dispense_id) as lines,
           s.settlement_id, s.person_id, s.hospital_id, s.status, s.requested_at, s.decided_at, s.policy_version,
           -- Of what was settled anew after returns: a higher own part was never asked for, so it is not paid back either.
           (select min(c.patient_fen) from settlement c
             where c.region_code = s.region_code and c.dispense_id = s.dispense_id
               and (c.settlement_id = s.settlement_id
                    or exists (select from supply_return r
                                where r.region_code = c.region_code and r.settlement_id = c.settlement_id))) as patient_fen,
           (s.adjudication::jsonb ? 'stay' and s.adjudication::jsonb -> 'stay' ->> 'paysWhere' is null) as of_stay, s.entries::jsonb as entries, newest.posting_id,
           (select jsonb_agg(jsonb_build_array(account, amount::text) order by account)
              from (select l.account, sum(l.amount_fen) as amount
                      from posting p join posting_line l using (region_code, posting_id)
                     where p.region_code = s.region_code and p.settlement_id = s.settlement_id and p.kind = 'settlement'
                     group by l.account having sum(l.amount_fen) <> 0) sums) as posted,
           (select jsonb_agg(jsonb_build_array(person_id, year, measure, amount_fen::text))
              from person_year_movement m
              join posting p using (region_code, posting_id)
             where p.region_code = s.region_code and p.settlement_id = s.settlement_id
               and p.kind in ('reservation', 'settlement')) as movements,
           f.file_id, f.status as file_status,
           exists (select from payer_request r
                    where r.region_code = s.region_code and r.settlement_id = s.settlement_id) as asked
      from dispense d
      left join lateral (
        select * from settlement s
         where s.region_code = d.region_code and s.dispense_id = d.dispense_id
         order by s.requested_at desc, s.settlement_id desc limit 1) s on true
      left join lateral (
        select posting_id from posting p
         where p.region_code = s.region_code and p.settlement_id = s.settlement_id
           and p.kind in ('reservation', 'settlement')
         order by p.posting_id desc limit 1) newest on true
      left join manual_file f
        on f.region_code = s.region_code and f.settlement_id = s.settlement_id and f.status <> 'withdrawn'
     where d.region_code = $1 and d.prescription_no = $2
     order by d.taken_at, d.dispense_id`,
    values: [regionCode, prescriptionNo],
  })
  return rows.map((row) => ({
    dispenseId: row.dispense_id,
    pharmacyId: row.pharmacy_id,
    takenAt: row.taken_at,
    ...(row.handed_over_at === null ? {} : { handedOverAt: row.handed_over_at }),
    ...(row.returned_at === null ? {} : { returnedAt: row.returned_at }),
    lines: row.lines ?? [],
    ...(row.settlement_id === null ? {} : { settlement: settlementOf(row, row.settlement_id) }),
  }))
}

function postingFrom([account, amount]: [account: string, amount: string]): Posting {
  return { account, amount: BigInt(amount) }
}

function settlementOf(row: SupplyJson, settlementId: string): SettlementRecord {
  const first = row.movements?.[0]
  return {
    settlementId,
    dispenseId: row.dispense_id,
    personId: row.person_id,
    pharmacyId: row.pharmacy_id,
    hospitalId: row.hospital_id,
    status: row.status,
    requestedAt: row.requested_at,
    ...(row.decided_at === null ? {} : { decidedAt: row.decided_at }),
    ...(row.policy_version === null ? {} : { policyVersion: row.policy_version }),
    ...(row.patient_fen === null ? {} : { patientFen: Number(row.patient_fen) }),
    hospitalCollects: row.of_stay === true,
    ...(row.entries === null ? {} : { entries: row.entries.map(postingFrom) }),
    ...(row.posting_id === null
      ? {}
      : {
          posted: {
            postingId: row.posting_id,
            lines: (row.posted ?? []).map(postingFrom),
            ...(first === undefined
              ? {}
              : {
                  movements: {
                    personId: first[0],
                    year: first[1],
                    measures: new Map(row.movements!.map(([, , measure, fen]) => [measure, BigInt(fen)])),
                  },
                }),
          },
        }),
    ...(row.file_id === null ? {} : { manualFile: { fileId: row.file_id, status: row.file_status! } }),
    isAskedOfPayer: row.asked,
  }
}

/** Locks the files for manual reimbursement of a prescription until the transaction ends. */
export async function lockManualFiles(
  tx: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<void> {
  await tx.query({
    name: 'manual-files-lock',
    text: `
    select 1 from manual_file
     where (region_code, settlement_id) in (
       select region_code, s.settlement_id from dispense d join settlement s using (region_code, dispense_id)
        where region_code = $1 and d.prescription_no = $2 and s.status = 'deferred')
       and status <> 'withdrawn'
     order by file_id for update`,
    values: [regionCode, prescriptionNo],
  })
}

const YEARS_OF = `
       select s.region_code, s.person_id, extract(year from s.requested_at at time zone 'Asia/Shanghai')::int
         from dispense d join settlement s using (region_code, dispense_id)
        where d.region_code = $1 and d.prescription_no = $2 and s.status = 'settled'`

/** Locks the years that the effective settlements of a prescription moved: their balances are about to move again. */
export async function lockYearsOf(tx: Queryable, regionCode: string, prescriptionNo: string): Promise<void> {
  await tx.query({
    name: 'years-of-prescription-lock',
    text: `
    select 1 from person_year
     where (region_code, person_id, year) in (${YEARS_OF})
     order by year for update`,
    values: [regionCode, prescriptionNo],
  })
}

/** The balances of the years that the effective settlements of a prescription moved, by year and measure. */
export async function yearsOfPrescription(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<ReadonlyMap<number, ReadonlyMap<string, bigint>>> {
  const { rows } = await db.query<{ year: number; measure: string; amount: string }>({
    name: 'years-of-prescription',
    text: `
    select m.year, m.measure, sum(m.amount_fen)::text as amount
      from person_year_movement m
     where (m.region_code, m.person_id, m.year) in (${YEARS_OF})
     group by m.year, m.measure`,
    values: [regionCode, prescriptionNo],
  })
  const years = new Map<number, Map<string, bigint>>()
  for (const { year, measure, amount } of rows) {
    const measures = years.get(year) ?? new Map<string, bigint>()
    years.set(year, measures.set(measure, BigInt(amount)))
  }
  return years
}
