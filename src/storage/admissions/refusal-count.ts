import type { Queryable } from '../database.ts'

/** How many requests for outside prescriptions a hospital has reported as refused (MZ-9.3). */
export async function countRefusals(db: Queryable, regionCode: string, hospitalId: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from outside_prescription_refusal
      where region_code = $1 and hospital_id = $2`,
    [regionCode, hospitalId],
  )
  return rows[0]!.count
}
