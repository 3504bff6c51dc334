import { randomUUID } from 'node:crypto'
import type { Queryable } from '../database.ts'
import type { FeedPosition } from '../feed.ts'
import { CALLBACK, type StoredCallback } from './callback.ts'

/** A callback that this process alone sends for, while its claim lasts. */
export interface ClaimedCallback extends StoredCallback {
  readonly claim: string
}

/**
 * Claims callbacks that have something to send, those first that have waited longest.
 *
 * @param now by the clock that dates retries
 * @param longestPauseMs what is to be tried later than that was dated by a clock that has been set back: it is due
 * @param claimSeconds how long a claim lasts unless it is renewed, by the clock of the database
 */
export async function claimDue(
  db: Queryable,
  now: Date,
  options: { readonly limit: number; readonly longestPauseMs: number; readonly claimSeconds: number },
): Promise<ClaimedCallback[]> {
  const { rows } = await db.query<ClaimedCallback>({
    name: 'callback-claim',
    text: `
    update callback c
       set claim = $4, claimed_until = clock_timestamp() + make_interval(secs => $5)
     where c.callback_id in (
       select d.callback_id
         from callback d
         join client on client.client_id = d.client_id and client.disabled_at is null
        where d.state = 'on'
          and (d.claimed_until is null or d.claimed_until < clock_timestamp())
          and (d.next_attempt_at is null or d.next_attempt_at <= $1 or d.next_attempt_at > $2)
          and (exists (select from callback_delivery a where a.callback_id = d.callback_id and a.again_at is not null)
            or case when d.institution_id is null
               then exists (select from feed_entry f
                             where f.region_code = d.region_code and (f.xact, f.seq) > (d.xact, d.seq)
                               and f.recipient_id = (select s.hospital_id from prescription_state s
                                                      where s.region_code = f.region_code
                                                        and s.prescription_no = f.prescription_no))
               else exists (select from feed_entry f
                             where f.recipient_id = d.institution_id and f.region_code = d.region_code
                               and (f.xact, f.seq) > (d.xact, d.seq)) end)
        order by d.next_attempt_at nulls first, d.callback_id
        limit $3
          for update of d skip locked)
    returning ${CALLBACK}, c.claim`,
    values: [
      now,
      new Date(now.getTime() + options.longestPauseMs),
      options.limit,
      randomUUID(),
      options.claimSeconds,
    ],
  })
  return rows
}

/** What a callback is after an attempt. */
export interface Progress extends FeedPosition {
  readonly attempts: number
  readonly failingSince: Date | null
  readonly nextAttemptAt: Date | null
  readonly lastAnswer: string | null
  /** Present when it is switched off now. */
  readonly switchedOffAt?: Date
}

/**
 * Moves a claimed callback on and renews its claim.
 *
 * @returns false when the claim was lost: the owner changed the callback, or another process took it; nothing is changed
 */
export async function advance(
  db: Queryable,
  { callbackId, claim }: Pick<ClaimedCallback, 'callbackId' | 'claim'>,
  to: Progress,
  claimSeconds: number,
): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'callback-advance',
    text: `
    update callback
       set xact = $3, seq = $4, attempts = $5, failing_since = $6, next_attempt_at = $7, last_answer = $8,
           state = case when $9::timestamptz is null then state else 'switched-off' end,
           state_since = coalesce($9::timestamptz, state_since),
           revision = revision + case when $9::timestamptz is null then 0 else 1 end,
           claimed_until = clock_timestamp() + make_interval(secs => $10)
     where callback_id = $1 and claim = $2`,
    values: [
      callbackId,
      claim,
      to.xact,
      to.seq,
      to.attempts,
      to.failingSince,
      to.nextAttemptAt,
      to.lastAnswer,
      to.switchedOffAt ?? null,
      claimSeconds,
    ],
  })
  return rowCount === 1
}

/** Renews a claim. @returns false when it was lost, as in `advance` */
export async function renew(
  db: Queryable,
  { callbackId, claim }: Pick<ClaimedCallback, 'callbackId' | 'claim'>,
  claimSeconds: number,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update callback set claimed_until = clock_timestamp() + make_interval(secs => $3)
      where callback_id = $1 and claim = $2`,
    [callbackId, claim, claimSeconds],
  )
  return rowCount === 1
}

/** Lets a callback go. */
export async function release(
  db: Queryable,
  { callbackId, claim }: Pick<ClaimedCallback, 'callbackId' | 'claim'>,
): Promise<void> {
  await db.query(
    'update callback set claim = null, claimed_until = null where callback_id = $1 and claim = $2',
    [callbackId, claim],
  )
}
