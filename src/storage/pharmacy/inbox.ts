import type { State } from '../../domain/lifecycle/transitions.ts'
import type { Queryable } from '../database.ts'

/** A prescription as a pharmacy finds it in its inbox: nothing of the person, nothing of the diagnosis. */
export interface InboxRow {
  readonly prescriptionNo: string
  /** As it is at the asked instant: a hold that ran out counts as over, whether swept or not. */
  readonly state: State
  readonly changedAt: Date
  readonly expiresAt: Date
  readonly holdUntil?: Date
  readonly cancelPendingAt?: Date
  readonly hospitalId: string
  readonly lines: readonly {
    readonly lineNo: number
    readonly drugCode: string
    readonly unit: string
    /** Decimal text: what is still to be supplied. */
    readonly remaining: string
  }[]
}

/** Where a page begins: after this change of this prescription. */
export interface InboxPosition {
  readonly changedAt: Date
  readonly prescriptionNo: string
}

/** The states that an inbox shows; those of the partial index `state_inbox`. */
const INBOX_STATES = ['chosen', 'held', 'reviewed', 'settling', 'settled', 'deferred'] as const

/** Once for the inbox and the single prescription; `$3` is the instant. */
export const STATE_NOW = `
  case when s.state in ('held', 'reviewed') and s.hold_until <= $3
         then case when s.cancel_pending_at is not null then 'cancelled'
                   when s.expires_at <= $3 then 'expired' else 'chosen' end
       when s.state in ('open', 'chosen') and s.expires_at <= $3 then 'expired'
       else s.state end`

/**
 * The inbox of a pharmacy, longest unchanged first.
 *
 * @param after undefined begins at the beginning
 * @param state only those in this state now
 */
export async function listInbox(
  db: Queryable,
  regionCode: string,
  pharmacyId: string,
  now: Date,
  after: InboxPosition | undefined,
  state: (typeof INBOX_STATES)[number] | undefined,
  limit: number,
): Promise<InboxRow[]> {
  const { rows } = await db.query<{
    prescription_no: string
    state: State
    changed_at: Date
    expires_at: Date
    hold_until: Date | null
    cancel_pending_at: Date | null
    hospital_id: string
    lines: [number, string, string, string][]
  }>({
    name: 'inbox-list',
    text: `
    select page.*,
           (select jsonb_agg(jsonb_build_array(l.line_no, l.drug_code, l.unit, trim_scale(l.remaining)::text)
                             order by l.line_no)
              from prescription_line l
             where l.region_code = $1 and l.prescription_no = page.prescription_no) as lines
      from (
        select s.prescription_no, now_in.state, s.changed_at, s.expires_at, s.hold_until, s.cancel_pending_at,
               s.hospital_id
          from prescription_state s
         cross join lateral (select ${STATE_NOW} as state) as now_in
         where s.region_code = $1
           and s.pharmacy_id = $2
           and s.state in ('chosen', 'held', 'reviewed', 'settling', 'settled', 'deferred')
           and (s.changed_at, s.prescription_no) > ($4, $5)
           and now_in.state not in ('expired', 'cancelled')
           and ($6::text is null or now_in.state = $6)
         order by s.changed_at, s.prescription_no
         limit $7) as page
     order by page.changed_at, page.prescription_no`,
    values: [
      regionCode,
      pharmacyId,
      now,
      after?.changedAt ?? new Date(0),
      after?.prescriptionNo ?? '',
      state ?? null,
      limit,
    ],
  })
  return rows.map((row) => ({
    prescriptionNo: row.prescription_no,
    state: row.state,
    changedAt: row.changed_at,
    expiresAt: row.expires_at,
    ...(row.hold_until === null || row.state === 'chosen' ? {} : { holdUntil: row.hold_until }),
    ...(row.cancel_pending_at === null ? {} : { cancelPendingAt: row.cancel_pending_at }),
    hospitalId: row.hospital_id,
    lines: row.lines.map(([lineNo, drugCode, unit, remaining]) => ({ lineNo, drugCode, unit, remaining })),
  }))
}
