import type { State } from '../../domain/lifecycle/transitions.ts'
import type { Queryable } from '../database.ts'

/** The changing part of a prescription. */
export interface StateRow {
  readonly regionCode: string
  readonly prescriptionNo: string
  readonly state: State
  readonly revision: number
  readonly hash: Buffer
  readonly changedAt: Date
  readonly expiresAt: Date
  readonly hospitalId: string
  readonly pharmacyId?: string
  readonly dispenseId?: string
  readonly holdUntil?: Date
  readonly settlementRequestedAt?: Date
  readonly cancelPendingAt?: Date
  readonly cancelReason?: string
}

interface Row {
  region_code: string
  prescription_no: string
  state: State
  revision: number
  hash: Buffer
  changed_at: Date
  expires_at: Date
  hospital_id: string
  pharmacy_id: string | null
  dispense_id: string | null
  hold_until: Date | null
  settlement_requested_at: Date | null
  cancel_pending_at: Date | null
  cancel_reason: string | null
}

const COLUMNS = `region_code, prescription_no, state, revision, hash, changed_at, expires_at, hospital_id, pharmacy_id,
  dispense_id, hold_until, settlement_requested_at, cancel_pending_at, cancel_reason`

function stateOf(row: Row): StateRow {
  return {
    regionCode: row.region_code,
    prescriptionNo: row.prescription_no,
    state: row.state,
    revision: row.revision,
    hash: row.hash,
    changedAt: row.changed_at,
    expiresAt: row.expires_at,
    hospitalId: row.hospital_id,
    ...(row.pharmacy_id === null ? {} : { pharmacyId: row.pharmacy_id }),
    ...(row.dispense_id === null ? {} : { dispenseId: row.dispense_id }),
    ...(row.hold_until === null ? {} : { holdUntil: row.hold_until }),
    ...(row.settlement_requested_at === null ? {} : { settlementRequestedAt: row.settlement_requested_at }),
    ...(row.cancel_pending_at === null ? {} : { cancelPendingAt: row.cancel_pending_at }),
    ...(row.cancel_reason === null ? {} : { cancelReason: row.cancel_reason }),
  }
}

/**
 * Locks a prescription for the rest of the transaction.
 *
 * @returns undefined when the region has no such prescription
 */
export async function lock(
  tx: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<StateRow | undefined> {
  const { rows } = await tx.query<Row>({
    name: 'state-lock',
    text: `select ${COLUMNS} from prescription_state where region_code = $1 and prescription_no = $2 for update`,
    values: [regionCode, prescriptionNo],
  })
  return rows[0] === undefined ? undefined : stateOf(rows[0])
}

/** Reads the state without a lock; undefined when there is no such prescription. */
export async function find(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<StateRow | undefined> {
  const { rows } = await db.query<Row>({
    name: 'state-find',
    text: `select ${COLUMNS} from prescription_state where region_code = $1 and prescription_no = $2`,
    values: [regionCode, prescriptionNo],
  })
  return rows[0] === undefined ? undefined : stateOf(rows[0])
}

/**
 * Locks up to `limit` prescriptions whose hold has ended, or whose validity has ended while nobody held them;
 * those that somebody else is working on are left for the next sweep.
 */
export async function lockDue(
  tx: Queryable,
  kind: 'hold' | 'validity',
  now: Date,
  limit: number,
): Promise<StateRow[]> {
  const due =
    kind === 'hold'
      ? `state in ('held', 'reviewed') and hold_until <= $1 order by hold_until`
      : `state in ('open', 'chosen') and expires_at <= $1 order by expires_at`
  const { rows } = await tx.query<Row>({
    name: `state-due-${kind}`,
    text: `select ${COLUMNS} from prescription_state where ${due} limit $2 for update skip locked`,
    values: [now, limit],
  })
  return rows.map(stateOf)
}

/** A change of state with the event that records it. */
export interface StateChange {
  readonly state: State
  readonly command: string
  readonly hash: Buffer
  readonly at: Date
  readonly pharmacyId: string | undefined
  readonly dispenseId: string | undefined
  readonly holdUntil: Date | undefined
  readonly settlementRequestedAt: Date | undefined
  readonly cancelPendingAt: Date | undefined
  readonly cancelReason: string | undefined
  readonly event: {
    readonly type: string
    readonly actorKind: string
    readonly actorId: string
    readonly data: string
  }
  /** Institutions that are told. */
  readonly recipients: readonly string[]
}

/**
 * Writes a new state, its event and the feed entries in one statement.
 *
 * @param before the row as locked in this transaction
 * @throws Error when the row isn't the one that was locked: a bug
 */
export async function change(tx: Queryable, before: StateRow, to: StateChange): Promise<void> {
  const { rowCount } = await tx.query({
    name: 'state-change',
    text: `
    with moved as (
      update prescription_state
         set state = $3, last_command = $4, revision = revision + 1, hash = $5, changed_at = $6, pharmacy_id = $7,
             dispense_id = $8, hold_until = $9, settlement_requested_at = $10, cancel_pending_at = $11, cancel_reason = $12
       where region_code = $1 and prescription_no = $2 and revision = $13
      returning region_code, prescription_no, revision
    ), told as (
      insert into feed_entry (region_code, recipient_id, prescription_no, revision)
      select m.region_code, r.recipient_id, m.prescription_no, m.revision
        from moved m, unnest($18::text[]) as r(recipient_id)
    )
    insert into prescription_event (region_code, prescription_no, revision, type, at, actor_kind, actor_id, data, hash)
    select region_code, prescription_no, revision, $14, $6, $15, $16, $17, $5 from moved`,
    values: [
      before.regionCode,
      before.prescriptionNo,
      to.state,
      to.command,
      to.hash,
      to.at,
      to.pharmacyId ?? null,
      to.dispenseId ?? null,
      to.holdUntil ?? null,
      to.settlementRequestedAt ?? null,
      to.cancelPendingAt ?? null,
      to.cancelReason ?? null,
      before.revision,
      to.event.type,
      to.event.actorKind,
      to.event.actorId,
      to.event.data,
      to.recipients,
    ],
  })
  if (rowCount !== 1) throw new Error(`prescription ${before.prescriptionNo} changed under its lock`)
}
