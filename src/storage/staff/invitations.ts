import type { Queryable } from '../database.ts'

/** Makes a way in; those that the person had before are void. */
export async function addInvitation(
  db: Queryable,
  invitation: { readonly hash: Buffer; readonly personId: string; readonly totpSealed: Buffer },
  now: Date,
  endsAt: Date,
): Promise<void> {
  await db.query('delete from staff_invitation where person_id = $1 and used_at is null', [
    invitation.personId,
  ])
  await db.query(
    'insert into staff_invitation (token_hash, person_id, totp_sealed, created_at, ends_at) values ($1, $2, $3, $4, $5)',
    [invitation.hash, invitation.personId, invitation.totpSealed, now, endsAt],
  )
}

/** The invitation of a token that can still be used. */
export async function findInvitation(
  db: Queryable,
  hash: Buffer,
  now: Date,
): Promise<{ personId: string; totpSealed: Buffer } | undefined> {
  const { rows } = await db.query<{ personId: string; totpSealed: Buffer }>(
    `select person_id as "personId", totp_sealed as "totpSealed" from staff_invitation
      where token_hash = $1 and used_at is null and ends_at > $2`,
    [hash, now],
  )
  return rows[0]
}

/** Uses an invitation. @returns false when somebody was quicker */
export async function useInvitation(db: Queryable, hash: Buffer, now: Date): Promise<boolean> {
  const { rowCount } = await db.query(
    'update staff_invitation set used_at = $2 where token_hash = $1 and used_at is null and ends_at > $2',
    [hash, now],
  )
  return rowCount === 1
}
