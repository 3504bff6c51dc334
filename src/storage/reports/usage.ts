import type { Period } from '../../domain/reports/month.ts'
import type { Queryable } from '../database.ts'

/** What one institution did with one drug in a month. Quantities are decimal texts in the unit of the drug. */
export interface DrugUse {
  readonly institutionId: string
  readonly drugCode: string
  /** The newest count up to the end of the month; absent when it was never counted. */
  readonly stocked?: string
  readonly bought: string
  /** Handed over, less what came back. */
  readonly dispensed: string
  readonly chargeFen: number
  readonly fundFen: number
  readonly patientFen: number
}

/**
 * Stock, use and payment by institution and drug. Use follows the day of the hand-over or the return; payment follows
 * the day of the books, so a reversal counts in its own month.
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
    charge: string
    fund: string
    patient: string
  }>(
    `with counted as (
       select distinct on (institution_id, drug_code) institution_id, drug_code, quantity from stock_line
        where region_code = $1 and kind = 'stock' and happened_on <= $3
        order by institution_id, drug_code, happened_on desc, upload_id desc, line_no desc
     ), bought as (
       select institution_id, drug_code, sum(quantity) as quantity from stock_line
        where region_code = $1 and kind = 'purchase' and happened_on between $2 and $3
        group by institution_id, drug_code
     ), used as (
       select d.pharmacy_id as institution_id, l.drug_code,
              sum(l.quantity * ((d.handed_over_at >= $4 and d.handed_over_at < $5)::int
                              - (d.returned_at >= $4 and d.returned_at < $5)::int)) as quantity
         from (select region_code, dispense_id, pharmacy_id, handed_over_at, coalesce(returned_at, 'infinity') as returned_at
                 from dispense
                where region_code = $1 and (handed_over_at >= $4 and handed_over_at < $5
                                         or returned_at >= $4 and returned_at < $5)) d
         join dispense_line l using (region_code, dispense_id)
        group by d.pharmacy_id, l.drug_code
     ), paid as (
       select s.pharmacy_id as institution_id, x.line ->> 'drugCode' as drug_code,
              sum(sign * (x.line ->> 'charge')::bigint) as charge,
              sum(sign * (x.line -> 'payers' ->> 'patient')::bigint) as patient
         from (select settlement_id, case kind when 'settlement' then 1 else -1 end as sign from posting
                where region_code = $1 and day between $2 and $3 and kind in ('settlement', 'reversal')) p
         join settlement s on s.region_code = $1 and s.settlement_id = p.settlement_id
        cross join lateral jsonb_array_elements(s.adjudication::jsonb -> 'lines') as x(line)
        where s.adjudication is not null
        group by s.pharmacy_id, x.line ->> 'drugCode'
     )
     select institution_id, drug_code, trim_scale(c.quantity)::text as stocked,
            trim_scale(coalesce(b.quantity, 0))::text as bought, trim_scale(coalesce(u.quantity, 0))::text as dispensed,
            coalesce(charge, 0)::text as charge, (coalesce(charge, 0) - coalesce(patient, 0))::text as fund,
            coalesce(patient, 0)::text as patient
       from counted c
       full join bought b using (institution_id, drug_code)
       full join used u using (institution_id, drug_code)
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
