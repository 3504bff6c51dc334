import type { Period } from '../../domain/reports/month.ts'
import type { Queryable } from '../database.ts'

/** What one fund account paid in one month, less what came back. */
export interface FundMonth {
  readonly month: string
  readonly account: string
  readonly settledFen: number
  readonly reversedFen: number
  readonly reimbursedFen: number
  readonly paidFen: number
}

/**
 * What each fund and capitation account paid by month, from the ledger.
 *
 * @param from first day of the first month
 * @see FS-4.2c, MZ-8
 */
export async function fundTrend(
  db: Queryable,
  regionCode: string,
  from: string,
  period: Period,
): Promise<FundMonth[]> {
  const { rows } = await db.query<{
    month: string
    account: string
    settled: string
    reversed: string
    reimbursed: string
    paid: string
  }>(
    `select to_char(p.day, 'YYYY-MM') as month, l.account,
            (-coalesce(sum(amount_fen) filter (where kind = 'settlement'), 0))::text as settled,
            coalesce(sum(amount_fen) filter (where kind = 'reversal'), 0)::text as reversed,
            (-coalesce(sum(amount_fen) filter (where kind = 'reimbursement'), 0))::text as reimbursed,
            (-sum(amount_fen))::text as paid
       from posting p join posting_line l using (region_code, posting_id)
      where p.region_code = $1 and p.day between $2 and $3
        and p.kind in ('settlement', 'reversal', 'reimbursement', 'adjustment')
        and (l.account like 'fund:%' or l.account like 'capitation:%')
      group by 1, 2
      order by 1, l.account collate "C"`,
    [regionCode, from, period.lastDay],
  )
  return rows.map((row) => ({
    month: row.month,
    account: row.account,
    settledFen: Number(row.settled),
    reversedFen: Number(row.reversed),
    reimbursedFen: Number(row.reimbursed),
    paidFen: Number(row.paid),
  }))
}

/** Holds that ran out at one pharmacy in a month. */
export interface LapsedHolds {
  readonly institutionId: string
  readonly taken: number
  readonly lapsed: number
}

/** Holds taken and holds run out, by pharmacy, from the events. */
export async function lapsedHolds(db: Queryable, regionCode: string, period: Period): Promise<LapsedHolds[]> {
  const { rows } = await db.query<{ institution_id: string; taken: number; lapsed: number }>(
    `select data::jsonb ->> 'pharmacyId' as institution_id,
            (count(*) filter (where type = 'taken'))::int as taken,
            (count(*) filter (where type = 'hold-lapsed'))::int as lapsed
       from prescription_event
      where region_code = $1 and at >= $2 and at < $3 and type in ('taken', 'hold-lapsed')
        and data::jsonb ? 'pharmacyId'
      group by 1 having count(*) filter (where type = 'hold-lapsed') > 0
      order by (data::jsonb ->> 'pharmacyId') collate "C"`,
    [regionCode, period.begins, period.ends],
  )
  return rows.map((row) => ({ institutionId: row.institution_id, taken: row.taken, lapsed: row.lapsed }))
}
