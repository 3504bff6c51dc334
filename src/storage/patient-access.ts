import type { Queryable, Transaction } from './database.ts'

/** A patient link as stored: never the secret. */
export interface LinkRow {
  readonly regionCode: string
  readonly prescriptionNo: string
  readonly attempts: number
  readonly lockedAt?: Date
  /** The session that was asked about is live and belongs to the link. */
  readonly hasSession: boolean
}

/**
 * Finds a live link by the hash of its secret.
 *
 * @param session the hash of a session and the instant at which it must be live; without it there is none
 * @returns undefined when the link is unknown or replaced
 */
export async function findLink(
  db: Queryable,
  linkHash: Buffer,
  session?: { readonly hash: Buffer; readonly at: Date },
): Promise<LinkRow | undefined> {
  const { rows } = await db.query<{
    region_code: string
    prescription_no: string
    attempts: number
    locked_at: Date | null
    has_session: boolean
  }>({
    name: 'link-find',
    text: `select region_code, prescription_no, attempts, locked_at,
                  exists (select from patient_session s
                           where s.session_hash = $2 and s.link_hash = k.link_hash and s.ends_at > $3) as has_session
             from patient_link k
            where k.link_hash = $1 and k.replaced_at is null`,
    values: [linkHash, session?.hash ?? null, session?.at ?? null],
  })
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    regionCode: row.region_code,
    prescriptionNo: row.prescription_no,
    attempts: row.attempts,
    ...(row.locked_at === null ? {} : { lockedAt: row.locked_at }),
    hasSession: row.has_session,
  }
}

/**
 * Claims one attempt before the second factor is compared; a right answer gives back its own. Claiming first means that
 * no number of guesses at once gets more than the limit.
 *
 * Wrong answers count over the whole life of a link: whoever guesses gets no attempts anew when the patient comes by.
 *
 * @returns the signed document to compare with, and whether it was the last one, so that the link is locked unless it
 *   is right; undefined when the link is locked
 */
export async function claimAttempt(
  db: Queryable,
  linkHash: Buffer,
  limit: number,
  now: Date,
): Promise<{ isLast: boolean; document: Buffer } | undefined> {
  const { rows } = await db.query<{ isLast: boolean; document: Buffer }>({
    name: 'link-attempt',
    text: `update patient_link k
              set attempts = attempts + 1, locked_at = case when attempts + 1 >= $2 then $3::timestamptz end
             from prescription p
            where k.link_hash = $1 and k.locked_at is null
              and p.region_code = k.region_code and p.prescription_no = k.prescription_no
            returning k.locked_at is not null as "isLast", p.document`,
    values: [linkHash, limit, now],
  })
  return rows[0]
}

/** Replaces the links of a prescription by a new one; sessions of the old ones end. */
export async function replaceLink(
  tx: Queryable,
  regionCode: string,
  prescriptionNo: string,
  link: { readonly hash: Buffer; readonly salt: Buffer },
  now: Date,
): Promise<void> {
  await tx.query(
    `update patient_link set replaced_at = $3
      where region_code = $1 and prescription_no = $2 and replaced_at is null`,
    [regionCode, prescriptionNo, now],
  )
  await tx.query(
    `insert into patient_link (region_code, link_hash, salt, prescription_no, created_at) values ($1, $2, $3, $4, $5)`,
    [regionCode, link.hash, link.salt, prescriptionNo, now],
  )
}

/** A link that was made at some time, live or replaced; undefined when there never was one of that hash. */
export async function findLinkMade(
  db: Queryable,
  linkHash: Buffer,
): Promise<{ salt: Buffer; replacedAt?: Date } | undefined> {
  const { rows } = await db.query<{ salt: Buffer; replaced_at: Date | null }>(
    'select salt, replaced_at from patient_link where link_hash = $1',
    [linkHash],
  )
  const row = rows[0]
  if (row === undefined) return undefined
  return { salt: row.salt, ...(row.replaced_at === null ? {} : { replacedAt: row.replaced_at }) }
}

/** Whom a prescription is for, and the salt of its live link when it has one; undefined when there is none such. */
export async function findAddressee(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<{ personId: string; salt?: Buffer } | undefined> {
  const { rows } = await db.query<{ person_id: string; salt: Buffer | null }>({
    name: 'link-addressee',
    text: `
    select p.person_id,
           (select k.salt from patient_link k
             where k.region_code = p.region_code and k.prescription_no = p.prescription_no and k.replaced_at is null
             order by k.created_at desc limit 1) as salt
      from prescription p
     where p.region_code = $1 and p.prescription_no = $2`,
    values: [regionCode, prescriptionNo],
  })
  const row = rows[0]
  if (row === undefined) return undefined
  return { personId: row.person_id, ...(row.salt === null ? {} : { salt: row.salt }) }
}

/** Sessions that one link may have; the oldest makes room for the next. */
const SESSIONS_OF_A_LINK = 5

/**
 * Opens a session after the right second factor, which gives back the attempt that was claimed for it. The visit is on
 * the patient's log. Of the sessions of the link the newest five stay.
 *
 * @param tx a transaction: the link is locked, so that sessions opened at once see each other
 */
export async function openSession(
  tx: Transaction,
  sessionHash: Buffer,
  linkHash: Buffer,
  now: Date,
  endsAt: Date,
): Promise<void> {
  await tx.query({
    name: 'session-visit',
    text: `
    with link as (
      update patient_link set attempts = attempts - 1, locked_at = null where link_hash = $1
      returning region_code, prescription_no
    )
    insert into patient_access (region_code, prescription_no, what, at)
    select region_code, prescription_no, 'page-opened', $2 from link`,
    values: [linkHash, now],
  })
  await tx.query({
    name: 'session-open',
    text: `
    with ended as (
      delete from patient_session
       where session_hash in (select session_hash from patient_session where link_hash = $2
                               order by created_at desc, session_hash offset ${SESSIONS_OF_A_LINK - 1})
    )
    insert into patient_session (session_hash, link_hash, created_at, ends_at) values ($1, $2, $3, $4)`,
    values: [sessionHash, linkHash, now, endsAt],
  })
}

/** Keeps the hash of the pick-up code of the newest choice; the one before is void. */
export async function setPickupCode(
  tx: Queryable,
  regionCode: string,
  prescriptionNo: string,
  codeHash: Buffer,
  now: Date,
): Promise<void> {
  await tx.query({
    name: 'pickup-set',
    text: `insert into pickup_code (region_code, prescription_no, code_hash, created_at) values ($1, $2, $3, $4)
           on conflict (region_code, prescription_no)
           do update set code_hash = excluded.code_hash, created_at = excluded.created_at`,
    values: [regionCode, prescriptionNo, codeHash, now],
  })
}

/** The prescription of a pick-up code within a region; undefined when the code is unknown or void. */
export async function findPickupCode(
  db: Queryable,
  regionCode: string,
  codeHash: Buffer,
): Promise<string | undefined> {
  const { rows } = await db.query<{ prescription_no: string }>({
    name: 'pickup-find',
    text: 'select prescription_no from pickup_code where code_hash = $1 and region_code = $2',
    values: [codeHash, regionCode],
  })
  return rows[0]?.prescription_no
}

/** Deletes sessions that have ended. @returns how many */
export async function sweepSessions(db: Queryable, now: Date): Promise<number> {
  const { rowCount } = await db.query('delete from patient_session where ends_at <= $1', [now])
  return rowCount ?? 0
}
