import type { CivilDay } from '../../domain/primitives/civil-day.ts'
import type { Queryable } from '../database.ts'

export type UpwardState = 'due' | 'uploaded' | 'withdrawing' | 'withdrawn' | 'refused'

/** A prescription on its way to the centre above. */
export interface Upward {
  readonly regionCode: string
  readonly prescriptionNo: string
  readonly hospitalId: string
  readonly state: UpwardState
  readonly centreNo?: string
}

interface Row {
  readonly regionCode: string
  readonly prescriptionNo: string
  readonly hospitalId: string
  readonly state: UpwardState
  readonly centreNo: string | null
}

const COLUMNS = `region_code as "regionCode", prescription_no as "prescriptionNo", hospital_id as "hospitalId", state,
  centre_no as "centreNo"`

function upwardOf({ centreNo, ...row }: Row): Upward {
  return { ...row, ...(centreNo === null ? {} : { centreNo }) }
}

/** Marks what is not on its way yet: signed prescriptions of these hospitals since an instant. @returns what was marked */
export async function markDue(
  tx: Queryable,
  hospitalIds: readonly string[],
  since: Date,
  now: Date,
  most: number,
): Promise<Upward[]> {
  const { rows } = await tx.query<Row>(
    `insert into national_upward (region_code, prescription_no, hospital_id, state, changed_at)
     select p.region_code, p.prescription_no, p.hospital_id, 'due', $3
       from prescription p
       join prescription_state s using (region_code, prescription_no)
      where p.hospital_id = any ($1) and p.received_at >= $2 and s.state not in ('cancelled', 'expired')
        and p.signed_at is not null
        and not exists (select from national_upward u
                         where u.region_code = p.region_code and u.prescription_no = p.prescription_no)
      order by p.received_at limit $4
         on conflict do nothing
     returning ${COLUMNS}`,
    [hospitalIds, since, now, most],
  )
  return rows.map(upwardOf)
}

/** Marks what was uploaded and is cancelled here. @returns what was marked */
export async function markWithdrawing(tx: Queryable, now: Date, most: number): Promise<Upward[]> {
  const { rows } = await tx.query<Row>(
    `update national_upward u set state = 'withdrawing', changed_at = $1
       from (select u.region_code, u.prescription_no
               from national_upward u join prescription_state s using (region_code, prescription_no)
              where u.state = 'uploaded' and s.state = 'cancelled'
              limit $2 for update of u skip locked) as gone
      where u.region_code = gone.region_code and u.prescription_no = gone.prescription_no
      returning u.region_code as "regionCode", u.prescription_no as "prescriptionNo", u.hospital_id as "hospitalId",
                u.state, u.centre_no as "centreNo"`,
    [now, most],
  )
  return rows.map(upwardOf)
}

/** One; undefined when it is not on its way. */
export async function find(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<Upward | undefined> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from national_upward where region_code = $1 and prescription_no = $2`,
    [regionCode, prescriptionNo],
  )
  return rows[0] && upwardOf(rows[0])
}

/** Moves one on, if it is still where it was. @returns false when it was moved meanwhile */
export async function move(
  db: Queryable,
  { regionCode, prescriptionNo, state }: Upward,
  to: { readonly state: UpwardState; readonly centreNo?: string; readonly refusedWith?: number },
  now: Date,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update national_upward
        set state = $4, centre_no = coalesce($5, centre_no), refused_with = $6, changed_at = $7
      where region_code = $1 and prescription_no = $2 and state = $3`,
    [regionCode, prescriptionNo, state, to.state, to.centreNo ?? null, to.refusedWith ?? null, now],
  )
  return rowCount === 1
}

/** Uploaded ones of these hospitals that were not held against the centre on a day yet. */
export async function listToReconcile(
  db: Queryable,
  hospitalIds: readonly string[],
  day: CivilDay,
  most: number,
): Promise<Upward[]> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from national_upward
      where hospital_id = any ($1) and state = 'uploaded' and (reconciled_on is null or reconciled_on < $2)
      order by reconciled_on nulls first limit $3`,
    [hospitalIds, day, most],
  )
  return rows.map(upwardOf)
}

/** Keeps what the comparison of a day found. @param difference undefined when both say the same */
export async function keepReconciled(
  db: Queryable,
  { regionCode, prescriptionNo }: Upward,
  day: CivilDay,
  difference: string | undefined,
): Promise<void> {
  await db.query(
    `update national_upward set reconciled_on = $3, difference = $4 where region_code = $1 and prescription_no = $2`,
    [regionCode, prescriptionNo, day, difference ?? null],
  )
}
