import type { CivilDay } from '../../domain/primitives/civil-day.ts'
import type { Queryable } from '../database.ts'

/** A drug of a running qualification whose re-assessment falls due. */
export interface DueReassessment {
  readonly personId: string
  readonly drugCode: string
  readonly hospitalId?: string
  readonly documentNo?: string
  readonly assessedOn?: CivilDay
  readonly dueOn: CivilDay
  /** Says where the item stands in the list, without naming anybody. */
  readonly place: string
}

/** Which of them to list. */
export interface DueQuery {
  /** Kind of the qualification. */
  readonly kind: string
  /** JSON: days by drug code, `*` for the others. */
  readonly periods: string
  readonly today: CivilDay
  readonly dueBy: CivilDay
  readonly hospitalId?: string
  readonly after?: string
  readonly limit: number
}

/** What falls due up to a day, the earliest first; treatments whose payment has ended are over. @see SX-7 */
export async function dueReassessments(
  db: Queryable,
  regionCode: string,
  query: DueQuery,
): Promise<DueReassessment[]> {
  const { rows } = await db.query<{
    person_id: string
    drug_code: string
    hospital_id: string | null
    document_no: string | null
    assessed_on: string | null
    due_on: string
    place: string
  }>(
    `with due as (
       select data ->> 'personId' as person_id, code as drug_code, data ->> 'hospitalId' as hospital_id,
              data ->> 'documentNo' as document_no, data ->> 'assessedOn' as assessed_on,
              (coalesce((data ->> 'assessedOn')::date, valid_from)
                + coalesce(($3::jsonb ->> code)::int, ($3::jsonb ->> '*')::int))::text as due_on,
              encode(sha256(convert_to(key || '/' || code, 'UTF8')), 'hex') as mark
         from register_entry cross join lateral jsonb_array_elements_text(data -> 'drugCodes') as drug(code)
        where region_code = $1 and register = 'qualification' and data ->> 'kind' = $2
          and valid_from <= $4 and (valid_to is null or valid_to >= $4)
          and coalesce(data ->> 'assessment', 'continues') = 'continues'
          and ($6::text is null or data ->> 'hospitalId' = $6)
     )
     select person_id, drug_code, hospital_id, document_no, assessed_on, due_on, due_on || '.' || mark as place
       from due
      where due_on <= $5 and ($7::text is null or due_on || '.' || mark > $7 collate "C")
      order by (due_on || '.' || mark) collate "C"
      limit $8`,
    [
      regionCode,
      query.kind,
      query.periods,
      query.today,
      query.dueBy,
      query.hospitalId ?? null,
      query.after ?? null,
      query.limit,
    ],
  )
  return rows.map((row) => ({
    personId: row.person_id,
    drugCode: row.drug_code,
    ...(row.hospital_id === null ? {} : { hospitalId: row.hospital_id }),
    ...(row.document_no === null ? {} : { documentNo: row.document_no }),
    ...(row.assessed_on === null ? {} : { assessedOn: row.assessed_on }),
    dueOn: row.due_on,
    place: row.place,
  }))
}
