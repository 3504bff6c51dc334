import type { Fen } from '../domain/primitives/money.ts'
import { stayMeasure } from '../domain/settlement/year-movements.ts'
import type { Queryable } from './database.ts'

/** A hospital's statement of the deductible of one stay. */
export interface StayStatement {
  readonly regionCode: string
  readonly hospitalId: string
  readonly stayNo: string
  readonly personId: string
  readonly deductible: Fen
  /** Of it charged by the hospital itself. */
  readonly charged: Fen
  readonly at: Date
  readonly by: string
}

/**
 * Adds a statement; the newest counts.
 *
 * @returns its number within the stay; undefined when the stay is another person's
 */
export async function addStatement(tx: Queryable, statement: StayStatement): Promise<number | undefined> {
  const { rows } = await tx.query<{ statement_no: number }>(
    `insert into stay_deductible (region_code, hospital_id, stay_no, statement_no, person_id, deductible_fen,
                                  charged_fen, stated_at, stated_by)
     select $1, $2, $3, count(*) + 1, $4, $5, $6, $7, $8 from stay_deductible
      where region_code = $1 and hospital_id = $2 and stay_no = $3
     having count(*) filter (where person_id <> $4) = 0
     returning statement_no`,
    [
      statement.regionCode,
      statement.hospitalId,
      statement.stayNo,
      statement.personId,
      statement.deductible,
      statement.charged,
      statement.at,
      statement.by,
    ],
  )
  return rows[0]?.statement_no
}

/**
 * Locks the deductible of a stay until the transaction ends: a stay over the end of a year is charged under the locks
 * of two years. Nothing is locked where nothing was stated, and then nothing is charged.
 */
export async function lockStay(
  tx: Queryable,
  regionCode: string,
  hospitalId: string,
  stayNo: string,
): Promise<void> {
  await tx.query(
    `select from stay_deductible where region_code = $1 and hospital_id = $2 and stay_no = $3
      order by statement_no for update`,
    [regionCode, hospitalId, stayNo],
  )
}

/**
 * What is left of a person's deductible of a stay: what the hospital stated, less what it and the hub have charged.
 *
 * @returns undefined when the hospital stated nothing of such a stay of this person
 */
export async function deductibleLeft(
  db: Queryable,
  regionCode: string,
  hospitalId: string,
  stayNo: string,
  personId: string,
): Promise<Fen | undefined> {
  const { rows } = await db.query<{ unpaid: string }>(
    `select greatest(0, d.deductible_fen - d.charged_fen - coalesce((
              select sum(m.amount_fen) from person_year_movement m
               where m.region_code = $1 and m.person_id = $4 and m.measure = $5), 0))::text as unpaid
       from stay_deductible d
      where d.region_code = $1 and d.hospital_id = $2 and d.stay_no = $3 and d.person_id = $4
      order by d.statement_no desc limit 1`,
    [regionCode, hospitalId, stayNo, personId, stayMeasure(hospitalId, stayNo)],
  )
  return rows[0] === undefined ? undefined : BigInt(rows[0].unpaid)
}
