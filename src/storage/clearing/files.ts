import type { DifferenceKind, Explanation } from '../../domain/clearing/difference.ts'
import type { FileRow } from '../../domain/clearing/institution-file.ts'
import { endOf, firstDay, type Month } from '../../domain/clearing/month.ts'
import type { Queryable } from '../database.ts'

/** A file that an institution uploaded for matching. */
export interface ClearingFile {
  readonly regionCode: string
  readonly fileId: string
  readonly month: Month
  readonly institutionId: string
  readonly sha256: Buffer
  readonly bytes: number
  readonly rows: number
  readonly uploadedAt: Date
  readonly uploadedBy: string
}

/** Adds some lines. @throws unique violation when a line of a settlement, or a batch of it, comes twice */
export async function addFileLines(
  tx: Queryable,
  regionCode: string,
  fileId: string,
  rows: readonly FileRow[],
): Promise<void> {
  await tx.query({
    name: 'clearing-file-lines',
    text: `insert into clearing_file_line (region_code, file_id, settlement_id, line_no, drug_code, quantity,
                                           unit_price_fen, fund_fen, charge_fen, batch_no)
           select $1, $2, * from unnest($3::uuid[], $4::int[], $5::text[], $6::numeric[], $7::numeric[], $8::bigint[],
                                        $9::bigint[], $10::text[])`,
    values: [
      regionCode,
      fileId,
      rows.map((row) => row.settlementId),
      rows.map((row) => row.lineNo),
      rows.map((row) => row.drugCode),
      rows.map((row) => row.quantity),
      rows.map((row) => row.unitPriceFen),
      rows.map((row) => row.demandedFen),
      rows.map((row) => row.chargedFen ?? null),
      rows.map((row) => row.batchNo ?? ''),
    ],
  })
}

/** Adds the file itself. */
export async function addFile(tx: Queryable, file: ClearingFile): Promise<void> {
  await tx.query(
    `insert into clearing_file (region_code, file_id, month, institution_id, sha256, bytes, rows, uploaded_at, uploaded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      file.regionCode,
      file.fileId,
      file.month,
      file.institutionId,
      file.sha256,
      file.bytes,
      file.rows,
      file.uploadedAt,
      file.uploadedBy,
    ],
  )
}

/** The newest file of an institution for a month; undefined when there is none. */
export async function newestFile(
  db: Queryable,
  regionCode: string,
  month: Month,
  institutionId: string,
): Promise<ClearingFile | undefined> {
  const { rows } = await db.query<{
    file_id: string
    sha256: Buffer
    bytes: string
    rows: string
    uploaded_at: Date
    uploaded_by: string
  }>(
    `select file_id, sha256, bytes, rows, uploaded_at, uploaded_by from clearing_file
      where region_code = $1 and institution_id = $2 and month = $3
      order by uploaded_at desc, file_id desc limit 1`,
    [regionCode, institutionId, month],
  )
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    regionCode,
    fileId: row.file_id,
    month,
    institutionId,
    sha256: row.sha256,
    bytes: Number(row.bytes),
    rows: Number(row.rows),
    uploadedAt: row.uploaded_at,
    uploadedBy: row.uploaded_by,
  }
}

/**
 * The three-way match of ledger, dispense record and file, wholly in the database.
 *
 * @returns how many differences of each kind
 */
export async function matchFile(
  tx: Queryable,
  file: Pick<ClearingFile, 'regionCode' | 'fileId' | 'month' | 'institutionId'>,
): Promise<Partial<Record<DifferenceKind, number>>> {
  const { rows } = await tx.query<{ kind: DifferenceKind; n: string }>(
    `
    with booked as (
      select s.settlement_id, s.dispense_id,
             coalesce(sum(l.amount_fen), 0)::bigint as net,
             count(distinct p.posting_id) filter (where p.kind = 'settlement') as settled,
             count(distinct p.posting_id) filter (where p.kind = 'reversal') as reversed,
             (array_agg(p.posting_id order by p.posting_id desc))[1] as posting_id
        from settlement s
        join posting p on p.region_code = s.region_code and p.settlement_id = s.settlement_id
                      and p.kind in ('settlement', 'reversal') and p.day >= $4 and p.day < $5
        left join posting_line l on l.region_code = p.region_code and l.posting_id = p.posting_id
                      and l.account = 'institution:' || $3 || ':receivable'
       where s.region_code = $1 and s.pharmacy_id = $3
       group by s.settlement_id, s.dispense_id
    ), ours as (
      select b.*, case when reversed > settled then -1 else 1 end as sign, d.handed_over_at is not null as handed_over
        from booked b join dispense d on d.region_code = $1 and d.dispense_id = b.dispense_id
       where settled <> reversed
    ), row as (
      select * from clearing_file_line where region_code = $1 and file_id = $2
    ), line as (
      -- A line in several rows, one a batch, is one line. Its total is known when each row says it.
      select settlement_id, line_no, sum(quantity) as quantity, min(unit_price_fen) as lowest, max(unit_price_fen) as highest,
             sum(fund_fen) as fund_fen, case when count(charge_fen) = count(*) then sum(charge_fen) end as charge_fen,
             min(upper(drug_code)) as drug_code, min(drug_code) as as_written, count(distinct upper(drug_code)) as drugs
        from row group by settlement_id, line_no
    ), theirs as (
      select settlement_id, sum(fund_fen)::bigint as demanded from line group by settlement_id
    ), waiting as (
      select s.settlement_id
        from theirs t
        join settlement s on s.region_code = $1 and s.settlement_id = t.settlement_id and s.pharmacy_id = $3
                         and s.status = 'settled'
        join dispense d on d.region_code = $1 and d.dispense_id = s.dispense_id and d.handed_over_at is null
       where not exists (select from ours o where o.settlement_id = s.settlement_id)
    ), supplied as (
      -- By settlement: one of what the patient kept has fewer goods than left the pharmacy. The price is as precise as a
      -- file can say it: six decimals of a yuan.
      select s.settlement_id, d.line_no, d.drug_code, l.quantity, round(d.unit_price_fen / d.price_per, 4) as unit_price_fen,
             round(d.unit_price_fen * l.quantity / d.price_per) as charge_fen
        from ours o
        join settlement s on s.region_code = $1 and s.settlement_id = o.settlement_id
       cross join lateral jsonb_to_recordset(s.request::jsonb -> 'lines') as l("lineNo" int, quantity numeric)
        join dispense_line d on d.region_code = $1 and d.dispense_id = o.dispense_id and d.line_no = l."lineNo"
    ), handed as (
      select o.settlement_id, b.line_no, upper(normalize(b.batch_no, nfkc)) as batch_no, sum(b.quantity) as quantity
        from ours o join dispense_batch b on b.region_code = $1 and b.dispense_id = o.dispense_id
       group by 1, 2, 3
    ), batch_difference as (
      -- Of a settlement of what the patient kept, or of a return, a part of a batch is no difference; its sum is compared.
      select r.settlement_id, r.line_no,
             (select string_agg(h.batch_no || ' ' || trim_scale(h.quantity), ', ' order by h.batch_no) from handed h
               where h.settlement_id = r.settlement_id and h.line_no = r.line_no) as ours,
             string_agg(r.batch_no || ' ' || trim_scale(r.quantity), ', ' order by r.batch_no) as theirs
        from row r
        left join handed h on h.settlement_id = r.settlement_id and h.line_no = r.line_no and h.batch_no = r.batch_no
       where r.batch_no <> ''
       group by r.settlement_id, r.line_no
      having bool_or(h.batch_no is null or abs(r.quantity) > h.quantity)
    ), line_difference as (
      select o.settlement_id, coalesce(f.line_no, d.line_no) as line_no, o.posting_id,
             o.sign * d.quantity as ours_quantity, f.quantity as theirs_quantity,
             d.unit_price_fen as ours_price, case when f.highest is distinct from d.unit_price_fen then f.highest else f.lowest end
               as theirs_price,
             -- Beside a total the price of one unit may be rounded to a fen.
             case when f.charge_fen is null then f.lowest = d.unit_price_fen and f.highest = d.unit_price_fen
                  else f.lowest > d.unit_price_fen - 1 and f.highest < d.unit_price_fen + 1 end as same_price,
             o.sign * d.charge_fen as ours_charge, f.charge_fen as theirs_charge,
             d.drug_code as ours_drug, f.as_written as theirs_drug, f.drug_code = upper(d.drug_code) and f.drugs = 1 as same_drug,
             b.ours as ours_batches, b.theirs as theirs_batches
        from ours o
        join theirs t using (settlement_id)
        cross join lateral (
          select coalesce(f.line_no, d.line_no) as line_no
            from (select line_no from line where line.settlement_id = o.settlement_id) f
            full join (select line_no from supplied x where x.settlement_id = o.settlement_id) d using (line_no)
        ) each
        left join line f on f.settlement_id = o.settlement_id and f.line_no = each.line_no
        left join supplied d on d.settlement_id = o.settlement_id and d.line_no = each.line_no
        left join batch_difference b on b.settlement_id = o.settlement_id and b.line_no = each.line_no
    ), difference as (
      select 'missing-here' as kind,
             case when s.settlement_id is null then 'unknown-settlement'
                  when s.pharmacy_id <> $3 then 'of-another-institution'
                  when b.settlement_id is not null then 'taken-back-this-month'
                  when s.status = 'deferred' then 'deferred-to-manual'
                  when s.status = 'declined' then 'declined'
                  when s.status = 'requested' then 'undecided'
                  else 'settled-in-another-month' end as explanation,
             t.settlement_id, null::int as line_no, b.posting_id, null as ours, t.demanded::text as theirs
        from theirs t
        left join ours o using (settlement_id)
        left join booked b using (settlement_id)
        left join settlement s on s.region_code = $1 and s.settlement_id = t.settlement_id
        left join waiting w on w.settlement_id = t.settlement_id
       where o.settlement_id is null and w.settlement_id is null
      union all
      select 'missing-there',
             case when o.sign < 0 then 'return-not-in-file' when not o.handed_over then 'not-handed-over' else 'not-in-file' end,
             o.settlement_id, null, o.posting_id, o.net::text, null
        from ours o left join theirs t using (settlement_id)
       where t.settlement_id is null
      union all
      select 'amount-differs',
             case when exists (select from line_difference d where d.settlement_id = o.settlement_id
                                 and (d.ours_quantity is distinct from d.theirs_quantity or not d.same_price
                                      or d.ours_charge <> d.theirs_charge))
                  then 'follows-from-lines' else 'adjudicated-otherwise' end,
             o.settlement_id, null, o.posting_id, o.net::text, t.demanded::text
        from ours o join theirs t using (settlement_id)
       where o.net <> t.demanded
      union all
      select 'not-handed-over', 'not-handed-over', o.settlement_id, null, o.posting_id, o.net::text, t.demanded::text
        from ours o join theirs t using (settlement_id)
       where o.sign > 0 and not o.handed_over
      union all
      -- Settled and never collected: nothing is owed for it.
      select 'not-handed-over', 'not-handed-over', settlement_id, null, null, '0', demanded::text
        from theirs join waiting using (settlement_id)
      union all
      select case when ours_quantity is null then 'missing-here' else 'missing-there' end,
             case when ours_quantity is null then 'line-not-supplied' else 'line-not-in-file' end,
             settlement_id, line_no, posting_id, trim_scale(ours_quantity)::text, trim_scale(theirs_quantity)::text
        from line_difference where ours_quantity is null or theirs_quantity is null
      union all
      select 'quantity-differs', 'handed-over-otherwise', settlement_id, line_no, posting_id,
             trim_scale(ours_quantity)::text, trim_scale(theirs_quantity)::text
        from line_difference where ours_quantity <> theirs_quantity
      union all
      select 'price-differs', 'handed-over-otherwise', settlement_id, line_no, posting_id, trim_scale(ours_price)::text,
             trim_scale(theirs_price)::text
        from line_difference where not same_price
      union all
      select 'charge-differs',
             case when same_price and ours_quantity = theirs_quantity then 'rounded-otherwise' else 'handed-over-otherwise' end,
             settlement_id, line_no, posting_id, ours_charge::text, theirs_charge::text
        from line_difference where ours_charge <> theirs_charge
      union all
      select 'drug-differs', 'handed-over-otherwise', settlement_id, line_no, posting_id, ours_drug, theirs_drug
        from line_difference where not same_drug
      union all
      select 'batch-differs', 'batch-not-supplied', settlement_id, line_no, posting_id, ours_batches, theirs_batches
        from line_difference where theirs_batches is not null and ours_quantity is not null
    ), added as (
      insert into clearing_difference (region_code, file_id, difference_no, kind, explanation, settlement_id, line_no,
                                       posting_id, ours, theirs)
      select $1, $2, row_number() over (order by settlement_id, line_no nulls first, kind), kind, explanation,
             settlement_id, line_no, posting_id, ours, theirs
        from difference
      returning kind
    )
    select kind, count(*) as n from added group by kind order by kind`,
    [file.regionCode, file.fileId, file.institutionId, firstDay(file.month), endOf(file.month)],
  )
  return Object.fromEntries(rows.map((row) => [row.kind, Number(row.n)]))
}

/** How ledger, dispense record and file disagree about one settlement or line. */
export interface Difference {
  readonly differenceNo: number
  readonly kind: DifferenceKind
  readonly explanation: Explanation
  readonly settlementId: string
  readonly lineNo?: number
  /** The line of the statement to dispute. */
  readonly postingId?: string
  /** Fen, a quantity, a drug code, or batches with their quantities, by the kind. */
  readonly ours?: string
  readonly theirs?: string
}

/** A page of differences. @param after the number at which the page before ended */
export async function listDifferences(
  db: Queryable,
  regionCode: string,
  fileId: string,
  after: number,
  limit: number,
): Promise<Difference[]> {
  const { rows } = await db.query<{
    difference_no: number
    kind: DifferenceKind
    explanation: Explanation
    settlement_id: string
    line_no: number | null
    posting_id: string | null
    ours: string | null
    theirs: string | null
  }>(
    `select difference_no, kind, explanation, settlement_id, line_no, posting_id, ours, theirs
       from clearing_difference
      where region_code = $1 and file_id = $2 and difference_no > $3
      order by difference_no limit $4`,
    [regionCode, fileId, after, limit],
  )
  return rows.map((row) => ({
    differenceNo: row.difference_no,
    kind: row.kind,
    explanation: row.explanation,
    settlementId: row.settlement_id,
    ...(row.line_no === null ? {} : { lineNo: row.line_no }),
    ...(row.posting_id === null ? {} : { postingId: row.posting_id }),
    ...(row.ours === null ? {} : { ours: row.ours }),
    ...(row.theirs === null ? {} : { theirs: row.theirs }),
  }))
}
