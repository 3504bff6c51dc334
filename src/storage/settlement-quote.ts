import type { Queryable } from './database.ts'

/** What the pharmacy or the patient was told that a settlement would come to. */
export interface StoredQuote {
  readonly told: 'pharmacy' | 'patient'
  readonly quotedAt: Date
  /** Canonical JSON of the adjudication. */
  readonly adjudication: string
}

/**
 * Keeps the newest quote for whoever was told. While a settlement of this fulfilment is under way or stands, nothing is
 * kept: what was told before it counts.
 */
export async function keep(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
  pharmacyId: string,
  quote: StoredQuote,
): Promise<void> {
  await db.query({
    name: 'quote-keep',
    text: `insert into settlement_quote (region_code, prescription_no, told, pharmacy_id, quoted_at, adjudication)
           select $1, $2, $3, $4, $5, $6
            where not exists (
              select from prescription_state p
                join settlement s on s.region_code = p.region_code and s.dispense_id = p.dispense_id
               where p.region_code = $1 and p.prescription_no = $2
                 and s.status in ('requested', 'settled', 'deferred'))
           on conflict (region_code, prescription_no, told) do update
             set pharmacy_id = excluded.pharmacy_id, quoted_at = excluded.quoted_at, adjudication = excluded.adjudication`,
    values: [regionCode, prescriptionNo, quote.told, pharmacyId, quote.quotedAt, quote.adjudication],
  })
}

/** The quotes of a prescription at a pharmacy since its last settlement; that of the pharmacy first. */
export async function list(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
  pharmacyId: string,
): Promise<StoredQuote[]> {
  const { rows } = await db.query<{ told: StoredQuote['told']; quoted_at: Date; adjudication: string }>({
    name: 'quote-list',
    text: `select told, quoted_at, adjudication from settlement_quote
            where region_code = $1 and prescription_no = $2 and pharmacy_id = $3 order by told desc`,
    values: [regionCode, prescriptionNo, pharmacyId],
  })
  return rows.map((row) => ({ told: row.told, quotedAt: row.quoted_at, adjudication: row.adjudication }))
}
