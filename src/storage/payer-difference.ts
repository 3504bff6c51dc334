import type { CivilDay } from '../domain/primitives/civil-day.ts'
import type { Queryable } from './database.ts'

export const DIFFERENCE_KINDS = [
  'amount-differs',
  'answered-differently',
  'missing-there',
  'paid-there-only',
  'unknown-here',
  /** The payer answered, and its answer can't be used. */
  'answer-unreadable',
  /** Deferred while the payer had not answered: it may have paid. */
  'deferred-unanswered',
  /** The payer does not pay for what the patient kept after a return. */
  'refused-anew',
] as const
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number]

/** Where the payer's book and the hub's disagree. */
export interface PayerDifference {
  readonly day: CivilDay
  readonly settlementId: string
  readonly kind: DifferenceKind
  /** JSON of states and amounts. */
  readonly ours: string
  readonly theirs: string
}

/** Lists a difference, once however often it is found. */
export async function flag(
  tx: Queryable,
  regionCode: string,
  difference: PayerDifference,
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into payer_difference (region_code, day, settlement_id, kind, ours, theirs, found_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict on constraint difference_listed_once
     do update set ours = excluded.ours, theirs = excluded.theirs, gone_at = null`,
    [
      regionCode,
      difference.day,
      difference.settlementId,
      difference.kind,
      difference.ours,
      difference.theirs,
      at,
    ],
  )
}

/** Marks as gone what a reconciliation of the day no longer found. What an answer flagged stays. */
export async function markGone(
  tx: Queryable,
  regionCode: string,
  day: CivilDay,
  found: readonly PayerDifference[],
  at: Date,
): Promise<void> {
  await tx.query(
    `update payer_difference set gone_at = $3
      where region_code = $1 and day = $2 and gone_at is null
        and kind in ('missing-there', 'paid-there-only', 'unknown-here')
        and (settlement_id, kind) not in (select * from unnest($4::text[], $5::text[]))`,
    [regionCode, day, at, found.map((each) => each.settlementId), found.map((each) => each.kind)],
  )
}

/** The differences of a day, and when the day was last reconciled. */
export async function ofDay(
  db: Queryable,
  regionCode: string,
  day: CivilDay,
): Promise<{ reconciledAt?: Date; differences: (PayerDifference & { foundAt: Date; goneAt?: Date })[] }> {
  const runs = await db.query<{ ran_at: Date }>(
    'select ran_at from payer_reconciliation where region_code = $1 and day = $2',
    [regionCode, day],
  )
  const { rows } = await db.query<{
    settlement_id: string
    kind: DifferenceKind
    ours: string
    theirs: string
    found_at: Date
    gone_at: Date | null
  }>(
    `select settlement_id, kind, ours, theirs, found_at, gone_at from payer_difference
      where region_code = $1 and day = $2 order by difference_id`,
    [regionCode, day],
  )
  return {
    ...(runs.rows[0] === undefined ? {} : { reconciledAt: runs.rows[0].ran_at }),
    differences: rows.map((row) => ({
      day,
      settlementId: row.settlement_id,
      kind: row.kind,
      ours: row.ours,
      theirs: row.theirs,
      foundAt: row.found_at,
      ...(row.gone_at === null ? {} : { goneAt: row.gone_at }),
    })),
  }
}

/** Marks as gone what was flagged about one settlement while its answer was unknown. */
export async function markAnswered(
  tx: Queryable,
  regionCode: string,
  settlementId: string,
  kinds: readonly DifferenceKind[],
  at: Date,
): Promise<void> {
  await tx.query(
    `update payer_difference set gone_at = $4
      where region_code = $1 and settlement_id = $2 and kind = any($3) and gone_at is null`,
    [regionCode, settlementId, kinds, at],
  )
}

/** How far back a day is still looked at. */
const DAYS_BACK = 31

/**
 * The days before `today` that want reconciling: yesterday; those that no run has seen whole; those of which something
 * was answered or taken back after the run; those whose differences are still there. Oldest first.
 */
export async function daysDue(db: Queryable, regionCode: string, today: CivilDay): Promise<CivilDay[]> {
  const { rows } = await db.query<{ day: CivilDay }>(
    `select d.day::text
       from (select s::date as day from generate_series($2::date - $3::int, $2::date - 1, interval '1 day') s) d
       left join payer_reconciliation c on c.region_code = $1 and c.day = d.day
      where d.day = $2::date - 1
         or (c.ran_at is null or c.ran_at < (d.day + 1)::timestamp at time zone 'Asia/Shanghai')
            and (d.day > (select max(day) from payer_reconciliation where region_code = $1)
                 or exists (select from payer_request r where r.region_code = $1 and r.day = d.day))
         or exists (select from payer_request r
                     where r.region_code = $1 and r.day = d.day
                       and greatest(r.answered_at, r.cancelled_at) >= c.ran_at)
         or exists (select from payer_difference f
                     where f.region_code = $1 and f.day = d.day and f.gone_at is null
                       and f.kind in ('missing-there', 'paid-there-only', 'unknown-here'))
      order by d.day`,
    [regionCode, today, DAYS_BACK],
  )
  return rows.map(({ day }) => day)
}

/** Keeps that a day was reconciled, and with what result. */
export async function recordRun(
  tx: Queryable,
  regionCode: string,
  day: CivilDay,
  counts: { readonly ours: number; readonly theirs: number; readonly differences: number },
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into payer_reconciliation (region_code, day, ran_at, ours, theirs, differences)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (region_code, day) do update
       set ran_at = excluded.ran_at, ours = excluded.ours, theirs = excluded.theirs, differences = excluded.differences`,
    [regionCode, day, at, counts.ours, counts.theirs, counts.differences],
  )
}
