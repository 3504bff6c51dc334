import type { NewPosting } from '../domain/ledger-entry.ts'
import type { Fen } from '../domain/primitives/money.ts'
import { type Queryable, together } from './database.ts'

/**
 * Posts one entry; nothing posted is ever changed.
 *
 * The day of the books is `day`, or the first open one when its month was closed meanwhile. Balances of a person's
 * year follow the order of posting: a settlement is judged as of the instant of its request, and moves the year of
 * that instant, but finds the deductible and the maximum as they are when it is posted. One that comes late is never
 * slipped in before those posted earlier, so nothing that a patient was told is taken back.
 * One that a payer outside is asked about finds them as they are when it is asked: what is reversed until the answer
 * comes changes it no more, and the next settlement finds the room.
 *
 * @throws SQLSTATE HB004 for lines that don't sum to zero
 */
export async function post(tx: Queryable, posting: NewPosting): Promise<void> {
  const measures = [...(posting.movements?.measures ?? [])].filter(([, amount]) => amount !== 0n)
  await tx.query({
    name: 'ledger-post',
    text: `
    with entry as (
      insert into posting (region_code, posting_id, kind, settlement_id, reverses_id, day, at)
      values ($1, $2, $3, $4, $5, ledger_day($1, $6), $7)
    ), movement as (
      insert into person_year_movement (region_code, person_id, year, posting_id, measure, amount_fen)
      select $1, $10, $11, $2, m.measure, m.amount from unnest($12::text[], $13::bigint[]) as m(measure, amount)
    )
    insert into posting_line (region_code, posting_id, line_no, account, amount_fen)
    select $1, $2, l.line_no, l.account, l.amount
      from unnest($8::text[], $9::bigint[]) with ordinality as l(account, amount, line_no)`,
    values: [
      posting.regionCode,
      posting.postingId,
      posting.kind,
      posting.settlementId ?? null,
      posting.reversesId ?? null,
      posting.day,
      posting.at,
      posting.lines.map((line) => line.account),
      posting.lines.map((line) => line.amount),
      posting.movements?.personId ?? null,
      posting.movements?.year ?? null,
      measures.map(([measure]) => measure),
      measures.map(([, amount]) => amount),
    ],
  })
}

/**
 * Locks a person's year and reads what was used up of it.
 *
 * @returns fen by measure; measures that never moved are absent
 */
export async function lockYear(
  tx: Queryable,
  regionCode: string,
  personId: string,
  year: number,
): Promise<ReadonlyMap<string, Fen>> {
  const opened = tx.query({
    name: 'year-open',
    text: 'insert into person_year (region_code, person_id, year) values ($1, $2, $3) on conflict do nothing',
    values: [regionCode, personId, year],
  })
  const locked = tx.query({
    name: 'year-lock',
    text: 'select 1 from person_year where region_code = $1 and person_id = $2 and year = $3 for update',
    values: [regionCode, personId, year],
  })
  const read = readYear(tx, regionCode, personId, year)
  return (await together(together(opened, locked), read))[1]
}

/** What was used up of a person's year, without a lock: for a quote. */
export async function readYear(
  db: Queryable,
  regionCode: string,
  personId: string,
  year: number,
): Promise<ReadonlyMap<string, Fen>> {
  const { rows } = await db.query<{ measure: string; amount: string }>({
    name: 'year-read',
    text: `select measure, sum(amount_fen) as amount from person_year_movement
            where region_code = $1 and person_id = $2 and year = $3 group by measure`,
    values: [regionCode, personId, year],
  })
  return new Map(rows.map((row) => [row.measure, BigInt(row.amount)]))
}
