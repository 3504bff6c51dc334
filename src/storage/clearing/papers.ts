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

/** What left the pharmacy in one dispense: its batches, and its packs by line. */
export interface GoodsHanded {
  readonly batches: readonly {
    readonly lineNo: number
    /** Decimal text. */
    readonly quantity: string
    readonly batchNo: string
    readonly expiresOn: string
    /** Of the code list `no-trace-reasons`. */
    readonly noTraceReason?: string
  }[]
  readonly packs: readonly {
    readonly lineNo: number
    readonly serial: string
    /** Units taken of a pack that is split, decimal text; absent: the whole pack. */
    readonly part?: string
    /** It came back since. */
    readonly isReturned: boolean
  }[]
}

/** What was handed over of a dispense, in the order of its lines; nothing before the hand-over. */
export async function findGoodsHanded(
  db: Queryable,
  regionCode: string,
  dispenseId: string,
): Promise<GoodsHanded> {
  const values = [regionCode, dispenseId]
  const { rows: batches } = await db.query<{
    line_no: number
    quantity: string
    batch_no: string
    expires_on: string
    no_trace_reason: string | null
  }>({
    name: 'papers-batches',
    text: `select line_no, trim_scale(quantity)::text as quantity, batch_no, expires_on::text, no_trace_reason
             from dispense_batch where region_code = $1 and dispense_id = $2 order by line_no, batch_place`,
    values,
  })
  const { rows: packs } = await db.query<{
    line_no: number
    trace_code: string
    quantity: string | null
    returned: boolean
  }>({
    name: 'papers-packs',
    text: `select line_no, trace_code, trim_scale(quantity)::text as quantity, return_id is not null as returned
             from trace_code where region_code = $1 and dispense_id = $2 and sold_at is not null
            order by line_no, trace_code, gtin`,
    values,
  })
  return {
    batches: batches.map((row) => ({
      lineNo: row.line_no,
      quantity: row.quantity,
      batchNo: row.batch_no,
      expiresOn: row.expires_on,
      ...(row.no_trace_reason === null ? {} : { noTraceReason: row.no_trace_reason }),
    })),
    packs: packs.map((row) => ({
      lineNo: row.line_no,
      serial: row.trace_code,
      ...(row.quantity === null ? {} : { part: row.quantity }),
      isReturned: row.returned,
    })),
  }
}

/** A settlement of which papers can be made out. */
export interface PaperedSettlement {
  readonly settlementId: string
  readonly pharmacyId: string
  readonly decidedAt: Date
  readonly isReversed: boolean
}

/**
 * All settlements of a prescription that there are papers of, newest first: those that stand, and those that were
 * reversed: a receipt may have gone out for them.
 *
 * @param pharmacyId only those of this supplier
 */
export async function findPapered(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
  pharmacyId?: string,
): Promise<PaperedSettlement[]> {
  const { rows } = await db.query<{
    settlement_id: string
    pharmacy_id: string
    decided_at: Date
    reversed: boolean
  }>({
    name: 'settlements-papered',
    text: `
     select s.settlement_id, s.pharmacy_id, s.decided_at, s.status = 'reversed' as reversed
       from settlement s
      where s.region_code = $1 and s.prescription_no = $2 and s.adjudication is not null
        and ($3::text is null or s.pharmacy_id = $3)
        and s.status in ('settled', 'reversed')
      order by s.decided_at desc, s.settlement_id desc`,
    values: [regionCode, prescriptionNo, pharmacyId ?? null],
  })
  return rows.map((row) => ({
    settlementId: row.settlement_id,
    pharmacyId: row.pharmacy_id,
    decidedAt: row.decided_at,
    isReversed: row.reversed,
  }))
}
