import type { CivilDay } from '../domain/primitives/civil-day.ts'
import type { GenericProduct, RegisterEntry, RegisterName, Registers } from '../domain/registers.ts'
import type { Queryable } from './database.ts'

/** Who changed a register, why and when. */
export interface RegisterChange {
  readonly author: string
  readonly reason: string
  readonly at: Date
}

/** An entry as stored, with its history. */
export interface StoredEntry<Name extends RegisterName = RegisterName> extends RegisterEntry<Name> {
  /** Decimal text; tells entries of one key and first day apart. */
  readonly entryNo: string
  readonly author: string
  readonly reason: string
  readonly recordedAt: string
  readonly endedBy?: string
  readonly endReason?: string
}

/** The person, institution, practitioner or drug that an entry is about. */
export function subjectOf({ register, key, data }: RegisterEntry): string {
  switch (register) {
    case 'person':
    case 'qualification':
    case 'other-benefit':
      return (data as Registers['person' | 'qualification' | 'other-benefit']).personId
    case 'sanction':
      return (data as Registers['sanction']).subjectId
    case 'designation':
      return (data as Registers['designation']).institutionId
    case 'filing':
      return (data as Registers['filing']).practitionerId
    case 'certificate': {
      const certificate = data as Registers['certificate']
      return certificate.practitionerId ?? certificate.institutionId
    }
    case 'drug-list':
      return (data as Registers['drug-list']).drugCode
    case 'payment-standard': {
      const { drugCode, generic } = data as Registers['payment-standard']
      return drugCode ?? generic!.genericName
    }
    default:
      return key
  }
}

/** Raises the version of a region's registers; the lock it takes puts register changes in one order. */
export async function raiseVersion(tx: Queryable, regionCode: string): Promise<string> {
  const { rows } = await tx.query<{ version: string }>(
    `insert into register_version (region_code, version) values ($1, 1)
     on conflict (region_code) do update set version = register_version.version + 1
     returning version`,
    [regionCode],
  )
  return rows[0]!.version
}

/**
 * Adds entries to the registers of a region.
 *
 * @throws the database's exclusion violation (23P01) when an entry of the same key holds on one of the days
 */
export async function addEntries(
  tx: Queryable,
  regionCode: string,
  entries: readonly RegisterEntry[],
  change: RegisterChange,
): Promise<void> {
  if (entries.length === 0) return
  const version = await raiseVersion(tx, regionCode)
  await tx.query(
    `insert into register_entry
       (region_code, register, key, subject, valid_from, valid_to, data, version, author, reason, recorded_at)
     select $1, e.register, e.key, e.subject, e.valid_from, e.valid_to, e.data, $3, $4, $5, $6
     from jsonb_to_recordset($2::jsonb)
       as e(register text, key text, subject text, valid_from date, valid_to date, data jsonb)`,
    [
      regionCode,
      JSON.stringify(
        entries.map((entry) => ({
          register: entry.register,
          key: entry.key,
          subject: subjectOf(entry),
          valid_from: entry.validFrom,
          valid_to: entry.validTo ?? null,
          data: entry.data,
        })),
      ),
      version,
      change.author,
      change.reason,
      change.at,
    ],
  )
}

/**
 * Ends the entry of a key that holds on `lastDay`, or the one that begins the day after: that one then holds on no
 * day, so a change takes effect at once even when the entry began today.
 *
 * @param lastDay the last day on which the key still holds
 * @returns false when no entry of that key holds longer
 */
export async function endEntry(
  tx: Queryable,
  regionCode: string,
  register: RegisterName,
  key: string,
  lastDay: CivilDay,
  change: RegisterChange,
): Promise<boolean> {
  const version = await raiseVersion(tx, regionCode)
  const { rowCount } = await tx.query(
    `update register_entry
        set valid_to = $4, version = $5, ended_by = $6, end_reason = $7
      where region_code = $1
        and register = $2
        and key = $3
        and valid_from - 1 <= $4
        and (valid_to is null or valid_to > $4)`,
    [regionCode, register, key, lastDay, version, change.author, change.reason],
  )
  return rowCount === 1
}

interface EntryRow {
  register: RegisterName
  key: string
  valid_from: CivilDay
  valid_to: CivilDay | null
  data: Registers[RegisterName]
}

function entryOf(row: EntryRow): RegisterEntry {
  const { register, key, valid_from, valid_to, data } = row
  return { register, key, validFrom: valid_from, ...(valid_to === null ? {} : { validTo: valid_to }), data }
}

/**
 * The reference entries (all that don't concern one insured person) changed after a version.
 *
 * @param since a version; 0 loads everything
 * @returns the entries and the version they are complete to
 */
export async function loadReference(
  db: Queryable,
  regionCode: string,
  since: bigint,
): Promise<{ version: bigint; entries: RegisterEntry[] }> {
  const { rows } = await db.query<EntryRow & { version: string }>(
    `select v.version, e.register, e.key, e.valid_from::text, e.valid_to::text, e.data
       from register_version v
       left join register_entry e
         on e.region_code = v.region_code
        and e.version > $2
        and e.register not in ('person', 'qualification', 'other-benefit')
        and not (e.register = 'sanction' and e.data ->> 'subject' = 'person')
      where v.region_code = $1
      order by e.register, e.key, e.valid_from, e.valid_to >= e.valid_from nulls last`,
    [regionCode, since],
  )
  if (rows.length === 0) return { version: 0n, entries: [] }
  return {
    version: BigInt(rows[0]!.version),
    entries: rows.filter((row) => row.register !== null).map(entryOf),
  }
}

/** Whether a registered product has this generic name, and the form and specification where they are named, on a day. */
export async function isDrugNamed(
  db: Queryable,
  regionCode: string,
  generic: GenericProduct,
  day: CivilDay,
): Promise<boolean> {
  const { rows } = await db.query<{ known: boolean }>(
    `select exists (
       select from register_entry
        where region_code = $1 and register = 'drug' and data @> $2::jsonb
          and valid_from <= $3 and (valid_to is null or valid_to >= $3)) as known`,
    [regionCode, JSON.stringify(generic), day],
  )
  return rows[0]!.known
}

/** Whether each entry holds on a day; in the order of the question. */
export async function holdOn(
  db: Queryable,
  regionCode: string,
  entries: readonly { readonly register: RegisterName; readonly key: string }[],
  day: CivilDay,
): Promise<boolean[]> {
  if (entries.length === 0) return []
  const { rows } = await db.query<{ holds: boolean }>(
    `select exists (select from register_entry e
                     where e.region_code = $1 and e.register = asked.register and e.key = asked.key
                       and e.valid_from <= $4 and (e.valid_to is null or e.valid_to >= $4)) as holds
       from unnest($2::text[], $3::text[]) with ordinality as asked (register, key, place)
      order by asked.place`,
    [regionCode, entries.map(({ register }) => register), entries.map(({ key }) => key), day],
  )
  return rows.map(({ holds }) => holds)
}

/** The entries of one register as the agency sees them, by key and the newest first; all periods. */
export async function listEntries(
  db: Queryable,
  regionCode: string,
  register: RegisterName,
  filter: {
    readonly key?: string
    readonly subject?: string
    /** The last entry of the page before. */
    readonly after?: { readonly key: string; readonly validFrom: CivilDay; readonly entryNo: string }
    readonly limit: number
  },
): Promise<StoredEntry[]> {
  const { rows } = await db.query<
    EntryRow & {
      entry_no: string
      author: string
      reason: string
      recorded_at: string
      ended_by: string | null
      end_reason: string | null
    }
  >(
    `select register, key, valid_from::text, valid_to::text, data, entry_no, author, reason,
            to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as recorded_at, ended_by, end_reason
       from register_entry
      where region_code = $1
        and register = $2
        and ($3::text is null or key = $3)
        and ($4::text is null or subject = $4)
        and ($5::text is null or key > $5 or (key = $5 and (valid_from, entry_no) < ($6::date, $7::bigint)))
      order by key, valid_from desc, entry_no desc
      limit $8`,
    [
      regionCode,
      register,
      filter.key ?? null,
      filter.subject ?? null,
      filter.after?.key ?? null,
      filter.after?.validFrom ?? null,
      filter.after?.entryNo ?? null,
      filter.limit,
    ],
  )
  return rows.map((row) => ({
    ...entryOf(row),
    entryNo: row.entry_no,
    author: row.author,
    reason: row.reason,
    recordedAt: row.recorded_at,
    ...(row.ended_by === null ? {} : { endedBy: row.ended_by }),
    ...(row.end_reason === null ? {} : { endReason: row.end_reason }),
  }))
}
