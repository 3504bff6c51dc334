import type { Queryable } from '../database.ts'

/** What stands in the log of sign-ins. */
export type SignInEvent =
  | 'joined'
  | 'signed-in'
  | 'signed-in-by-sample'
  | 'signed-out'
  | 'refused'
  | 'locked'
  | 'invited-anew'
  | 'left'

/**
 * Claims one try before anything is compared, so that no number of guesses at once gets more than the limit.
 *
 * @param since tries from before that no longer count
 * @returns how many there were with this one
 */
export async function claimTry(db: Queryable, loginHash: Buffer, now: Date, since: Date): Promise<number> {
  await db.query('delete from staff_attempt where since <= $1', [since])
  const { rows } = await db.query<{ tries: number }>(
    `insert into staff_attempt as a (login_hash, since, tries) values ($1, $2, 1)
     on conflict (login_hash) do update set tries = a.tries + 1
     returning tries`,
    [loginHash, now],
  )
  return rows[0]!.tries
}

/** A right answer: the tries before it are forgotten. */
export async function forgetTries(db: Queryable, loginHash: Buffer): Promise<void> {
  await db.query('delete from staff_attempt where login_hash = $1', [loginHash])
}

/** Notes what happened at the door. */
export async function addSignIn(
  db: Queryable,
  personId: string,
  what: SignInEvent,
  now: Date,
): Promise<void> {
  await db.query('insert into staff_sign_in (person_id, at, what) values ($1, $2, $3)', [personId, now, what])
}

/** The newest entries about the people of a region or an institution, newest first. */
export async function listSignIns(
  db: Queryable,
  regionCode: string,
  institutionId: string | undefined,
  limit: number,
): Promise<{ at: Date; what: SignInEvent; name: string; login: string }[]> {
  const { rows } = await db.query<{ at: Date; what: SignInEvent; name: string; login: string }>(
    `select s.at, s.what, p.name, p.login
       from staff_sign_in s join staff_person p using (person_id)
      where p.region_code = $1 and ($2::text is null or p.institution_id = $2)
      order by s.sign_in_id desc limit $3`,
    [regionCode, institutionId ?? null, limit],
  )
  return rows
}
