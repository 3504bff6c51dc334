import type { Queryable, Transaction } from '../database.ts'

/** A key that signs access tokens, as it is stored. */
export interface StoredSigningKey {
  readonly kid: string
  readonly publicJwk: Readonly<Record<string, unknown>>
  /** Encrypted; see the use case for the form. */
  readonly privateSealed: Buffer
  readonly createdAt: Date
  /** Exclusive: from then on another key signs. */
  readonly signsUntil: Date
  /** Exclusive: from then on nothing it signed is accepted. */
  readonly verifiesUntil: Date
}

/** Any number, the same in every process: one rotation at a time per database. */
const LOCK = 7_270_012

/** Holds off other rotations until the transaction ends. */
export async function lockRotation(tx: Transaction): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [LOCK])
}

/** Keys whose tokens can still be valid, the newest first. */
export async function findSigningKeys(db: Queryable, now: Date): Promise<StoredSigningKey[]> {
  const { rows } = await db.query<StoredSigningKey>(
    `select kid, public_jwk as "publicJwk", private_sealed as "privateSealed", created_at as "createdAt",
            signs_until as "signsUntil", verifies_until as "verifiesUntil"
       from signing_key
      where verifies_until > $1
      order by created_at desc, kid`,
    [now],
  )
  return rows
}

/** Stores a new key. */
export async function addSigningKey(db: Queryable, key: StoredSigningKey): Promise<void> {
  await db.query(
    `insert into signing_key (kid, public_jwk, private_sealed, created_at, signs_until, verifies_until)
     values ($1, $2, $3, $4, $5, $6)`,
    [
      key.kid,
      JSON.stringify(key.publicJwk),
      key.privateSealed,
      key.createdAt,
      key.signsUntil,
      key.verifiesUntil,
    ],
  )
}

/** Removes keys that verify nothing any more. @returns how many */
export async function dropEndedSigningKeys(db: Queryable, now: Date): Promise<number> {
  const { rowCount } = await db.query(`delete from signing_key where verifies_until <= $1`, [now])
  return rowCount ?? 0
}

/** Removes all keys. @returns how many */
export async function dropSigningKeys(db: Queryable): Promise<number> {
  const { rowCount } = await db.query('delete from signing_key')
  return rowCount ?? 0
}
