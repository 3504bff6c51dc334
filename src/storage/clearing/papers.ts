import type { Queryable } from '../database.ts'

/** When a dispense was handed over; absent while it wasn't. */
export async function findDispenseTimes(
  db: Queryable,
  regionCode: string,
  dispenseId: string,
): Promise<{ readonly handedOverAt?: Date }> {
  const { rows } = await db.query<{ handed_over_at: Date | null }>(
    'select handed_over_at from dispense where region_code = $1 and dispense_id = $2',
    [regionCode, dispenseId],
  )
  const at = rows[0]?.handed_over_at ?? null
  return at === null ? {} : { handedOverAt: at }
}
