import type { CivilDay } from '../domain/primitives/civil-day.ts'
import type { Queryable } from './database.ts'

/** A hospital's refusal of a request for an outside prescription (外配处方). */
export interface OutsideRefusal {
  readonly refusalId: string
  readonly hospitalId: string
  readonly physicianId: string
  readonly drugCode: string
  readonly reasonCode: string
  readonly refusedOn: CivilDay
  readonly recordedAt: Date
}

/** Records a refusal. @see MZ-9.3 */
export async function addRefusal(
  tx: Queryable,
  regionCode: string,
  refusal: OutsideRefusal,
  recordedBy: string,
): Promise<void> {
  await tx.query(
    `insert into outside_prescription_refusal
       (region_code, refusal_id, hospital_id, physician_id, drug_code, reason_code, refused_on, recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      regionCode,
      refusal.refusalId,
      refusal.hospitalId,
      refusal.physicianId,
      refusal.drugCode,
      refusal.reasonCode,
      refusal.refusedOn,
      refusal.recordedAt,
      recordedBy,
    ],
  )
}

/**
 * The refusals of a region, or of one hospital in it, by id, which follows time.
 *
 * @param filter.after the last id of the page before
 * @see MZ-9.3
 */
export async function listRefusals(
  db: Queryable,
  regionCode: string,
  filter: { readonly hospitalId?: string; readonly after?: string; readonly limit: number },
): Promise<OutsideRefusal[]> {
  const { rows } = await db.query<OutsideRefusal>(
    `select refusal_id as "refusalId", hospital_id as "hospitalId", physician_id as "physicianId",
            drug_code as "drugCode", reason_code as "reasonCode", refused_on::text as "refusedOn",
            recorded_at as "recordedAt"
       from outside_prescription_refusal
      where region_code = $1
        and ($2::text is null or hospital_id = $2)
        and ($3::uuid is null or refusal_id > $3)
      order by refusal_id
      limit $4`,
    [regionCode, filter.hospitalId ?? null, filter.after ?? null, filter.limit],
  )
  return rows
}
