import type { SupplyChange } from '../domain/prescription/decision.ts'
import type { Queryable } from './database.ts'

/**
 * Records that goods came back: the return with its lines, what is left of the supply, and the packs, which may be sold
 * again unless they are barred.
 *
 * @throws check violation of `returned_once` when more comes back than was handed over
 */
export async function returnSupply(
  tx: Queryable,
  regionCode: string,
  prescriptionNo: string,
  change: Extract<SupplyChange, { kind: 'returned' }>,
  at: Date,
): Promise<void> {
  const { lines } = change
  await tx.query({
    name: 'supply-return',
    text: `
    with returned as (
      insert into supply_return (region_code, return_id, dispense_id, prescription_no, reason_code, returned_at,
                                 actor_kind, actor_id, settlement_id, resettlement_id)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ), of_line as (
      insert into supply_return_line (region_code, return_id, line_no, quantity)
      select $1, $2, l.line_no, l.quantity from unnest($11::int[], $12::numeric[]) as l(line_no, quantity)
    ), of_supply as (
      update dispense_line d set returned = d.returned + l.quantity
        from unnest($11::int[], $12::numeric[]) as l(line_no, quantity)
       where d.region_code = $1 and d.dispense_id = $3 and d.line_no = l.line_no
    ), packs as (
      update trace_code set returned_at = case when not $13 then $6::timestamptz end, return_id = $2, barred = $13
       where region_code = $1 and dispense_id = $3 and sold_at is not null and returned_at is null and return_id is null
         and (trace_code, line_no) in (select * from unnest($14::text[], $15::int[]))
    )
    update dispense set returned_at = $6 where region_code = $1 and dispense_id = $3 and $16`,
    values: [
      regionCode,
      change.returnId,
      change.dispenseId,
      prescriptionNo,
      change.reasonCode,
      at,
      change.by.kind,
      change.by.id,
      change.settlementId,
      change.resettlementId ?? null,
      lines.map((line) => line.lineNo),
      lines.map((line) => line.quantity),
      change.isBarred,
      lines.flatMap((line) => line.traceCodes),
      lines.flatMap((line) => line.traceCodes.map(() => line.lineNo)),
      change.isWhole,
    ],
  })
}

/** The packs of a prescription's supplies that are with the patient: by supply, then by line. */
export async function soldCodes(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<ReadonlyMap<string, ReadonlyMap<number, readonly string[]>>> {
  const { rows } = await db.query<{ dispense_id: string; line_no: number; codes: string[] }>({
    name: 'sold-codes',
    text: `
    select t.dispense_id, t.line_no, array_agg(t.trace_code order by t.trace_code) as codes
      from dispense d join trace_code t using (region_code, dispense_id)
     where d.region_code = $1 and d.prescription_no = $2 and t.sold_at is not null and t.returned_at is null
       and t.return_id is null
     group by t.dispense_id, t.line_no`,
    values: [regionCode, prescriptionNo],
  })
  const all = new Map<string, Map<number, readonly string[]>>()
  for (const { dispense_id, line_no, codes } of rows) {
    const lines = all.get(dispense_id) ?? new Map<number, readonly string[]>()
    all.set(dispense_id, lines.set(line_no, codes))
  }
  return all
}

/** What a settlement anew rests on: the old one as stored, and what was stated of other benefits. */
export interface StoredBasis {
  readonly adjudication: string
  /** JSON of the facts that it was judged on; absent when none were kept. */
  readonly facts?: string
}

/** Reads what the settlements of a prescription rest on, by settlement. Only effective ones. */
export async function resettlementBases(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<ReadonlyMap<string, StoredBasis>> {
  const { rows } = await db.query<{ settlement_id: string; adjudication: string; facts: string | null }>({
    name: 'resettlement-bases',
    text: `
    select s.settlement_id, s.adjudication, (
             select c.facts from decision c
              where c.region_code = s.region_code and c.prescription_no = $2 and c.step = 'settlement'
                and c.decided_at <= s.decided_at
              order by c.decided_at desc, c.decision_id desc limit 1) as facts
      from dispense d join settlement s using (region_code, dispense_id)
     where d.region_code = $1 and d.prescription_no = $2 and s.status = 'settled'`,
    values: [regionCode, prescriptionNo],
  })
  return new Map(
    rows.map(({ settlement_id, adjudication, facts }) => [
      settlement_id,
      { adjudication, ...(facts === null ? {} : { facts }) },
    ]),
  )
}

/** Of which prescription a supply is; undefined when the region has none of that id. */
export async function prescriptionOfSupply(
  db: Queryable,
  regionCode: string,
  dispenseId: string,
): Promise<string | undefined> {
  const { rows } = await db.query<{ prescription_no: string }>({
    name: 'prescription-of-supply',
    text: 'select prescription_no from dispense where region_code = $1 and dispense_id = $2',
    values: [regionCode, dispenseId],
  })
  return rows[0]?.prescription_no
}
