import type { Queryable } from './database.ts'

/**
 * Where a reader of the feed stands: transaction (with the epoch of the database above its 40 bits), then place within it,
 * as decimal texts. A place of an earlier epoch lies before all of the later ones, so after a restoration a reader goes on.
 */
export interface FeedPosition {
  readonly xact: string
  readonly seq: string
}

/** One event that a recipient is told of. */
export interface FeedRow extends FeedPosition {
  readonly prescriptionNo: string
  readonly revision: number
  readonly type: string
  readonly at: Date
  /** JSON. */
  readonly data: string
  /** Who wrote the prescription. */
  readonly hospitalId: string
}

/**
 * What a recipient is told after a position, oldest first.
 *
 * Transactions that may still commit behind what is read are left out until they have ended, so that a cursor never
 * passes an entry that appears later. An entry shows once every older transaction has ended.
 *
 * Event and hospital are looked up for each entry of the page (`limit 1` forbids a join in another order): joined
 * freely, they are searched through for the whole region as long as the database has no statistics of young tables.
 */
export async function listAfter(
  db: Queryable,
  regionCode: string,
  recipientId: string,
  after: FeedPosition,
  limit: number,
): Promise<FeedRow[]> {
  const { rows } = await db.query<FeedRow>({
    name: 'feed-after',
    text: `
    select f.xact::text as xact, f.seq::text as seq, f.prescription_no as "prescriptionNo", f.revision,
           e.type, e.at, e.data,
           (select s.hospital_id from prescription_state s
             where s.region_code = f.region_code and s.prescription_no = f.prescription_no) as "hospitalId"
      from feed_entry f
     cross join lateral (
       select type, at, data from prescription_event
        where region_code = f.region_code and prescription_no = f.prescription_no and revision = f.revision
        limit 1) e
     where f.recipient_id = $1
       and (f.xact, f.seq) > ($2::xid8, $3::bigint)
       and f.region_code = $5
       and f.xact < feed_place((select epoch from hub_database), pg_snapshot_xmin(pg_current_snapshot()))
     order by f.xact, f.seq
     limit $4`,
    values: [recipientId, after.xact, after.seq, limit, regionCode],
  })
  return rows
}

/**
 * The same for an agency: every change of every prescription of its region, once, as the prescribing hospital is told it.
 */
export async function listOfRegionAfter(
  db: Queryable,
  regionCode: string,
  after: FeedPosition,
  limit: number,
): Promise<FeedRow[]> {
  const { rows } = await db.query<FeedRow>({
    name: 'feed-of-region-after',
    text: `
    select f.xact::text as xact, f.seq::text as seq, f.prescription_no as "prescriptionNo", f.revision,
           e.type, e.at, e.data, s.hospital_id as "hospitalId"
      from feed_entry f
     cross join lateral (
       select hospital_id from prescription_state
        where region_code = f.region_code and prescription_no = f.prescription_no
        limit 1) s
     cross join lateral (
       select type, at, data from prescription_event
        where region_code = f.region_code and prescription_no = f.prescription_no and revision = f.revision
        limit 1) e
     where f.region_code = $1
       and (f.xact, f.seq) > ($2::xid8, $3::bigint)
       and f.recipient_id = s.hospital_id
       and f.xact < feed_place((select epoch from hub_database), pg_snapshot_xmin(pg_current_snapshot()))
     order by f.xact, f.seq
     limit $4`,
    values: [regionCode, after.xact, after.seq, limit],
  })
  return rows
}

/** The place behind which everything lies that is written from now on. */
export async function placeNow(db: Queryable): Promise<FeedPosition> {
  const { rows } = await db.query<FeedPosition>(
    `select feed_place((select epoch from hub_database), pg_snapshot_xmin(pg_current_snapshot()))::text as xact, '0' as seq`,
  )
  return rows[0]!
}

/** True for a place that no entry can have yet. */
export async function isAhead(db: Queryable, { xact }: FeedPosition): Promise<boolean> {
  const { rows } = await db.query<{ ahead: boolean }>({
    name: 'feed-ahead',
    text: `
    select $1::xid8 >= feed_place((select epoch from hub_database), pg_snapshot_xmax(pg_current_snapshot())) as ahead`,
    values: [xact],
  })
  return rows[0]!.ahead
}
