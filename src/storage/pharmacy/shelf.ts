import type { Queryable } from '../database.ts'
import type { StockRow } from '../stock.ts'

/** What one pharmacy last reported, by drug code. @param after a drug code; '' begins at the beginning */
export async function listShelf(
  db: Queryable,
  regionCode: string,
  pharmacyId: string,
  after: string,
  limit: number,
): Promise<StockRow[]> {
  const { rows } = await db.query<{
    drug_code: string
    quantity: string
    unit_price_fen: string
    reported_at: Date
  }>({
    name: 'shelf-list',
    text: `select drug_code, trim_scale(quantity)::text as quantity, unit_price_fen, reported_at
             from stock
            where region_code = $1 and pharmacy_id = $2 and drug_code > $3
            order by drug_code
            limit $4`,
    values: [regionCode, pharmacyId, after, limit],
  })
  return rows.map((row) => ({
    pharmacyId,
    drugCode: row.drug_code,
    quantity: row.quantity,
    unitPriceFen: Number(row.unit_price_fen),
    reportedAt: row.reported_at,
  }))
}
