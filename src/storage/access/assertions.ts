import type { Queryable } from '../database.ts'

/**
 * Marks an assertion as used.
 *
 * One statement, so that of two uses at once exactly one counts.
 *
 * @param expiresAt instant from which the assertion is refused as expired anyway
 * @returns false when it was used before
 */
export async function useJti(
  db: Queryable,
  clientId: string,
  jti: string,
  expiresAt: Date,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into client_assertion_used (client_id, jti, expires_at)
     values ($1, $2, $3)
         on conflict do nothing`,
    [clientId, jti, expiresAt],
  )
  return rowCount === 1
}

/** Forgets assertions that have expired. @returns how many */
export async function sweepJti(db: Queryable, now: Date): Promise<number> {
  const { rowCount } = await db.query(`delete from client_assertion_used where expires_at <= $1`, [now])
  return rowCount ?? 0
}
