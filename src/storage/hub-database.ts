import { type CivilDay, dayOf } from '../domain/primitives/civil-day.ts'
import {
  firstSerialOf,
  isAnotherDay,
  isOfDay,
  type Standing,
  serialAfterRestoration,
  standingOf,
} from '../domain/restoration.ts'
import type { Queryable } from './database.ts'

/** Sequences whose numbers stand in numbers that people and other systems keep. */
const SERIALS = ['prescription_serial', 'admission_serial'] as const
/** Added to the numbers of outgoing work: what a queue still knows of lost work must not be taken for new work. */
const OUTBOX_LEAP = 1_000_000_000

/** What the database says of itself. */
export interface HubDatabase {
  readonly mode: string | undefined
  /** Restorations so far. */
  readonly epoch: number
}

interface Row {
  readonly mode: string | null
  readonly epoch: number
  readonly home: string | null
  readonly serial_day: string | null
}

/**
 * Which mode the database was first used in; undefined for one that is new, or from before it carried its mode. Reads
 * only, also where nothing was migrated yet.
 */
export async function storedMode(db: Queryable): Promise<string | undefined> {
  const { rows } = await db.query<{ known: boolean }>(
    `select to_regclass('hub_database') is not null as known`,
  )
  if (rows[0]?.known !== true) return undefined
  return (await db.query<Pick<Row, 'mode'>>('select mode from hub_database')).rows[0]?.mode ?? undefined
}

/**
 * Recognises the database: keeps mode and place at the first use, and begins a new epoch when it is not where it was
 * last used, which is so for a restored dump and for a copy.
 *
 * @param mode undefined for a tool that leaves it as it is
 * @returns how it stands; nothing is changed for `other-mode`
 */
export async function recogniseDatabase(
  tx: Queryable,
  mode: string | undefined,
  now: Date,
): Promise<{ standing: Standing; database: HubDatabase }> {
  const row = await lockRow(tx)
  const home = await homeOf(tx)
  const known = { mode: row.mode ?? undefined, home: row.home ?? undefined }
  const standing = standingOf(known, { mode, home })
  if (standing === 'other-mode') return { standing, database: { mode: known.mode, epoch: row.epoch } }
  await tx.query('update hub_database set mode = coalesce(mode, $1), home = $2', [mode ?? null, home])
  if (standing === 'restored') await beginEpoch(tx, now)
  const after = await lockRow(tx)
  return { standing, database: { mode: after.mode ?? undefined, epoch: after.epoch } }
}

/**
 * Begins a new epoch after a restoration: numbers go on beyond all that can have been given out since the backup, and
 * places in the feed lie behind all that anybody can have read.
 *
 * @returns the new epoch
 */
export async function beginEpoch(tx: Queryable, now: Date): Promise<number> {
  const { mode, epoch, serial_day } = await lockRow(tx)
  const today = dayOf(now)
  for (const sequence of SERIALS) {
    const { last } = await lastOf(tx, sequence)
    // A sandbox's clock is set to and fro, so its numbers just go on.
    const anchor = mode === 'production' && serial_day !== null ? firstSerialOf(today) : last
    await tx.query('select setval($1::regclass, $2)', [sequence, serialAfterRestoration(last, anchor, now)])
  }
  await tx.query(
    `select setval(pg_get_serial_sequence('outbox', 'outbox_id'), coalesce(max(outbox_id), 0) + $1::bigint) from outbox`,
    [OUTBOX_LEAP],
  )
  await tx.query(
    `update hub_database
        set epoch = epoch + 1, raised_at = $1,
            serial_day = case when serial_day is null then null else greatest(serial_day, $2::date) end`,
    [now, today],
  )
  return epoch + 1
}

/**
 * Sets the serial numbers to the range of the day, once a day, so that a restoration knows where the day's numbers began.
 * Only in production: a sandbox's days come again.
 *
 * @returns 1 when they were set, else 0
 */
export async function beginDay(tx: Queryable, now: Date): Promise<number> {
  const today = dayOf(now)
  const row = await lockRow(tx)
  const last = (row.serial_day ?? undefined) as CivilDay | undefined
  if (row.mode !== 'production' || !isAnotherDay(last, today)) return 0
  // Numbers of the days before the first one lie anywhere: when that is today's range, the next day begins.
  const places = await Promise.all(SERIALS.map((sequence) => lastOf(tx, sequence)))
  if (last === undefined && places.some(({ last, isUsed }) => isUsed && isOfDay(last, today))) return 0
  for (const sequence of SERIALS) {
    await tx.query('select setval($1::regclass, $2, false)', [sequence, firstSerialOf(today)])
  }
  await tx.query('update hub_database set serial_day = $1', [today])
  return 1
}

/** The row, locked: one process at a time recognises or changes it. */
async function lockRow(tx: Queryable): Promise<Row> {
  const { rows } = await tx.query<Row>(
    'select mode, epoch, home, serial_day::text as serial_day from hub_database for update',
  )
  return rows[0]!
}

/** Server, database and table: a copy of the database, or a table that was made again by a restored dump, has others. */
async function homeOf(db: Queryable): Promise<string> {
  const { rows } = await db.query<{ home: string }>(
    `select concat_ws(':', (select system_identifier from pg_control_system()),
                      (select oid from pg_database where datname = current_database()),
                      'hub_database'::regclass::oid) as home`,
  )
  return rows[0]!.home
}

async function lastOf(db: Queryable, sequence: string): Promise<{ last: number; isUsed: boolean }> {
  const { rows } = await db.query<{ last: string; used: boolean }>(
    `select last_value::text as last, is_called as used from ${sequence}`,
  )
  return { last: Number(rows[0]!.last), isUsed: rows[0]!.used }
}
