import type { CivilDay } from '../domain/primitives/civil-day.ts'
import type { DrugBalance, StockFinding } from '../domain/stock/balance.ts'
import type { Queryable } from './database.ts'

/** Whose books, from which day to which, both included. */
export interface MatchScope {
  readonly regionCode: string
  readonly institutionId: string
  readonly from: CivilDay
  readonly to: CivilDay
}

const values = ({ regionCode, institutionId, from, to }: MatchScope) => [regionCode, institutionId, from, to]

/** What came in, went out, and was counted before and within the period, by drug. */
export async function balances(db: Queryable, scope: MatchScope): Promise<DrugBalance[]> {
  const { rows } = await db.query<{
    drug_code: string
    opening: string | null
    bought: string
    sold: string
    closing: string | null
  }>(
    `with lines as (
       select * from stock_line where region_code = $1 and institution_id = $2 and happened_on <= $4
     ), moved as (
       select drug_code, coalesce(sum(quantity) filter (where kind = 'purchase'), 0) as bought,
              coalesce(sum(quantity) filter (where kind = 'sale'), 0) as sold
         from lines where happened_on >= $3 group by drug_code
     ), opening as (
       select distinct on (drug_code) drug_code, quantity from lines where kind = 'stock' and happened_on < $3
        order by drug_code, happened_on desc, upload_id desc, line_no desc
     ), closing as (
       select distinct on (drug_code) drug_code, quantity from lines where kind = 'stock' and happened_on >= $3
        order by drug_code, happened_on desc, upload_id desc, line_no desc
     )
     select drug_code, trim_scale(o.quantity)::text as opening, trim_scale(coalesce(bought, 0))::text as bought,
            trim_scale(coalesce(sold, 0))::text as sold, trim_scale(c.quantity)::text as closing
       from moved m full join opening o using (drug_code) full join closing c using (drug_code)
      order by drug_code`,
    values(scope),
  )
  return rows.map((row) => ({
    drugCode: row.drug_code,
    bought: row.bought,
    sold: row.sold,
    ...(row.opening === null ? {} : { opening: row.opening }),
    ...(row.closing === null ? {} : { closing: row.closing }),
  }))
}

/** Sales for which the hub has no hand-over of that drug at that pharmacy, by reference. @param after the last one seen */
export async function salesWithoutDispense(
  db: Queryable,
  scope: MatchScope,
  after: string,
  limit: number,
): Promise<StockFinding[]> {
  const { rows } = await db.query<{ drug_code: string; reference: string; quantity: string }>(
    `select s.drug_code, s.reference, trim_scale(s.quantity)::text as quantity
       from stock_line s
      where s.region_code = $1 and s.institution_id = $2 and s.kind = 'sale' and s.happened_on between $3 and $4
        and not exists (
          select 1 from dispense d join dispense_line l using (region_code, dispense_id)
           where d.region_code = s.region_code and d.dispense_id = s.dispense_id
             and d.pharmacy_id = s.institution_id and d.handed_over_at is not null and l.drug_code = s.drug_code)
        and s.reference > $6
      order by s.reference limit $5`,
    [...values(scope), limit, after],
  )
  return rows.map((row) => ({
    kind: 'sale-without-dispense',
    drugCode: row.drug_code,
    reference: row.reference,
    found: row.quantity,
    expected: '0',
  }))
}

/**
 * Dispenses of the period whose uploaded sales are missing or of another quantity.
 *
 * @param after `dispense:drug` of the last one seen
 */
export async function dispensesAgainstSales(
  db: Queryable,
  scope: MatchScope,
  after: string,
  limit: number,
): Promise<StockFinding[]> {
  const { rows } = await db.query<{ drug_code: string; dispense_id: string; handed: string; sold: string }>(
    `select l.drug_code, d.dispense_id, trim_scale(sum(l.quantity - l.returned))::text as handed,
            trim_scale(coalesce(max(s.sold), 0))::text as sold
       from dispense d
       join dispense_line l using (region_code, dispense_id)
       left join (
         select region_code, dispense_id, drug_code, sum(quantity) as sold from stock_line
          where region_code = $1 and institution_id = $2 and kind = 'sale' and dispense_id is not null
          group by region_code, dispense_id, drug_code) s
         on s.region_code = d.region_code and s.dispense_id = d.dispense_id and s.drug_code = l.drug_code
      where d.region_code = $1 and d.pharmacy_id = $2 and d.returned_at is null
        and d.handed_over_at >= ($3::date)::timestamp at time zone 'Asia/Shanghai'
        and d.handed_over_at < ($4::date + 1)::timestamp at time zone 'Asia/Shanghai'
        and d.dispense_id::text || ':' || l.drug_code collate "C" > $6
      group by d.dispense_id, l.drug_code
     having sum(l.quantity - l.returned) <> coalesce(max(s.sold), 0)
      order by d.dispense_id::text || ':' || l.drug_code collate "C" limit $5`,
    [...values(scope), limit, after],
  )
  return rows.map((row) => ({
    kind: row.sold === '0' ? 'dispense-without-sale' : 'quantity-differs',
    drugCode: row.drug_code,
    reference: row.dispense_id,
    found: row.sold,
    expected: row.handed,
  }))
}

/** Sales at a price above the newest purchase price of that day, by reference. @param after the last one seen */
export async function pricesAbovePurchase(
  db: Queryable,
  scope: MatchScope,
  after: string,
  limit: number,
): Promise<StockFinding[]> {
  const { rows } = await db.query<{
    drug_code: string
    reference: string
    sold_at: string
    bought_at: string
  }>(
    `select s.drug_code, s.reference, trim_scale(s.unit_price_fen)::text as sold_at,
            trim_scale(p.unit_price_fen)::text as bought_at
       from stock_line s
       join lateral (
         select unit_price_fen from stock_line p
          where p.region_code = s.region_code and p.institution_id = s.institution_id and p.kind = 'purchase'
            and p.drug_code = s.drug_code and p.happened_on <= s.happened_on
          order by p.happened_on desc, p.upload_id desc, p.line_no desc limit 1) p on true
      where s.region_code = $1 and s.institution_id = $2 and s.kind = 'sale' and s.happened_on between $3 and $4
        and s.unit_price_fen > p.unit_price_fen and s.reference > $6
      order by s.reference limit $5`,
    [...values(scope), limit, after],
  )
  return rows.map((row) => ({
    kind: 'price-above-purchase',
    drugCode: row.drug_code,
    reference: row.reference,
    found: row.sold_at,
    expected: row.bought_at,
  }))
}
