import type { Queryable } from './database.ts'

/**
 * The hash of the pick-up code that works now. The page derives the code and shows it only when it is this one.
 *
 * @returns undefined when no pharmacy was ever chosen by the link
 */
export async function findPickupHash(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<Buffer | undefined> {
  const { rows } = await db.query<{ code_hash: Buffer }>({
    name: 'pickup-hash',
    text: 'select code_hash from pickup_code where region_code = $1 and prescription_no = $2',
    values: [regionCode, prescriptionNo],
  })
  return rows[0]?.code_hash
}

/** Ends a session before its time; false when there was none. */
export async function endSession(db: Queryable, sessionHash: Buffer): Promise<boolean> {
  const { rowCount } = await db.query('delete from patient_session where session_hash = $1', [sessionHash])
  return rowCount === 1
}
