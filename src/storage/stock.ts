import type { Queryable } from './database.ts'

/** What a pharmacy has of a drug. */
export interface StockRow {
  readonly pharmacyId: string
  readonly drugCode: string
  /** Decimal text in the unit of the drug. */
  readonly quantity: string
  readonly unitPriceFen: number
  readonly reportedAt: Date
}

/** Replaces what pharmacies reported of these drugs. */
export async function report(
  db: Queryable,
  regionCode: string,
  rows: readonly Omit<StockRow, 'reportedAt'>[],
  now: Date,
): Promise<void> {
  await db.query(
    `insert into stock (region_code, pharmacy_id, drug_code, quantity, unit_price_fen, reported_at)
     select $1, s.pharmacy_id, s.drug_code, s.quantity, s.unit_price_fen, $6
       from unnest($2::text[], $3::text[], $4::numeric[], $5::numeric[]) as s(pharmacy_id, drug_code, quantity, unit_price_fen)
     on conflict (region_code, drug_code, pharmacy_id)
     do update set quantity = excluded.quantity, unit_price_fen = excluded.unit_price_fen, reported_at = excluded.reported_at`,
    [
      regionCode,
      rows.map((row) => row.pharmacyId),
      rows.map((row) => row.drugCode),
      rows.map((row) => row.quantity),
      rows.map((row) => row.unitPriceFen),
      now,
    ],
  )
}

/** What all pharmacies of a region reported of some drugs. */
export async function of(
  db: Queryable,
  regionCode: string,
  drugCodes: readonly string[],
): Promise<StockRow[]> {
  const { rows } = await db.query<{
    pharmacy_id: string
    drug_code: string
    quantity: string
    unit_price_fen: string
    reported_at: Date
  }>({
    name: 'stock-of',
    text: `select pharmacy_id, drug_code, trim_scale(quantity)::text as quantity, unit_price_fen, reported_at
             from stock where region_code = $1 and drug_code = any($2)`,
    values: [regionCode, drugCodes],
  })
  return rows.map((row) => ({
    pharmacyId: row.pharmacy_id,
    drugCode: row.drug_code,
    quantity: row.quantity,
    unitPriceFen: Number(row.unit_price_fen),
    reportedAt: row.reported_at,
  }))
}
