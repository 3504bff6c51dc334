import type { Queryable, Transaction } from '../database.ts'
import type { FeedPosition } from '../feed.ts'

/** Whose callbacks: an institution's in a region, or without one the agency's of the region. */
export interface CallbackOwner {
  readonly regionCode: string
  readonly institutionId?: string
}

/** A callback as it is stored. */
export interface StoredCallback extends FeedPosition {
  readonly callbackId: string
  readonly regionCode: string
  readonly institutionId: string | null
  readonly clientId: string
  readonly url: string
  /** Empty: all. */
  readonly eventTypes: readonly string[]
  readonly state: 'on' | 'paused' | 'switched-off'
  readonly stateSince: Date
  readonly revision: number
  readonly createdAt: Date
  readonly secretSealed: Buffer
  readonly previousSealed: Buffer | null
  readonly previousUntil: Date | null
  readonly attempts: number
  readonly failingSince: Date | null
  readonly nextAttemptAt: Date | null
  readonly lastAnswer: string | null
}

/** Columns under the names of `StoredCallback`; the table is `c`. */
export const CALLBACK = `
  c.callback_id as "callbackId", c.region_code as "regionCode", c.institution_id as "institutionId",
  c.client_id as "clientId", c.url, c.event_types as "eventTypes", c.state, c.state_since as "stateSince", c.revision,
  c.created_at as "createdAt", c.secret_sealed as "secretSealed", c.previous_sealed as "previousSealed",
  c.previous_until as "previousUntil", c.xact::text as xact, c.seq::text as seq, c.attempts,
  c.failing_since as "failingSince", c.next_attempt_at as "nextAttemptAt", c.last_answer as "lastAnswer"`

const OWNED = 'c.region_code = $1 and c.institution_id is not distinct from $2'

/** A callback that begins. */
export type NewCallback = Pick<
  StoredCallback,
  | 'callbackId'
  | 'regionCode'
  | 'institutionId'
  | 'clientId'
  | 'url'
  | 'eventTypes'
  | 'createdAt'
  | 'secretSealed'
  | 'xact'
  | 'seq'
>

/** Stores a new callback, turned on. @returns it as it is stored */
export async function add(tx: Transaction, it: NewCallback): Promise<StoredCallback> {
  const { rows } = await tx.query<StoredCallback>(
    `insert into callback as c (callback_id, region_code, institution_id, client_id, url, event_types, state,
                                state_since, created_at, secret_sealed, xact, seq)
     values ($1, $2, $3, $4, $5, $6, 'on', $7, $7, $8, $9, $10)
     returning ${CALLBACK}`,
    [
      it.callbackId,
      it.regionCode,
      it.institutionId,
      it.clientId,
      it.url,
      it.eventTypes,
      it.createdAt,
      it.secretSealed,
      it.xact,
      it.seq,
    ],
  )
  return rows[0]!
}

/** The owner's callbacks, the oldest first. */
export async function listOf(db: Queryable, owner: CallbackOwner): Promise<StoredCallback[]> {
  const { rows } = await db.query<StoredCallback>(
    `select ${CALLBACK} from callback c where ${OWNED} order by c.created_at, c.callback_id`,
    [owner.regionCode, owner.institutionId ?? null],
  )
  return rows
}

/** One of the owner's callbacks. @returns undefined when the owner has none of that id */
export async function find(
  db: Queryable,
  owner: CallbackOwner,
  callbackId: string,
): Promise<StoredCallback | undefined> {
  const { rows } = await db.query<StoredCallback>(
    `select ${CALLBACK} from callback c where ${OWNED} and c.callback_id = $3`,
    [owner.regionCode, owner.institutionId ?? null, callbackId],
  )
  return rows[0]
}

/** The same, locked until the transaction ends. */
export async function lock(
  tx: Transaction,
  owner: CallbackOwner,
  callbackId: string,
): Promise<StoredCallback | undefined> {
  const { rows } = await tx.query<StoredCallback>(
    `select ${CALLBACK} from callback c where ${OWNED} and c.callback_id = $3 for update`,
    [owner.regionCode, owner.institutionId ?? null, callbackId],
  )
  return rows[0]
}

/** Makes those wait who would subscribe for the same owner at once, so that nobody exceeds the number allowed. */
export async function lockOwner(tx: Transaction, owner: CallbackOwner): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [
    `callback/${owner.regionCode}/${owner.institutionId ?? ''}`,
  ])
}

/**
 * Changes what the owner may change, counts the revision, and takes the callback from whoever is sending: it begins
 * anew as it is now.
 */
export async function change(
  tx: Transaction,
  it: Pick<
    StoredCallback,
    'callbackId' | 'clientId' | 'url' | 'eventTypes' | 'state' | 'stateSince' | 'xact' | 'seq'
  >,
): Promise<StoredCallback> {
  const { rows } = await tx.query<StoredCallback>(
    `update callback c
        set client_id = $2, url = $3, event_types = $4, state = $5, state_since = $6, xact = $7, seq = $8,
            revision = revision + 1, attempts = 0, failing_since = null, next_attempt_at = null, last_answer = null,
            claim = null, claimed_until = null
      where c.callback_id = $1
      returning ${CALLBACK}`,
    [it.callbackId, it.clientId, it.url, it.eventTypes, it.state, it.stateSince, it.xact, it.seq],
  )
  return rows[0]!
}

/** Gives a new secret; the one before signs too until then. */
export async function rotate(
  tx: Transaction,
  callbackId: string,
  secret: { readonly sealed: Buffer; readonly previousUntil: Date | undefined },
): Promise<StoredCallback> {
  const { rows } = await tx.query<StoredCallback>(
    `update callback c
        set previous_sealed = case when $3::timestamptz is null then null else secret_sealed end,
            previous_until = $3, secret_sealed = $2, revision = revision + 1, claim = null, claimed_until = null
      where c.callback_id = $1
      returning ${CALLBACK}`,
    [callbackId, secret.sealed, secret.previousUntil ?? null],
  )
  return rows[0]!
}

/** A callback that is switched off. @returns undefined when it has ended, or was turned on again */
export async function findSwitchedOff(
  db: Queryable,
  callbackId: string,
): Promise<
  | { readonly institutionId: string | null; readonly failingSince: Date; readonly lastAnswer: string }
  | undefined
> {
  const { rows } = await db.query<{ institutionId: string | null; failingSince: Date; lastAnswer: string }>(
    `select institution_id as "institutionId", failing_since as "failingSince", last_answer as "lastAnswer"
       from callback
      where callback_id = $1 and state = 'switched-off'`,
    [callbackId],
  )
  return rows[0]
}

/** Ends a callback, with what was kept of its deliveries. */
export async function remove(tx: Transaction, callbackId: string): Promise<void> {
  await tx.query('delete from callback where callback_id = $1', [callbackId])
}
