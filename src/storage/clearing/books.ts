import type { Month } from '../../domain/clearing/month.ts'
import type { CivilDay } from '../../domain/primitives/civil-day.ts'
import type { Fen } from '../../domain/primitives/money.ts'
import type { Queryable } from '../database.ts'

/**
 * Keeps every other transaction from posting in a region until this one ends, and waits for those that are under way.
 */
export async function lockBooks(tx: Queryable, regionCode: string): Promise<void> {
  await tx.query('select lock_books($1, true)', [regionCode])
}

/** From which day the books of a region are open; undefined while no month was closed. */
export async function openFrom(db: Queryable, regionCode: string): Promise<CivilDay | undefined> {
  const { rows } = await db.query<{ day: CivilDay }>(
    'select open_from::text as day from ledger_calendar where region_code = $1',
    [regionCode],
  )
  return rows[0]?.day
}

/** The first month of a region that was closed, if any was. */
export async function firstClosed(db: Queryable, regionCode: string): Promise<Month | undefined> {
  const { rows } = await db.query<{ month: Month | null }>(
    'select min(month) as month from clearing_run where region_code = $1',
    [regionCode],
  )
  return rows[0]!.month ?? undefined
}

/** True when the region has a posting before that day. */
export async function hasPostingBefore(db: Queryable, regionCode: string, day: CivilDay): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>(
    'select exists (select from posting where region_code = $1 and day < $2) as found',
    [regionCode, day],
  )
  return rows[0]!.found
}

/** Closes everything before a day, for good. Call under `lockBooks`. */
export async function closeBefore(tx: Queryable, regionCode: string, day: CivilDay): Promise<void> {
  await tx.query(
    `insert into ledger_calendar (region_code, open_from) values ($1, $2)
     on conflict (region_code) do update set open_from = excluded.open_from`,
    [regionCode, day],
  )
}

/** One kind of account in the trial balance. */
export interface AccountTotal {
  /** Names of institutions left out: `institution:*:receivable`. */
  readonly account: string
  readonly amount: Fen
  readonly entries: number
}

/** The trial balance (试算平衡) of a region, by kind of account: its sum must be zero. */
export async function trialBalance(db: Queryable, regionCode: string): Promise<AccountTotal[]> {
  const { rows } = await db.query<{ account: string; amount: string; entries: string }>(
    `select regexp_replace(account, '^(institution|capitation):[^:]+', '\\1:*') as account,
            sum(amount) as amount, sum(entries) as entries
       from (select account, sum(amount_fen) as amount, count(*) as entries
               from posting_line where region_code = $1 group by account) as by_account
      group by 1
      order by 1`,
    [regionCode],
  )
  return rows.map((row) => ({
    account: row.account,
    amount: BigInt(row.amount),
    entries: Number(row.entries),
  }))
}

/** What is in no institution's account yet. */
export interface Pending {
  /** Settlements that were asked for and are not decided. */
  readonly settlements: number
  /** Fen, at the prices asked; who will bear it is not worked out yet. */
  readonly charge: Fen
  /** Settled, and waiting to be handed over: nothing of it is payable. */
  readonly uncollected: { readonly settlements: number; readonly charge: Fen; readonly fund: Fen }
}

/** What is pending in a region. Its rows keep it, so that what comes to nothing needs no entry to be taken back. */
export async function pending(db: Queryable, regionCode: string): Promise<Pending> {
  const { rows } = await db.query<{
    settlements: number
    charge: string
    uncollected: number
    uncollected_charge: string
    uncollected_fund: string
  }>(
    `select count(s.settlement_id)::int as settlements, coalesce(sum(asked.charge), 0)::text as charge,
            u.settlements as uncollected, u.charge::text as uncollected_charge, u.fund::text as uncollected_fund
       from (select count(*)::int as settlements, coalesce(sum(s.charge_fen), 0) as charge,
                    coalesce(sum(s.fund_fen), 0) as fund
               from prescription_state p
               join settlement s on s.region_code = p.region_code and s.dispense_id = p.dispense_id
                                and s.status = 'settled'
              where p.region_code = $1 and p.state in ('settled', 'deferred')) u
       left join settlement s on s.region_code = $1 and s.status = 'requested'
       left join lateral (
        select sum(case jsonb_typeof(l.price) when 'number' then round(l.quantity * (l.price #>> '{}')::numeric)
                     else round(l.quantity * (l.price ->> 'fen')::numeric / (l.price ->> 'per')::numeric) end) as charge
          from (select (line ->> 'quantity')::numeric as quantity, line -> 'unitPriceFen' as price
                  from jsonb_array_elements(s.request::jsonb -> 'lines') line) l) asked on true
      group by u.settlements, u.charge, u.fund`,
    [regionCode],
  )
  const row = rows[0]!
  return {
    settlements: row.settlements,
    charge: BigInt(row.charge),
    uncollected: {
      settlements: row.uncollected,
      charge: BigInt(row.uncollected_charge),
      fund: BigInt(row.uncollected_fund),
    },
  }
}

/** What is unpaid of an institution now, over all months. */
export async function unpaid(db: Queryable, regionCode: string, institutionId: string): Promise<Fen> {
  const { rows } = await db.query<{ amount: string }>(
    `select coalesce(sum(amount_fen), 0) as amount from posting_line
      where region_code = $1 and account = any($2)`,
    [regionCode, [`institution:${institutionId}:receivable`, `institution:${institutionId}:deduction`]],
  )
  return BigInt(rows[0]!.amount)
}
