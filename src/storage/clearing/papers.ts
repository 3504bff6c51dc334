import type { Queryable } from '../database.ts'

/** When a dispense was handed over; absent while it wasn't. */
export async function findDispenseTimes(
  db: Queryable,
  regionCode: string,
  dispenseId: string,
): Promise<{ readonly handedOverAt?: Date }> {
  const { rows } = await db.query<{ handed_over_at: Date | null }>(
    'select handed_over_at from dispense where region_code = $1 and dispense_id = $2',
    [regionCode, dispenseId],
  )
  const at = rows[0]?.handed_over_at ?? null
  return at === null ? {} : { handedOverAt: at }
}

/** A settlement of which papers can be made out. */
export interface PaperedSettlement {
  readonly settlementId: string
  readonly handedOver: boolean
}

/**
 * The newest settlement of a prescription that the patient has papers of: one that stands, or one that was reversed
 * after its hand-over; undefined when there is none.
 */
export async function findPapered(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<PaperedSettlement | undefined> {
  const { rows } = await db.query<{ settlement_id: string; handed_over: boolean }>(
    `select s.settlement_id, d.handed_over_at is not null as handed_over
       from settlement s
       join dispense d using (region_code, dispense_id)
      where s.region_code = $1 and s.prescription_no = $2 and s.adjudication is not null
        and (s.status = 'settled' or s.status = 'reversed' and d.handed_over_at is not null)
      order by s.decided_at desc, s.settlement_id desc
      limit 1`,
    [regionCode, prescriptionNo],
  )
  const row = rows[0]
  return row === undefined ? undefined : { settlementId: row.settlement_id, handedOver: row.handed_over }
}
