import { createHash } from 'node:crypto'
import { chainedBytes } from '../../domain/lifecycle/event.ts'
import type { State } from '../../domain/lifecycle/transitions.ts'
import type { Change } from '../../domain/prescription/change.ts'
import type { Prescription } from '../../domain/prescription/prescription.ts'
import { canonicalJson } from '../../domain/primitives/canonical-json.ts'
import type { Queryable } from '../database.ts'

/** The changing part of a prescription, with the hash to which its next event is chained. */
export interface StateRow extends Prescription {
  readonly hash: Buffer
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

const DUE = {
  hold: `state in ('held', 'reviewed') and hold_until <= $1 order by hold_until`,
  validity: `state in ('open', 'chosen') and expires_at <= $1 order by expires_at`,
  collection: `state in ('settled', 'deferred') and hold_until <= $1 order by hold_until`,
}

/**
 * Locks up to `limit` prescriptions whose hold has ended, whose validity has ended while nobody held them, or whose
 * settlement was not collected in time; those that somebody else is working on are left for the next sweep.
 */
export async function lockDue(
  tx: Queryable,
  kind: keyof typeof DUE,
  now: Date,
  limit: number,
): Promise<StateRow[]> {
  const { rows } = await tx.query<Row>({
    name: `state-due-${kind}`,
    text: `select ${COLUMNS} from prescription_state where ${DUE[kind]} limit $2 for update skip locked`,
    values: [now, limit],
  })
  return rows.map(stateOf)
}

/**
 * Writes a change, its event and the feed entries in one statement; the only writer of a state that exists. When
 * another revision came in between, the event's key refuses it.
 *
 * @param hash of the event before
 * @returns the hash of the new event, at once; and when the statement is done
 * @throws unique violation of the event's key when the row isn't the one that was locked: a bug
 */
export function writeChange(
  tx: Queryable,
  hash: Buffer,
  { command, before, after, event, recipients }: Change,
): { readonly hash: Buffer; readonly written: Promise<unknown> } {
  const { regionCode, prescriptionNo, revision, changedAt } = after
  const bytes = chainedBytes(hash, { regionCode, prescriptionNo, revision, at: changedAt, ...event })
  const next = createHash('sha256').update(bytes).digest()
  const written = tx.query({
    name: 'state-change',
    text: `
    with moved as (
      update prescription_state
         set state = $3, last_command = $4, revision = $13, hash = $5, changed_at = $6, pharmacy_id = $7,
             dispense_id = $8, hold_until = $9, settlement_requested_at = $10, cancel_pending_at = $11, cancel_reason = $12,
             feed_place = greatest(feed_place, feed_place_now())
       where region_code = $1 and prescription_no = $2 and revision = $19
      returning feed_place
    ), told as (
      insert into feed_entry (region_code, recipient_id, xact, prescription_no, revision)
      select $1, r.recipient_id, moved.feed_place, $2, $13 from moved, unnest($18::text[]) as r(recipient_id)
    )
    insert into prescription_event (region_code, prescription_no, revision, type, at, actor_kind, actor_id, data, hash)
    values ($1, $2, $13, $14, $6, $15, $16, $17, $5)`,
    values: [
      regionCode,
      prescriptionNo,
      after.state,
      command,
      next,
      changedAt,
      after.pharmacyId ?? null,
      after.dispenseId ?? null,
      after.holdUntil ?? null,
      after.settlementRequestedAt ?? null,
      after.cancelPendingAt ?? null,
      after.cancelReason ?? null,
      revision,
      event.type,
      event.actorKind,
      event.actorId,
      canonicalJson(event.data),
      recipients,
      before.revision,
    ],
  })
  return { hash: next, written }
}
