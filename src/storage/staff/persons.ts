import type { StaffRole } from '../../domain/staff/roles.ts'
import type { Queryable } from '../database.ts'

/** Somebody who works with the hub. */
export interface StaffRow {
  readonly personId: string
  readonly regionCode: string
  readonly role: StaffRole
  readonly institutionId?: string
  readonly practitionerId?: string
  readonly name: string
  readonly login: string
  readonly isSample: boolean
  readonly joinedAt?: Date
  readonly leftAt?: Date
}

/** What the person proves itself with. */
export interface StaffSecrets {
  readonly passwordHash?: string
  readonly totpSealed?: Buffer
}

interface Row {
  person_id: string
  region_code: string
  role: StaffRole
  institution_id: string | null
  practitioner_id: string | null
  name: string
  login: string
  sandbox: boolean
  joined_at: Date | null
  left_at: Date | null
}

/** The columns of `StaffRow`, of the table `p`. */
export const STAFF_COLUMNS =
  'p.person_id, p.region_code, p.role, p.institution_id, p.practitioner_id, p.name, p.login, p.sandbox, p.joined_at, p.left_at'

/** A row of `STAFF_COLUMNS` as a person. */
export function staffRow(row: Row): StaffRow {
  return {
    personId: row.person_id,
    regionCode: row.region_code,
    role: row.role,
    ...(row.institution_id === null ? {} : { institutionId: row.institution_id }),
    ...(row.practitioner_id === null ? {} : { practitionerId: row.practitioner_id }),
    name: row.name,
    login: row.login,
    isSample: row.sandbox,
    ...(row.joined_at === null ? {} : { joinedAt: row.joined_at }),
    ...(row.left_at === null ? {} : { leftAt: row.left_at }),
  }
}

/** Adds somebody who is invited. @returns false when the login is taken */
export async function addPerson(
  db: Queryable,
  person: Omit<StaffRow, 'joinedAt' | 'leftAt'>,
  by: string,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into staff_person (person_id, region_code, role, institution_id, practitioner_id, name, login, sandbox,
                               invited_at, invited_by, joined_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, case when $8 then $9::timestamptz end)
     on conflict do nothing`,
    [
      person.personId,
      person.regionCode,
      person.role,
      person.institutionId ?? null,
      person.practitionerId ?? null,
      person.name,
      person.login,
      person.isSample,
      now,
      by,
    ],
  )
  return rowCount === 1
}

/** Somebody with the secrets, by the login; undefined when nobody has it or the person has left. */
export async function findByLogin(
  db: Queryable,
  login: string,
): Promise<(StaffRow & StaffSecrets) | undefined> {
  const { rows } = await db.query<Row & { password_hash: string | null; totp_sealed: Buffer | null }>(
    `select ${STAFF_COLUMNS}, p.password_hash, p.totp_sealed from staff_person p where p.login = $1 and p.left_at is null`,
    [login],
  )
  const [row] = rows
  if (row === undefined) return undefined
  return {
    ...staffRow(row),
    ...(row.password_hash === null ? {} : { passwordHash: row.password_hash }),
    ...(row.totp_sealed === null ? {} : { totpSealed: row.totp_sealed }),
  }
}

/** Somebody by the id. @param lock until the end of the transaction */
export async function findPerson(
  db: Queryable,
  personId: string,
  lock = false,
): Promise<StaffRow | undefined> {
  const { rows } = await db.query<Row>(
    `select ${STAFF_COLUMNS} from staff_person p where p.person_id = $1${lock ? ' for update' : ''}`,
    [personId],
  )
  return rows[0] === undefined ? undefined : staffRow(rows[0])
}

/** People of a region, or of one institution in it; those who are there first. */
export async function listPersons(
  db: Queryable,
  regionCode: string,
  institutionId: string | undefined,
  limit: number,
): Promise<StaffRow[]> {
  const { rows } = await db.query<Row>(
    `select ${STAFF_COLUMNS} from staff_person p
      where p.region_code = $1 and ($2::text is null or p.institution_id = $2)
      order by p.left_at is not null, p.institution_id nulls first, p.role, p.login limit $3`,
    [regionCode, institutionId ?? null, limit],
  )
  return rows.map(staffRow)
}

/** The sample people of a sandbox. */
export async function listSamples(db: Queryable): Promise<StaffRow[]> {
  const { rows } = await db.query<Row>(
    `select ${STAFF_COLUMNS} from staff_person p where p.sandbox and p.left_at is null order by p.region_code, p.role, p.login`,
  )
  return rows.map(staffRow)
}

/** Gives somebody the means to sign in. */
export async function setSecrets(
  db: Queryable,
  personId: string,
  secrets: Required<StaffSecrets>,
  step: number,
  now: Date,
): Promise<void> {
  await db.query(
    `update staff_person set password_hash = $2, totp_sealed = $3, totp_step = $4, joined_at = coalesce(joined_at, $5)
      where person_id = $1`,
    [personId, secrets.passwordHash, secrets.totpSealed, step, now],
  )
}

/** Takes the means away, until the person joins anew. */
export async function dropSecrets(db: Queryable, personId: string): Promise<void> {
  await db.query(
    'update staff_person set password_hash = null, totp_sealed = null, joined_at = null where person_id = $1',
    [personId],
  )
}

/**
 * Claims the step of a code, once, for somebody who still has the password that was compared.
 *
 * @returns false for a code that was used, or one before it; and when the person left or was invited anew meanwhile
 */
export async function claimStep(
  db: Queryable,
  personId: string,
  step: number,
  passwordHash: string | undefined,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update staff_person set totp_step = $2
      where person_id = $1 and totp_step < $2 and password_hash = $3 and left_at is null`,
    [personId, step, passwordHash ?? null],
  )
  return rowCount === 1
}

/** Says that somebody has left. */
export async function leavePerson(db: Queryable, personId: string, by: string, now: Date): Promise<void> {
  await db.query('update staff_person set left_at = $2, left_by = $3 where person_id = $1', [
    personId,
    now,
    by,
  ])
}
