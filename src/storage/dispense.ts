import type { Buyer } from '../domain/prescription/buyer.ts'
import type { DispenseLine, HandedLine } from '../domain/prescription/supply.ts'
import { fenToJson } from '../domain/primitives/money.ts'
import { type Queryable, together } from './database.ts'
import { RELEASE } from './pack.ts'

/** One fulfilment (调配) of a prescription at one pharmacy. */
export interface DispenseRow {
  readonly dispenseId: string
  readonly prescriptionNo: string
  readonly pharmacyId: string
  readonly takenAt: Date
  readonly takenBy: 'inbox' | 'pickup-code' | 'paper' | 'counter'
  readonly pharmacistId?: string
  readonly reviewedAt?: Date
  readonly handedOverAt?: Date
  readonly returnedAt?: Date
}

/** Opens a dispense: the pharmacy has taken the prescription. */
export async function open(
  tx: Queryable,
  regionCode: string,
  dispense: Pick<DispenseRow, 'dispenseId' | 'prescriptionNo' | 'pharmacyId' | 'takenAt' | 'takenBy'>,
): Promise<void> {
  await tx.query({
    name: 'dispense-open',
    text: `insert into dispense (region_code, dispense_id, prescription_no, pharmacy_id, taken_at, taken_by)
           values ($1, $2, $3, $4, $5, $6)`,
    values: [
      regionCode,
      dispense.dispenseId,
      dispense.prescriptionNo,
      dispense.pharmacyId,
      dispense.takenAt,
      dispense.takenBy,
    ],
  })
}

/** Reads a dispense; undefined when there is none of that id. */
export async function find(
  db: Queryable,
  regionCode: string,
  dispenseId: string,
): Promise<DispenseRow | undefined> {
  const { rows } = await db.query<{
    dispense_id: string
    prescription_no: string
    pharmacy_id: string
    taken_at: Date
    taken_by: 'inbox' | 'pickup-code' | 'paper' | 'counter'
    pharmacist_id: string | null
    reviewed_at: Date | null
    handed_over_at: Date | null
    returned_at: Date | null
  }>({
    name: 'dispense-find',
    text: `select dispense_id, prescription_no, pharmacy_id, taken_at, taken_by, pharmacist_id, reviewed_at,
                  handed_over_at, returned_at
             from dispense where region_code = $1 and dispense_id = $2`,
    values: [regionCode, dispenseId],
  })
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    dispenseId: row.dispense_id,
    prescriptionNo: row.prescription_no,
    pharmacyId: row.pharmacy_id,
    takenAt: row.taken_at,
    takenBy: row.taken_by,
    ...(row.pharmacist_id === null ? {} : { pharmacistId: row.pharmacist_id }),
    ...(row.reviewed_at === null ? {} : { reviewedAt: row.reviewed_at }),
    ...(row.handed_over_at === null ? {} : { handedOverAt: row.handed_over_at }),
    ...(row.returned_at === null ? {} : { returnedAt: row.returned_at }),
  }
}

/** The newest review of a prescription, at whichever pharmacy. */
export interface NewestReview {
  readonly pharmacyId: string
  readonly reviewedAt: Date
  /** JSON of the review. */
  readonly review: string
}

/** Reads the newest review; undefined when no pharmacist has reviewed the prescription yet. */
export async function newestReview(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<NewestReview | undefined> {
  const { rows } = await db.query<NewestReview>(
    `select pharmacy_id as "pharmacyId", reviewed_at as "reviewedAt", review from dispense
      where region_code = $1 and prescription_no = $2 and reviewed_at is not null and review is not null
      order by reviewed_at desc limit 1`,
    [regionCode, prescriptionNo],
  )
  return rows[0]
}

/** Keeps the pharmacist's review. */
export async function recordReview(
  tx: Queryable,
  regionCode: string,
  dispenseId: string,
  pharmacistId: string,
  review: string,
  at: Date,
): Promise<void> {
  await tx.query({
    name: 'dispense-review',
    text: `update dispense set pharmacist_id = $3, review = $4, reviewed_at = $5
            where region_code = $1 and dispense_id = $2`,
    values: [regionCode, dispenseId, pharmacistId, review, at],
  })
}

/** Keeps who was checked at the counter, by which pharmacist. */
export async function recordBuyer(
  tx: Queryable,
  regionCode: string,
  dispenseId: string,
  buyer: Buyer,
  pharmacistId: string,
  at: Date,
): Promise<void> {
  await tx.query({
    name: 'dispense-buyer',
    text: `update dispense set buyer = $3, buyer_checked_by = $4, buyer_checked_at = $5
            where region_code = $1 and dispense_id = $2`,
    values: [regionCode, dispenseId, JSON.stringify(buyer), pharmacistId, at],
  })
}

/** Ends a dispense that didn't come to a hand-over; what it was promised of packs is free. */
export async function end(
  tx: Queryable,
  regionCode: string,
  dispenseId: string,
  at: Date,
  reason: string,
): Promise<void> {
  await tx.query({
    name: 'dispense-end',
    text: `with promised as (${RELEASE})
           update dispense set ended_at = $3, end_reason = $4
            where region_code = $1 and dispense_id = $2 and ended_at is null`,
    values: [regionCode, dispenseId, at, reason],
  })
}

/** Replaces the lines of a dispense: the pharmacy may ask again after a declined settlement. */
export async function setLines(
  tx: Queryable,
  regionCode: string,
  dispenseId: string,
  lines: readonly DispenseLine[],
): Promise<void> {
  const cleared = tx.query({
    name: 'dispense-lines-clear',
    text: 'delete from dispense_line where region_code = $1 and dispense_id = $2',
    values: [regionCode, dispenseId],
  })
  const set = tx.query({
    name: 'dispense-lines-set',
    text: `insert into dispense_line (region_code, dispense_id, line_no, drug_code, quantity, unit_price_fen, price_per)
           select $1, $2, l.line_no, l.drug_code, l.quantity, l.unit_price_fen, l.price_per
             from unnest($3::int[], $4::text[], $5::numeric[], $6::bigint[], $7::numeric[])
               as l(line_no, drug_code, quantity, unit_price_fen, price_per)`,
    values: [
      regionCode,
      dispenseId,
      lines.map((line) => line.lineNo),
      lines.map((line) => line.drugCode),
      lines.map((line) => line.quantity),
      lines.map(({ unitPriceFen: price }) => (typeof price === 'number' ? price : price.fen)),
      lines.map(({ unitPriceFen: price }) => (typeof price === 'number' ? '1' : price.per)),
    ],
  })
  await together(cleared, set)
}

/** The lines of a dispense. */
export async function lines(db: Queryable, regionCode: string, dispenseId: string): Promise<DispenseLine[]> {
  const { rows } = await db.query<{
    line_no: number
    drug_code: string
    quantity: string
    unit_price_fen: string
    price_per: string
    batch_no: string | null
    expires_on: string | null
  }>({
    name: 'dispense-lines',
    text: `select line_no, drug_code, trim_scale(quantity)::text as quantity, unit_price_fen,
                  trim_scale(price_per)::text as price_per, batch_no, expires_on::text
             from dispense_line where region_code = $1 and dispense_id = $2 order by line_no`,
    values: [regionCode, dispenseId],
  })
  return rows.map((row) => ({
    lineNo: row.line_no,
    drugCode: row.drug_code,
    quantity: row.quantity,
    unitPriceFen:
      row.price_per === '1'
        ? fenToJson(BigInt(row.unit_price_fen))
        : { fen: fenToJson(BigInt(row.unit_price_fen)), per: row.price_per },
    ...(row.batch_no === null ? {} : { batchNo: row.batch_no }),
    ...(row.expires_on === null ? {} : { expiresOn: row.expires_on }),
  }))
}

/**
 * Records a hand-over: the dispense, its batches, and the balance of the prescription's lines. Its packs: see `pack.ts`.
 *
 * @throws check violation of `nothing_beyond_prescribed` when more leaves than remains
 */
export async function handOver(
  tx: Queryable,
  regionCode: string,
  dispenseId: string,
  prescriptionNo: string,
  record: string,
  handed: readonly HandedLine[],
  at: Date,
): Promise<void> {
  await tx.query({
    name: 'dispense-hand-over',
    text: `
    with handed as (
      update dispense set hand_over = $3, handed_over_at = $4, ended_at = $4, end_reason = 'handed-over'
       where region_code = $1 and dispense_id = $2
    ), batch as (
      update dispense_line l set batch_no = h.batch_no, expires_on = h.expires_on
        from (select distinct on (line_no) * from unnest($5::int[], $6::text[], $7::date[])
                with ordinality as b(line_no, batch_no, expires_on, place) order by line_no, place) h
       where l.region_code = $1 and l.dispense_id = $2 and l.line_no = h.line_no
    ), balance as (
      update prescription_line p set dispensed = p.dispensed + l.quantity
        from dispense_line l
       where l.region_code = $1 and l.dispense_id = $2
         and p.region_code = $1 and p.prescription_no = $8 and p.line_no = l.line_no
    )
    insert into dispense_batch (region_code, dispense_id, line_no, batch_place, quantity, batch_no, expires_on,
                                no_trace_reason)
    select $1, $2, b.line_no, row_number() over (partition by b.line_no order by b.place), b.quantity, b.batch_no,
           b.expires_on, b.reason
      from unnest($5::int[], $6::text[], $7::date[], $9::numeric[], $10::text[])
             with ordinality as b(line_no, batch_no, expires_on, quantity, reason, place)`,
    values: [
      regionCode,
      dispenseId,
      record,
      at,
      handed.map((line) => line.lineNo),
      handed.map((line) => line.batchNo),
      handed.map((line) => line.expiresOn),
      prescriptionNo,
      handed.map((line) => line.quantity),
      handed.map((line) => line.noTraceReason ?? null),
    ],
  })
}
