import type { Period } from '../../domain/reports/month.ts'
import type { Queryable } from '../database.ts'

/** What one institution did with one drug in a month. Quantities are decimal texts in the unit of the drug. */
export interface DrugUse {
  readonly institutionId: string
  readonly drugCode: string
  /** The newest count up to the end of the month; absent when it was never counted. */
  readonly stocked?: string
  /** By the files that came in the month. */
  readonly bought: string
  /** Handed over by it, less what came back. */
  readonly dispensed: string
  /** Handed over anywhere on its prescriptions, less what came back. */
  readonly prescribed: string
  readonly chargeFen: number
  readonly fundFen: number
  readonly patientFen: number
}

/**
 * Stock, use and payment by institution and drug, of hospitals also what was used on their prescriptions. Use follows the day of the hand-over or the return; payment follows
 * the day of the books, manual reimbursement included, so a reversal counts in its own month. Of the uploaded books
 * counts what had come by the end of the month; later files count in the month in which they come. So a month that
 * has ended never changes.
 *
 * @see SC-N4, MZ-8
 */
export async function drugUse(db: Queryable, regionCode: string, period: Period): Promise<DrugUse[]> {
  const { rows } = await db.query<{
    institution_id: string
    drug_code: string
    stocked: string | null
    bought: string
    dispensed: string
    prescribed: string
    charge: string
    fund: string
    patient: string
  }>(
    `with counted as (
       select distinct on (l.institution_id, l.drug_code) l.institution_id, l.drug_code, l.quantity
         from stock_line l join stock_upload u using (region_code, upload_id)
        where l.region_code = $1 and l.kind = 'stock' and l.happened_on <= $3 and u.received_at < $5
        order by l.institution_id, l.drug_code, l.happened_on desc, l.upload_id desc, l.line_no desc
     ), bought as (
       select l.institution_id, l.drug_code, sum(l.quantity) as quantity
         from stock_line l join stock_upload u using (region_code, upload_id)
        where l.region_code = $1 and l.kind = 'purchase' and u.received_at >= $4 and u.received_at < $5
        group by l.institution_id, l.drug_code
     ), moved as (
       select d.pharmacy_id, p.hospital_id, l.drug_code, l.quantity
         from dispense d
         join dispense_line l using (region_code, dispense_id)
         join prescription p using (region_code, prescription_no)
        where d.region_code = $1 and d.handed_over_at >= $4 and d.handed_over_at < $5
        union all
       select d.pharmacy_id, p.hospital_id, l.drug_code, -b.quantity
         from supply_return r
         join supply_return_line b using (region_code, return_id)
         join dispense d on d.region_code = r.region_code and d.dispense_id = r.dispense_id
         join prescription p on p.region_code = d.region_code and p.prescription_no = d.prescription_no
         join dispense_line l on l.region_code = r.region_code and l.dispense_id = r.dispense_id
                             and l.line_no = b.line_no
        where r.region_code = $1 and r.returned_at >= $4 and r.returned_at < $5
     ), used as (
       select pharmacy_id as institution_id, drug_code, sum(quantity) as quantity
         from moved group by pharmacy_id, drug_code
     ), prescribed as (
       select hospital_id as institution_id, drug_code, sum(quantity) as quantity
         from moved group by hospital_id, drug_code
     ), entry as (
       select s.pharmacy_id as institution_id, case p.kind when 'settlement' then 1 else -1 end as sign,
              s.adjudication::jsonb as adjudication
         from posting p join settlement s using (region_code, settlement_id)
        where p.region_code = $1 and p.day between $2 and $3 and p.kind in ('settlement', 'reversal')
          and s.adjudication is not null
       union all
       select coalesce(s.pharmacy_id, substring(f.supplier from '^[HP][0-9]{11}$'), 'elsewhere'), 1,
              f.decision::jsonb -> 'adjudication'
         from posting p
         join manual_file f on f.region_code = p.region_code and f.posting_id = p.posting_id
         left join settlement s on s.region_code = f.region_code and s.settlement_id = f.settlement_id
        where p.region_code = $1 and p.day between $2 and $3 and p.kind = 'reimbursement'
     ), paid as (
       select institution_id, x.line ->> 'drugCode' as drug_code,
              sum(sign * (x.line ->> 'charge')::bigint) as charge,
              sum(sign * (x.line -> 'payers' ->> 'patient')::bigint) as patient
         from entry cross join lateral jsonb_array_elements(adjudication -> 'lines') as x(line)
        group by institution_id, x.line ->> 'drugCode'
     )
     select institution_id, drug_code, trim_scale(c.quantity)::text as stocked,
            trim_scale(coalesce(b.quantity, 0))::text as bought, trim_scale(coalesce(u.quantity, 0))::text as dispensed,
            trim_scale(coalesce(w.quantity, 0))::text as prescribed,
            coalesce(charge, 0)::text as charge, (coalesce(charge, 0) - coalesce(patient, 0))::text as fund,
            coalesce(patient, 0)::text as patient
       from counted c
       full join bought b using (institution_id, drug_code)
       full join used u using (institution_id, drug_code)
       full join prescribed w using (institution_id, drug_code)
       full join paid using (institution_id, drug_code)
      order by institution_id collate "C", drug_code collate "C"`,
    [regionCode, period.firstDay, period.lastDay, period.begins, period.ends],
  )
  return rows.map((row) => ({
    institutionId: row.institution_id,
    drugCode: row.drug_code,
    ...(row.stocked === null ? {} : { stocked: row.stocked }),
    bought: row.bought,
    dispensed: row.dispensed,
    prescribed: row.prescribed,
    chargeFen: Number(row.charge),
    fundFen: Number(row.fund),
    patientFen: Number(row.patient),
  }))
}

/** Quantity of one drug by one physician in a month. */
export interface PhysicianUse {
  readonly physicianId: string
  readonly drugCode: string
  readonly quantity: string
}

/** What was handed over in a month, by the physician who prescribed it. */
export async function physicianUse(
  db: Queryable,
  regionCode: string,
  period: Period,
): Promise<PhysicianUse[]> {
  const { rows } = await db.query<{ physician_id: string; drug_code: string; quantity: string }>(
    `select p.physician_id, l.drug_code, trim_scale(sum(l.quantity))::text as quantity
       from dispense d
       join dispense_line l using (region_code, dispense_id)
       join prescription p using (region_code, prescription_no)
      where d.region_code = $1 and d.handed_over_at >= $2 and d.handed_over_at < $3
      group by p.physician_id, l.drug_code
      order by p.physician_id collate "C", l.drug_code collate "C"`,
    [regionCode, period.begins, period.ends],
  )
  return rows.map((row) => ({
    physicianId: row.physician_id,
    drugCode: row.drug_code,
    quantity: row.quantity,
  }))
}

/** Which listed drugs each hospital prescribed up to the end of a month. */
export async function prescribedDrugs(
  db: Queryable,
  regionCode: string,
  period: Period,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { rows } = await db.query<{ hospital_id: string; drug_codes: string[] }>(
    `select p.hospital_id, array_agg(distinct l.drug_code) as drug_codes
       from prescription p join prescription_line l using (region_code, prescription_no)
      where p.region_code = $1 and p.received_at < $2
      group by p.hospital_id`,
    [regionCode, period.ends],
  )
  return new Map(rows.map((row) => [row.hospital_id, new Set(row.drug_codes)]))
}
