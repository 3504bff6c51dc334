import type { Month } from '../../domain/clearing/month.ts'
import type { Movement } from '../../domain/clearing/statement.ts'
import type { CivilDay } from '../../domain/primitives/civil-day.ts'
import type { Fen } from '../../domain/primitives/money.ts'
import type { Queryable } from '../database.ts'

/** How far the figures of a closed month are. */
export interface Run {
  readonly regionCode: string
  readonly month: Month
  readonly closedAt: Date
  /** The next day to add up. */
  readonly nextDay: CivilDay
  /** Entries added up so far. */
  readonly postings: number
  readonly finishedAt?: Date
}

/** Opens the run of a month; nothing happens when it is open already. */
export async function openRun(
  tx: Queryable,
  regionCode: string,
  month: Month,
  nextDay: CivilDay,
  closedBy: string,
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into clearing_run (region_code, month, closed_at, closed_by, next_day) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [regionCode, month, at, closedBy, nextDay],
  )
}

/** Reads a run. @param lock keeps others from working on it until the transaction ends */
export async function findRun(
  db: Queryable,
  regionCode: string,
  month: Month,
  lock = false,
): Promise<Run | undefined> {
  const { rows } = await db.query<{
    closed_at: Date
    next_day: CivilDay
    postings: string
    finished_at: Date | null
  }>(
    `select closed_at, next_day::text, postings, finished_at from clearing_run
      where region_code = $1 and month = $2 ${lock ? 'for update' : ''}`,
    [regionCode, month],
  )
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    regionCode,
    month,
    closedAt: row.closed_at,
    nextDay: row.next_day,
    postings: Number(row.postings),
    ...(row.finished_at === null ? {} : { finishedAt: row.finished_at }),
  }
}

/**
 * Adds up one day in the database: nothing but the counts travels.
 *
 * @returns how many entries the day had
 */
export async function addDay(
  tx: Queryable,
  regionCode: string,
  month: Month,
  day: CivilDay,
  nextDay: CivilDay,
): Promise<number> {
  const { rows } = await tx.query<{ postings: string }>(
    `
    with entry as materialized (
      select posting_id, kind from posting
       where region_code = $1 and day = $3 and kind not in ('reservation', 'release')
    ), moved as (
      select split_part(l.account, ':', 2) as institution_id,
             case when l.account like 'capitation:%' then 'capitation' else split_part(l.account, ':', 3) end as account,
             e.kind, sum(l.amount_fen) as amount, count(*) as entries
        from entry e
        join posting_line l on l.region_code = $1 and l.posting_id = e.posting_id
       where l.account like 'institution:%' or l.account like 'capitation:%'
       group by 1, 2, 3
    ), added as (
      insert into clearing_movement (region_code, month, institution_id, account, kind, amount_fen, entries)
      select $1, $2, institution_id, account, kind, amount, entries from moved
      on conflict (region_code, month, institution_id, account, kind) do update
        set amount_fen = clearing_movement.amount_fen + excluded.amount_fen,
            entries = clearing_movement.entries + excluded.entries
    )
    update clearing_run set next_day = $4, postings = postings + (select count(*) from entry)
     where region_code = $1 and month = $2 and finished_at is null
    returning (select count(*) from entry) as postings`,
    [regionCode, month, day, nextDay],
  )
  if (rows[0] === undefined) throw new Error(`no open run for ${regionCode} ${month}`)
  return Number(rows[0].postings)
}

/** Marks a run as finished: its figures are final. */
export async function finishRun(tx: Queryable, regionCode: string, month: Month, at: Date): Promise<void> {
  await tx.query(
    'update clearing_run set finished_at = $3 where region_code = $1 and month = $2 and finished_at is null',
    [regionCode, month, at],
  )
}

/** An institution that gets a statement, with what was unpaid before and what the month moved. */
export interface InstitutionMonth {
  readonly institutionId: string
  readonly opening: Fen
  readonly movements: readonly Movement[]
}

/**
 * Every institution of a month: those of the register, those with entries, and those with something unpaid.
 *
 * @param institutionId only this one
 */
export async function institutionMonths(
  db: Queryable,
  regionCode: string,
  month: Month,
  institutionId?: string,
): Promise<InstitutionMonth[]> {
  const { rows } = await db.query<{
    institution_id: string
    opening: string
    movements: [string, string, string, string][] | null
  }>(
    `
    with earlier as (
      -- The statement before this month is the last word on what was unpaid.
      select distinct on (institution_id) institution_id, closing_fen
        from clearing_statement where region_code = $1 and month < $2 and ($3::text is null or institution_id = $3)
       order by institution_id, month desc
    ), moved as (
      select institution_id,
             jsonb_agg(jsonb_build_array(account, kind, amount_fen::text, entries::text) order by account, kind) as movements
        from clearing_movement
       where region_code = $1 and month = $2 and ($3::text is null or institution_id = $3)
       group by institution_id
    ), registered as (
      select distinct key as institution_id from register_entry
       where region_code = $1 and register = 'institution' and ($3::text is null or key = $3)
         and valid_from < (to_date($2, 'YYYY-MM') + interval '1 month')::date
         and (valid_to is null or valid_to >= to_date($2, 'YYYY-MM'))
    )
    select institution_id, coalesce(e.closing_fen, 0)::text as opening, m.movements
      from earlier e
      full join moved m using (institution_id)
      full join registered r using (institution_id)
     where r.institution_id is not null or m.institution_id is not null or e.closing_fen <> 0
     order by institution_id`,
    [regionCode, month, institutionId ?? null],
  )
  return rows.map((row) => ({
    institutionId: row.institution_id,
    opening: BigInt(row.opening),
    movements: (row.movements ?? []).map(([account, kind, amount, entries]) => ({
      account,
      kind,
      amount: BigInt(amount),
      entries: Number(entries),
    })),
  }))
}
