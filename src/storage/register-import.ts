import type { HeldEntry } from '../domain/decide-import.ts'
import type { CivilDay } from '../domain/primitives/civil-day.ts'
import type { RegisterEntry, RegisterName, Registers } from '../domain/registers.ts'
import type { Queryable, Transaction } from './database.ts'
import { type RegisterChange, raiseVersion } from './registers.ts'

/** A key, and the first day of what is to be entered for it. */
export interface KeyFrom {
  readonly key: string
  readonly validFrom: CivilDay
}

/** For each key the entries that hold on its day or later, the earliest first. */
export async function heldFrom(
  db: Queryable,
  regionCode: string,
  register: RegisterName,
  asked: readonly KeyFrom[],
): Promise<ReadonlyMap<string, readonly HeldEntry[]>> {
  const { rows } = await db.query<{
    key: string
    valid_from: CivilDay
    valid_to: CivilDay | null
    data: object
  }>(
    `select e.key, e.valid_from::text, e.valid_to::text, e.data
       from unnest($3::text[], $4::date[]) as asked (key, day)
       join register_entry e on e.region_code = $1 and e.register = $2 and e.key = asked.key
        and (e.valid_to is null or (e.valid_to >= asked.day and e.valid_to >= e.valid_from))
      order by e.key, e.valid_from`,
    [regionCode, register, asked.map(({ key }) => key), asked.map(({ validFrom }) => validFrom)],
  )
  const held = new Map<string, HeldEntry[]>()
  for (const { key, valid_from, valid_to, data } of rows) {
    const entry = { validFrom: valid_from, ...(valid_to === null ? {} : { validTo: valid_to }), data }
    held.set(key, [...(held.get(key) ?? []), entry])
  }
  return held
}

/**
 * Ends entries the day before others begin, each named by its key and its own first day.
 */
export async function endBefore(
  tx: Transaction,
  regionCode: string,
  register: RegisterName,
  entries: readonly (KeyFrom & { readonly endsFrom: CivilDay })[],
  change: RegisterChange,
): Promise<void> {
  if (entries.length === 0) return
  const version = await raiseVersion(tx, regionCode)
  await tx.query(
    `update register_entry e
        set valid_to = ending.day - 1, version = $8, ended_by = $6, end_reason = $7
       from unnest($3::text[], $4::date[], $5::date[]) as ending (key, valid_from, day)
      where e.region_code = $1 and e.register = $2 and e.key = ending.key and e.valid_from = ending.valid_from
        and (e.valid_to is null or e.valid_to >= e.valid_from)`,
    [
      regionCode,
      register,
      entries.map(({ key }) => key),
      entries.map(({ endsFrom }) => endsFrom),
      entries.map(({ validFrom }) => validFrom),
      change.author,
      change.reason,
      version,
    ],
  )
}

/** The entries of a register that hold on a day, by key; a page after a key. */
export async function holdingOn(
  db: Queryable,
  regionCode: string,
  register: RegisterName,
  day: CivilDay,
  after: string,
  limit: number,
): Promise<RegisterEntry[]> {
  const { rows } = await db.query<{
    key: string
    valid_from: CivilDay
    valid_to: CivilDay | null
    data: Registers[RegisterName]
  }>(
    `select key, valid_from::text, valid_to::text, data
       from register_entry
      where region_code = $1 and register = $2 and key > $4
        and valid_from <= $3 and (valid_to is null or valid_to >= $3)
      order by key
      limit $5`,
    [regionCode, register, day, after, limit],
  )
  return rows.map(({ key, valid_from, valid_to, data }) => ({
    register,
    key,
    validFrom: valid_from,
    ...(valid_to === null ? {} : { validTo: valid_to }),
    data,
  }))
}
