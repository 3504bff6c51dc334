import type { Queryable } from './database.ts'

/** Where a reader of the feed stands: transaction, then place within it, as decimal texts. */
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
           e.type, e.at, e.data, s.hospital_id as "hospitalId"
      from feed_entry f
      join prescription_event e
        on e.region_code = f.region_code and e.prescription_no = f.prescription_no and e.revision = f.revision
      join prescription_state s
        on s.region_code = f.region_code and s.prescription_no = f.prescription_no
     where f.recipient_id = $1
       and (f.xact, f.seq) > ($2::xid8, $3::bigint)
       and f.region_code = $5
       and f.xact < pg_snapshot_xmin(pg_current_snapshot())
     order by f.xact, f.seq
     limit $4`,
    values: [recipientId, after.xact, after.seq, limit, regionCode],
  })
  return rows
}
