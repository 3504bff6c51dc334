import type { Queryable, Transaction } from '../database.ts'
import type { FeedPosition } from '../feed.ts'

/** What became of one message of a callback. */
export interface StoredDelivery extends FeedPosition {
  readonly prescriptionNo: string
  readonly revision: number
  readonly type: string
  readonly state: 'delivered' | 'failing'
  readonly attempts: number
  readonly firstAttemptAt: Date
  readonly lastAttemptAt: Date
  readonly answer: string
  /** Asked to be sent again, out of turn. */
  readonly againAt: Date | null
}

const DELIVERY = `
  d.xact::text as xact, d.seq::text as seq, d.prescription_no as "prescriptionNo", d.revision, d.type, d.state,
  d.attempts, d.first_attempt_at as "firstAttemptAt", d.last_attempt_at as "lastAttemptAt", d.answer,
  d.again_at as "againAt"`

/** Deliveries of a callback, the newest in the feed first. */
export async function listBefore(
  db: Queryable,
  callbackId: string,
  filter: {
    readonly state?: StoredDelivery['state']
    readonly before?: FeedPosition
    readonly limit: number
  },
): Promise<StoredDelivery[]> {
  const { rows } = await db.query<StoredDelivery>(
    `select ${DELIVERY}
       from callback_delivery d
      where d.callback_id = $1
        and ($2::text is null or d.state = $2)
        and ($3::text is null or (d.xact, d.seq) < ($3::xid8, $4::bigint))
      order by d.xact desc, d.seq desc
      limit $5`,
    [callbackId, filter.state ?? null, filter.before?.xact ?? null, filter.before?.seq ?? null, filter.limit],
  )
  return rows
}

/** Notes that a message is to be sent again. @returns undefined when it was never delivered, or is forgotten */
export async function askAgain(
  tx: Transaction,
  callbackId: string,
  message: { readonly prescriptionNo: string; readonly revision: number },
  now: Date,
): Promise<StoredDelivery | undefined> {
  const { rows } = await tx.query<StoredDelivery>(
    `update callback_delivery d set again_at = $4
      where d.callback_id = $1 and d.prescription_no = $2 and d.revision = $3 and d.state = 'delivered'
      returning ${DELIVERY}`,
    [callbackId, message.prescriptionNo, message.revision, now],
  )
  return rows[0]
}

/** Messages that wait to be sent again, in the order of the feed. */
export async function listAgain(db: Queryable, callbackId: string, limit: number): Promise<StoredDelivery[]> {
  const { rows } = await db.query<StoredDelivery>(
    `select ${DELIVERY}
       from callback_delivery d
      where d.callback_id = $1 and d.again_at is not null
      order by d.xact, d.seq
      limit $2`,
    [callbackId, limit],
  )
  return rows
}

/** Records one attempt; `again_at` of what was asked before it is answered by it. */
export async function record(
  db: Queryable,
  callbackId: string,
  it: Omit<StoredDelivery, 'attempts' | 'firstAttemptAt' | 'againAt'>,
): Promise<void> {
  await db.query({
    name: 'callback-attempted',
    text: `
    insert into callback_delivery as d (callback_id, xact, seq, prescription_no, revision, type, state, attempts,
                                        first_attempt_at, last_attempt_at, answer)
    values ($1, $2, $3, $4, $5, $6, $7, 1, $8, $8, $9)
        on conflict (callback_id, xact, seq) do update
       set state = case when d.state = 'delivered' then d.state else excluded.state end,
           attempts = d.attempts + 1, last_attempt_at = excluded.last_attempt_at, answer = excluded.answer, again_at = null`,
    values: [
      callbackId,
      it.xact,
      it.seq,
      it.prescriptionNo,
      it.revision,
      it.type,
      it.state,
      it.lastAttemptAt,
      it.answer,
    ],
  })
}

/** Forgets what was delivered before an instant. @returns how many */
export async function forgetBefore(db: Queryable, before: Date): Promise<number> {
  const { rowCount } = await db.query(
    `delete from callback_delivery where last_attempt_at < $1 and state = 'delivered' and again_at is null`,
    [before],
  )
  return rowCount ?? 0
}
