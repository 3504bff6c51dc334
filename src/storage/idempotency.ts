import type { Queryable } from './database.ts'

/** The first answer to a write. */
export interface StoredAnswer {
  readonly digest: Buffer
  readonly status: number
  readonly body: string
}

/**
 * Claims a key for this transaction. A second claim of the same key waits until the first commits or rolls back.
 *
 * @returns undefined when the key is now ours, else the answer stored before
 */
export async function claim(
  tx: Queryable,
  callerId: string,
  key: string,
  digest: Buffer,
  now: Date,
): Promise<StoredAnswer | undefined> {
  const { rowCount } = await tx.query({
    name: 'idempotency-claim',
    text: `insert into idempotency_key (caller_id, key, digest, created_at) values ($1, $2, $3, $4)
           on conflict do nothing`,
    values: [callerId, key, digest, now],
  })
  return rowCount === 1 ? undefined : await find(tx, callerId, key)
}

/** The stored answer of a key, or undefined. */
export async function find(db: Queryable, callerId: string, key: string): Promise<StoredAnswer | undefined> {
  const { rows } = await db.query<StoredAnswer>({
    name: 'idempotency-find',
    text: 'select digest, status, body from idempotency_key where caller_id = $1 and key = $2',
    values: [callerId, key],
  })
  return rows[0]
}

/** Stores the first answer, in the transaction that claimed the key. */
export async function answer(
  tx: Queryable,
  callerId: string,
  key: string,
  status: number,
  body: string,
): Promise<void> {
  await tx.query({
    name: 'idempotency-answer',
    text: 'update idempotency_key set status = $3, body = $4 where caller_id = $1 and key = $2',
    values: [callerId, key, status, body],
  })
}

/**
 * Forgets answers older than a bound.
 *
 * @returns how many
 */
export async function forget(db: Queryable, before: Date): Promise<number> {
  const { rowCount } = await db.query('delete from idempotency_key where created_at < $1', [before])
  return rowCount ?? 0
}
