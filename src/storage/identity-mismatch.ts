import { randomUUID } from 'node:crypto'
import type { Queryable } from './database.ts'

/** By which call a person was asked about. */
export type AskedBy = 'pre-check' | 'push' | 'paper'

/** Somebody asked about a person whom name or identity number did not fit. What was sent is not kept. */
export interface Mismatch {
  readonly personId: string
  readonly clientId: string
  readonly institutionId: string
  readonly askedBy: AskedBy
  readonly at: Date
}

/** Records one. */
export async function addMismatch(db: Queryable, regionCode: string, mismatch: Mismatch): Promise<void> {
  const { personId, clientId, institutionId, askedBy, at } = mismatch
  await db.query(
    `insert into identity_mismatch (region_code, mismatch_id, person_id, client_id, institution_id, asked_by, at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [regionCode, randomUUID(), personId, clientId, institutionId, askedBy, at],
  )
}

/** How many a client had since an instant: about one person, and about anybody. */
export async function countMismatches(
  db: Queryable,
  regionCode: string,
  clientId: string,
  personId: string,
  since: Date,
): Promise<{ readonly ofPerson: number; readonly ofAll: number }> {
  const { rows } = await db.query<{ of_person: number; of_all: number }>({
    name: 'identity-mismatch-count',
    text: `select count(*) filter (where person_id = $3)::int as of_person, count(*)::int as of_all
             from identity_mismatch where region_code = $1 and client_id = $2 and at > $4`,
    values: [regionCode, clientId, personId, since],
  })
  return { ofPerson: rows[0]!.of_person, ofAll: rows[0]!.of_all }
}

/** The newest of a person, for the person's own log. @param most how many at most */
export async function listMismatches(
  db: Queryable,
  regionCode: string,
  personId: string,
  most: number,
): Promise<{ readonly at: Date; readonly institutionId: string }[]> {
  const { rows } = await db.query<{ at: Date; institutionId: string }>(
    `select at, institution_id as "institutionId" from identity_mismatch
      where region_code = $1 and person_id = $2 order by at desc limit $3`,
    [regionCode, personId, most],
  )
  return rows
}
