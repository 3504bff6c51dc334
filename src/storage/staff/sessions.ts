import type { Queryable } from '../database.ts'
import { STAFF_COLUMNS, type StaffRow, staffRow } from './persons.ts'

/** Opens a session, and forgets those that have ended. */
export async function openSession(
  db: Queryable,
  sessionHash: Buffer,
  personId: string,
  now: Date,
  endsAt: Date,
): Promise<void> {
  await db.query('delete from staff_session where ends_at <= $1', [now])
  await db.query(
    `insert into staff_session (session_hash, person_id, created_at, seen_at, ends_at) values ($1, $2, $3, $3, $4)`,
    [sessionHash, personId, now, endsAt],
  )
}

/**
 * Whose session it is. One statement, so that a departure ends it from its commit on, in every process.
 *
 * @param idleSince sessions that were not used since then have ended
 */
export async function findSession(
  db: Queryable,
  sessionHash: Buffer,
  now: Date,
  idleSince: Date,
): Promise<(StaffRow & { readonly seenAt: Date }) | undefined> {
  const { rows } = await db.query<Parameters<typeof staffRow>[0] & { seen_at: Date }>({
    name: 'staff-session-find',
    text: `select ${STAFF_COLUMNS}, s.seen_at
             from staff_session s join staff_person p using (person_id)
            where s.session_hash = $1 and s.ends_at > $2 and s.seen_at > $3 and p.left_at is null
              and p.joined_at is not null`,
    values: [sessionHash, now, idleSince],
  })
  const [row] = rows
  return row === undefined ? undefined : { ...staffRow(row), seenAt: row.seen_at }
}

/** The session was used. */
export async function touchSession(db: Queryable, sessionHash: Buffer, now: Date): Promise<void> {
  await db.query('update staff_session set seen_at = $2 where session_hash = $1', [sessionHash, now])
}

/** Ends a session. */
export async function endSession(db: Queryable, sessionHash: Buffer): Promise<void> {
  await db.query('delete from staff_session where session_hash = $1', [sessionHash])
}

/** Ends all sessions of somebody. */
export async function endSessionsOf(db: Queryable, personId: string): Promise<void> {
  await db.query('delete from staff_session where person_id = $1', [personId])
}
