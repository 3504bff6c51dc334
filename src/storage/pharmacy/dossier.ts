import type { State } from '../../domain/lifecycle/transitions.ts'
import type { Queryable } from '../database.ts'
import { STATE_NOW } from './inbox.ts'

/** What a pharmacy's own part in a prescription is. */
export interface DossierRow {
  readonly prescriptionNo: string
  readonly hospitalId: string
  /** As it is at the asked instant. */
  readonly state: State
  readonly expiresAt: Date
  /** True when the patient's choice, or the hold, is this pharmacy's. */
  readonly isChosen: boolean
  readonly holdUntil?: Date
  readonly cancelPendingAt?: Date
  readonly cancelReason?: string
  /** The newest fulfilment of this pharmacy. */
  readonly dispense?: {
    readonly dispenseId: string
    readonly takenAt: Date
    readonly takenBy: 'inbox' | 'pickup-code' | 'paper' | 'counter'
    /** JSON of the pharmacist's review. */
    readonly review?: string
    readonly reviewedAt?: Date
    readonly handedOverAt?: Date
    readonly returnedAt?: Date
    readonly endedAt?: Date
    readonly endReason?: string
    /** True while the prescription is in the hands of this fulfilment. */
    readonly isCurrent: boolean
  }
}

interface Row {
  hospital_id: string
  state: State
  expires_at: Date
  is_chosen: boolean
  hold_until: Date | null
  cancel_pending_at: Date | null
  cancel_reason: string | null
  dispense_id: string | null
  taken_at: Date
  taken_by: 'inbox' | 'pickup-code' | 'paper' | 'counter'
  review: string | null
  reviewed_at: Date | null
  handed_over_at: Date | null
  returned_at: Date | null
  ended_at: Date | null
  end_reason: string | null
  is_current: boolean
}

/**
 * Reads a prescription as one pharmacy is concerned by it.
 *
 * @returns undefined when it isn't: the patient chose another one, and it supplied nothing
 */
export async function findDossier(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
  now: Date,
  pharmacyId: string,
): Promise<DossierRow | undefined> {
  const { rows } = await db.query<Row>({
    name: 'dossier-find',
    text: `
    select s.hospital_id, ${STATE_NOW} as state, s.expires_at, s.pharmacy_id is not distinct from $4 as is_chosen,
           s.hold_until, s.cancel_pending_at, s.cancel_reason, d.*,
           coalesce(d.dispense_id = s.dispense_id, false) as is_current
      from prescription_state s
      left join lateral (
        select dispense_id, taken_at, taken_by, review, reviewed_at, handed_over_at, returned_at, ended_at, end_reason
          from dispense
         where region_code = $1 and prescription_no = $2 and pharmacy_id = $4
         order by taken_at desc, dispense_id desc
         limit 1) as d on true
     where s.region_code = $1
       and s.prescription_no = $2
       and (s.pharmacy_id = $4 or d.handed_over_at is not null)`,
    values: [regionCode, prescriptionNo, now, pharmacyId],
  })
  return rows[0] === undefined ? undefined : dossierOf(prescriptionNo, rows[0])
}

function dossierOf(prescriptionNo: string, row: Row): DossierRow {
  return {
    prescriptionNo,
    hospitalId: row.hospital_id,
    state: row.state,
    expiresAt: row.expires_at,
    isChosen: row.is_chosen,
    ...(row.hold_until === null ? {} : { holdUntil: row.hold_until }),
    ...(row.cancel_pending_at === null ? {} : { cancelPendingAt: row.cancel_pending_at }),
    ...(row.cancel_reason === null ? {} : { cancelReason: row.cancel_reason }),
    ...(row.dispense_id === null
      ? {}
      : {
          dispense: {
            dispenseId: row.dispense_id,
            takenAt: row.taken_at,
            takenBy: row.taken_by,
            ...(row.review === null ? {} : { review: row.review }),
            ...(row.reviewed_at === null ? {} : { reviewedAt: row.reviewed_at }),
            ...(row.handed_over_at === null ? {} : { handedOverAt: row.handed_over_at }),
            ...(row.returned_at === null ? {} : { returnedAt: row.returned_at }),
            ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
            ...(row.end_reason === null ? {} : { endReason: row.end_reason }),
            isCurrent: row.is_current,
          },
        }),
  }
}

/**
 * Whether a prescription concerns a pharmacy: the patient chose it, or it has had it in its hands.
 */
export async function concerns(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
  pharmacyId: string,
): Promise<boolean> {
  const { rows } = await db.query<{ concerned: boolean }>({
    name: 'pharmacy-concerned',
    text: `
    select exists (select from prescription_state
                    where region_code = $1 and prescription_no = $2 and pharmacy_id = $3)
        or exists (select from dispense
                    where region_code = $1 and prescription_no = $2 and pharmacy_id = $3) as concerned`,
    values: [regionCode, prescriptionNo, pharmacyId],
  })
  return rows[0]?.concerned ?? false
}
