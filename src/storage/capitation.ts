import type { Fen } from '../domain/primitives/money.ts'
import type { Scheme } from '../domain/registers.ts'
import type { CapitationUse } from '../domain/settlement/capitation-year.ts'
import type { Queryable } from './database.ts'

/** The capitation year of an institution, as far as it was opened by a grant. */
export interface CapitationYear {
  readonly scheme: Scheme
  readonly settledAt?: Date
  /** JSON of the outcome. */
  readonly outcome?: string
}

/**
 * Opens and locks the year of an institution until the transaction ends.
 *
 * @param scheme of the persons, when the year has to be opened
 * @returns undefined when it was never opened and no scheme is given
 */
export async function lockYear(
  tx: Queryable,
  regionCode: string,
  institutionId: string,
  year: number,
  scheme?: Scheme,
): Promise<CapitationYear | undefined> {
  if (scheme !== undefined) {
    await tx.query(
      `insert into capitation_year (region_code, institution_id, year, scheme) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [regionCode, institutionId, year, scheme],
    )
  }
  const { rows } = await tx.query<{ scheme: Scheme; settled_at: Date | null; outcome: string | null }>(
    `select scheme, settled_at, outcome from capitation_year
      where region_code = $1 and institution_id = $2 and year = $3 for update`,
    [regionCode, institutionId, year],
  )
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    scheme: row.scheme,
    ...(row.settled_at === null ? {} : { settledAt: row.settled_at }),
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
  }
}

/** What the grants of a year come to so far, in fen. Call under `lockYear`. */
export async function granted(
  tx: Queryable,
  regionCode: string,
  institutionId: string,
  year: number,
): Promise<Fen> {
  const { rows } = await tx.query<{ budget: string }>(
    `select coalesce(sum(budget_fen), 0)::text as budget from capitation_grant
      where region_code = $1 and institution_id = $2 and year = $3`,
    [regionCode, institutionId, year],
  )
  return BigInt(rows[0]!.budget)
}

/** One grant; its entry must have been posted. Call under `lockYear`. @returns its number within the year */
export async function addGrant(
  tx: Queryable,
  grant: {
    readonly regionCode: string
    readonly institutionId: string
    readonly year: number
    readonly persons: number
    readonly perPerson: Fen
    readonly budget: Fen
    readonly advance: Fen
    readonly reason: string
    readonly at: Date
    readonly by: string
    readonly postingId: string
  },
): Promise<number> {
  const { rows } = await tx.query<{ grant_no: number }>(
    `insert into capitation_grant (region_code, institution_id, year, grant_no, persons, per_person_fen, budget_fen,
                                   advance_fen, reason, granted_at, granted_by, posting_id)
     select $1, $2, $3, count(*) + 1, $4, $5, $6, $7, $8, $9, $10, $11 from capitation_grant
      where region_code = $1 and institution_id = $2 and year = $3
     returning grant_no`,
    [
      grant.regionCode,
      grant.institutionId,
      grant.year,
      grant.persons,
      grant.perPerson,
      grant.budget,
      grant.advance,
      grant.reason,
      grant.at,
      grant.by,
      grant.postingId,
    ],
  )
  return rows[0]!.grant_no
}

/** Settles a year, once. */
export async function settleYear(
  tx: Queryable,
  regionCode: string,
  institutionId: string,
  year: number,
  settled: {
    readonly at: Date
    readonly by: string
    readonly outcome: string
    readonly postingId?: string
  },
): Promise<void> {
  await tx.query(
    `update capitation_year set settled_at = $4, settled_by = $5, outcome = $6, posting_id = $7
      where region_code = $1 and institution_id = $2 and year = $3`,
    [regionCode, institutionId, year, settled.at, settled.by, settled.outcome, settled.postingId ?? null],
  )
}

/** How a year stands for one institution. */
export interface CapitationStanding extends CapitationUse {
  readonly institutionId: string
  readonly persons: number
  readonly grants: number
  readonly settledAt?: Date
  readonly outcome?: string
}

/**
 * Granted and used, by institution, from the grants and the ledger; institutions with either.
 *
 * A use counts in the year of its day in the books; a reversal in the year in which it is booked.
 *
 * @param institutionId only this one
 */
export async function standings(
  db: Queryable,
  regionCode: string,
  year: number,
  institutionId?: string,
): Promise<CapitationStanding[]> {
  const { rows } = await db.query<{
    institution_id: string
    persons: string
    grants: string
    budget: string
    advanced: string
    used: string
    earned: string
    settled_at: Date | null
    outcome: string | null
  }>(
    `
    with granted as (
      select institution_id, sum(persons) as persons, count(*) as grants, sum(budget_fen) as budget,
             sum(advance_fen) as advanced
        from capitation_grant
       where region_code = $1 and year = $2 and ($3::text is null or institution_id = $3)
       group by institution_id
    ), moved as (
      select split_part(l.account, ':', 2) as institution_id,
             -coalesce(sum(l.amount_fen) filter (where l.account like 'capitation:%'), 0) as used,
             coalesce(sum(l.amount_fen) filter (where l.account like 'institution:%'), 0) as earned
        from posting_line l
        join posting p on p.region_code = l.region_code and p.posting_id = l.posting_id
       where l.region_code = $1 and p.kind <> 'capitation'
         and p.day >= make_date($2::int, 1, 1) and p.day < make_date($2::int + 1, 1, 1)
         and case when $3::text is null
                  then l.account like 'capitation:%' or l.account like 'institution:%:prepaid'
                  else l.account in ('capitation:' || $3::text, 'institution:' || $3::text || ':prepaid') end
       group by 1
    )
    select institution_id, coalesce(both_of.persons, 0) as persons, coalesce(grants, 0) as grants,
           coalesce(budget, 0) as budget, coalesce(advanced, 0) as advanced, coalesce(used, 0) as used,
           coalesce(earned, 0) as earned, y.settled_at, y.outcome
      from (select * from granted full join moved using (institution_id)) as both_of
      left join (select institution_id, settled_at, outcome from capitation_year
                  where region_code = $1 and year = $2) as y using (institution_id)
     order by institution_id`,
    [regionCode, year, institutionId ?? null],
  )
  return rows.map((row) => ({
    institutionId: row.institution_id,
    persons: Number(row.persons),
    grants: Number(row.grants),
    budget: BigInt(row.budget),
    advanced: BigInt(row.advanced),
    used: BigInt(row.used),
    earned: BigInt(row.earned),
    ...(row.settled_at === null ? {} : { settledAt: row.settled_at }),
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
  }))
}
