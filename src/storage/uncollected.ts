import type { Queryable } from './database.ts'
import { type WithNulls, withoutNulls } from './without-nulls.ts'

/** A settlement that waits for its hand-over. */
export interface UncollectedRow {
  readonly prescriptionNo: string
  readonly dispenseId: string
  readonly settlementId: string
  readonly pharmacyId: string
  readonly state: 'settled' | 'deferred'
  readonly decidedAt: Date
  /** Exclusive: then the hub takes it back. */
  readonly collectUntil: Date
  /** Absent for a deferred one, which nobody has worked out. */
  readonly chargeFen?: number
  readonly fundFen?: number
  readonly patientFen?: number
}

/** Where a page begins: after this one. */
export type UncollectedPosition = Pick<UncollectedRow, 'collectUntil' | 'prescriptionNo'>

/**
 * What is settled or deferred and not handed over, the soonest to lapse first.
 *
 * @param pharmacyId only those of this supplier
 */
export async function listUncollected(
  db: Queryable,
  regionCode: string,
  pharmacyId: string | undefined,
  after: UncollectedPosition | undefined,
  limit: number,
): Promise<UncollectedRow[]> {
  const { rows } = await db.query<
    WithNulls<Omit<UncollectedRow, 'chargeFen' | 'fundFen' | 'patientFen'>> & {
      chargeFen: string | null
      fundFen: string | null
      patientFen: string | null
    }
  >({
    name: 'uncollected-list',
    text: `
    select p.prescription_no as "prescriptionNo", p.dispense_id as "dispenseId", s.settlement_id as "settlementId",
           p.pharmacy_id as "pharmacyId", p.state, s.decided_at as "decidedAt", p.hold_until as "collectUntil",
           s.charge_fen as "chargeFen", s.fund_fen as "fundFen", s.patient_fen as "patientFen"
      from prescription_state p
      join settlement s on s.region_code = p.region_code and s.dispense_id = p.dispense_id
                       and s.status in ('settled', 'deferred')
     where p.region_code = $1 and p.state in ('settled', 'deferred') and ($2::text is null or p.pharmacy_id = $2)
       and ($3::timestamptz is null or (p.hold_until, p.prescription_no) > ($3, $4::text))
     order by p.hold_until, p.prescription_no
     limit $5`,
    values: [
      regionCode,
      pharmacyId ?? null,
      after?.collectUntil ?? null,
      after?.prescriptionNo ?? null,
      limit,
    ],
  })
  return rows.map(({ chargeFen, fundFen, patientFen, ...row }) => ({
    ...withoutNulls<Omit<UncollectedRow, 'chargeFen' | 'fundFen' | 'patientFen'>>(row),
    ...(chargeFen === null ? {} : { chargeFen: Number(chargeFen) }),
    ...(fundFen === null ? {} : { fundFen: Number(fundFen) }),
    ...(patientFen === null ? {} : { patientFen: Number(patientFen) }),
  }))
}
