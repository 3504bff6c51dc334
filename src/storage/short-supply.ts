import type { Queryable } from './database.ts'

/** Drug code → institutions that cannot supply what is left of it. */
export type ShortSupply = Readonly<Record<string, readonly string[]>>

/**
 * Which of some institutions cannot supply what is left of a prescription: their last report has less of the drug, or
 * they gave the prescription back for want of it.
 */
export async function shortSupply(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
  institutionIds: readonly string[],
): Promise<ShortSupply> {
  if (institutionIds.length === 0) return {}
  const { rows } = await db.query<{ drug_code: string; institution_ids: string[] }>({
    name: 'short-supply',
    text: `
      select l.drug_code, array_agg(distinct i.id order by i.id) as institution_ids
        from prescription_line l
       cross join unnest($3::text[]) as i(id)
       where l.region_code = $1 and l.prescription_no = $2 and l.remaining > 0
         and (exists (select from stock s
                       where s.region_code = l.region_code and s.drug_code = l.drug_code
                         and s.pharmacy_id = i.id and s.quantity < l.remaining)
              or exists (select from prescription_event e
                          where e.region_code = l.region_code and e.prescription_no = l.prescription_no
                            and e.type = 'released' and e.data::jsonb->>'pharmacyId' = i.id
                            and e.data::jsonb->>'reason' = 'out-of-stock'))
       group by l.drug_code`,
    values: [regionCode, prescriptionNo, institutionIds],
  })
  return Object.fromEntries(rows.map((row) => [row.drug_code, row.institution_ids]))
}
