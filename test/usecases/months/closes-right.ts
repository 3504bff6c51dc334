import type { Pool } from 'pg'
import { endOf, firstDay, type Month } from '../../../src/domain/clearing/month.ts'

/**
 * Compares a closed month's statements with the ledger, added up in another way: straight from the lines.
 *
 * @returns what disagrees, in words
 */
export async function monthDisagrees(pool: Pool, regionCode: string, month: Month): Promise<string[]> {
  const { rows } = await pool.query(
    `
    with owed as (
      select split_part(l.account, ':', 2) as institution_id, p.kind, p.day, l.amount_fen as fen
        from posting_line l join posting p using (region_code, posting_id)
       where region_code = $1 and l.account ~ '^institution:[^:]+:(receivable|deduction)$'
    ), told as (
      select institution_id,
             coalesce(sum(fen) filter (where day < $3), 0) as opening,
             coalesce(sum(fen) filter (where day >= $3 and day < $4 and kind <> 'clearing'), 0) as due,
             coalesce(-sum(fen) filter (where day >= $3 and day < $4 and kind = 'clearing'), 0) as paid,
             coalesce(sum(fen) filter (where day < $4), 0) as closing
        from owed group by 1
    )
    select institution_id, t as ledger, s as statement
      from told t
      full join (select institution_id, opening_fen, due_fen, paid_fen, closing_fen from clearing_statement
                  where region_code = $1 and month = $2) s using (institution_id)
     where coalesce(t.opening, 0) <> s.opening_fen or coalesce(t.due, 0) <> s.due_fen
        or coalesce(t.paid, 0) <> s.paid_fen or coalesce(t.closing, 0) <> s.closing_fen
        or s.institution_id is null`,
    [regionCode, month, firstDay(month), endOf(month)],
  )
  return rows.map((row) => `${regionCode} ${month}: ${JSON.stringify(row)}`)
}

/** The statements of a region that are not paid. */
export async function unpaidStatements(pool: Pool, regionCode: string): Promise<string[]> {
  const { rows } = await pool.query<{ text: string }>(
    `select concat_ws(' ', region_code, month, institution_id, status) as text
       from clearing_statement where region_code = $1 and status <> 'paid'`,
    [regionCode],
  )
  return rows.map(({ text }) => text)
}
