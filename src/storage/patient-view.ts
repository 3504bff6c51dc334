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

/** What happened at the patient's link, beside the events of the prescription. */
export interface LinkUse {
  readonly at: Date
  readonly what: 'page-opened' | 'second-factor-wrong' | 'link-locked' | 'link-renewed'
}

/** Keeps that somebody came by the link. */
export async function addLinkUse(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
  what: Exclude<LinkUse['what'], 'link-renewed'>,
  now: Date,
): Promise<void> {
  await db.query(
    'insert into patient_access (region_code, prescription_no, what, at) values ($1, $2, $3, $4)',
    [regionCode, prescriptionNo, what, now],
  )
}

/** The newest uses and renewals of the links of a prescription, oldest first. */
export async function listLinkUses(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
  limit: number,
): Promise<LinkUse[]> {
  const { rows } = await db.query<LinkUse>({
    name: 'link-uses',
    text: `
      select at, what
        from (select at, what, access_id as place
                from patient_access
               where region_code = $1 and prescription_no = $2
               union all
              select replaced_at, 'link-renewed', 0
                from patient_link
               where region_code = $1 and prescription_no = $2 and replaced_at is not null) as use
       order by at desc, place desc
       limit $3`,
    values: [regionCode, prescriptionNo, limit],
  })
  return rows.reverse()
}
