import type { Dated } from '../domain/facts.ts'
import type { CivilDay } from '../domain/primitives/civil-day.ts'
import { foldedName } from '../domain/primitives/folded-name.ts'
import type { RegisterEntry, RegisterName, Registers } from '../domain/registers.ts'
import type { Queryable } from './database.ts'
import { loadReference, subjectOf } from './registers.ts'

/**
 * The reference registers of one region in memory: institutions, designations, practitioners, filings,
 * certificates, drugs, prices, lists, and sanctions on institutions and practitioners.
 *
 * Exactly invalidated: whoever reads facts reads the version number in the same statement and calls `refresh` when
 * it differs. A few thousand entries per region; insured persons are never held here.
 */
export class RegisterSnapshot {
  readonly regionCode: string
  #version = 0n
  /** By `register/key`, then by first day. */
  readonly #byKey = new Map<string, Map<CivilDay, Held>>()
  /** By `register/subject`, oldest first; ready to hand out. */
  readonly #bySubject = new Map<string, Period[]>()

  constructor(regionCode: string) {
    this.regionCode = regionCode
  }

  /** The version it is complete to. */
  get version(): bigint {
    return this.#version
  }

  /** Reads what changed since the held version. */
  async refresh(db: Queryable): Promise<void> {
    const { version, entries } = await loadReference(db, this.regionCode, this.#version)
    const touched = new Set<string>()
    for (const entry of entries) {
      const slot = `${entry.register}/${entry.key}`
      const subject = `${entry.register}/${indexed(entry)}`
      const periods = this.#byKey.get(slot) ?? new Map<CivilDay, Held>()
      // One that was ended before it held comes first; another may have begun on the same day.
      if (isWithdrawn(entry)) periods.delete(entry.validFrom)
      else periods.set(entry.validFrom, { subject, period: periodOf(entry) })
      this.#byKey.set(slot, periods)
      touched.add(subject)
    }
    if (touched.size > 0) this.#index(touched)
    if (version > this.#version) this.#version = version
  }

  #index(touched: ReadonlySet<string>): void {
    for (const subject of touched) this.#bySubject.set(subject, [])
    for (const periods of this.#byKey.values()) {
      for (const { subject, period } of periods.values()) {
        if (touched.has(subject)) this.#bySubject.get(subject)!.push(period)
      }
    }
    for (const subject of touched) {
      this.#bySubject
        .get(subject)!
        .sort((a, b) => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0))
    }
  }

  /**
   * All periods of the entries about a subject, oldest first; of drugs, all that have an ingredient, of diagnoses,
   * all of one folded name. Not to be changed by the caller.
   */
  about<Name extends RegisterName>(register: Name, subject: string): readonly Dated<Registers[Name]>[] {
    return (this.#bySubject.get(`${register}/${subject}`) ?? []) as Period[] & Dated<Registers[Name]>[]
  }

  /** The entry of a key that holds on a day. */
  find<Name extends RegisterName>(
    register: Name,
    key: string,
    day: CivilDay,
  ): Dated<Registers[Name]> | undefined {
    for (const { period } of this.#byKey.get(`${register}/${key}`)?.values() ?? []) {
      if (holdsOn(period, day)) return period as Period & Dated<Registers[Name]>
    }
    return undefined
  }

  /** Every entry of a register that holds on a day. */
  all<Name extends RegisterName>(register: Name, day: CivilDay): Dated<Registers[Name]>[] {
    const found: Period[] = []
    for (const [slot, periods] of this.#byKey) {
      if (!slot.startsWith(`${register}/`)) continue
      for (const { period } of periods.values()) if (holdsOn(period, day)) found.push(period)
    }
    return found as Period[] & Dated<Registers[Name]>[]
  }
}

/** The data of an entry with its period: what rules see. */
type Period = Dated<Registers[RegisterName]>

interface Held {
  readonly subject: string
  readonly period: Period
}

/**
 * Drugs are looked up by ingredient, because rules ask about equivalents, and diagnoses by name, because a rule asks
 * whose name it is; everything else by its subject.
 */
function indexed(entry: RegisterEntry): string {
  if (entry.register === 'drug') return (entry.data as Registers['drug']).ingredient
  return entry.register === 'diagnosis'
    ? foldedName((entry.data as Registers['diagnosis']).name)
    : subjectOf(entry)
}

function isWithdrawn({ validFrom, validTo }: RegisterEntry): boolean {
  return validTo !== undefined && validTo < validFrom
}

function periodOf({ data, validFrom, validTo }: RegisterEntry): Period {
  return { ...data, validFrom, ...(validTo === undefined ? {} : { validTo }) }
}

function holdsOn({ validFrom, validTo }: Period, day: CivilDay): boolean {
  return validFrom <= day && (validTo === undefined || day <= validTo)
}

/** The snapshots of all regions that this process has met. */
export class RegisterCache {
  readonly #snapshots = new Map<string, { snapshot: RegisterSnapshot; loading?: Promise<void> }>()

  /**
   * The snapshot of a region, at least as fresh as `version`.
   *
   * @param version as read from `register_version`; older callers may be served a newer snapshot
   */
  async at(db: Queryable, regionCode: string, version: bigint): Promise<RegisterSnapshot> {
    let slot = this.#snapshots.get(regionCode)
    if (slot === undefined) {
      slot = { snapshot: new RegisterSnapshot(regionCode) }
      this.#snapshots.set(regionCode, slot)
    }
    while (slot.snapshot.version < version) {
      slot.loading ??= slot.snapshot.refresh(db).finally(() => {
        delete slot!.loading
      })
      await slot.loading
    }
    return slot.snapshot
  }

  /** The newest snapshot, for reads that judge nothing. */
  async latest(db: Queryable, regionCode: string): Promise<RegisterSnapshot> {
    const { rows } = await db.query<{ version: string }>(
      'select version from register_version where region_code = $1',
      [regionCode],
    )
    return await this.at(db, regionCode, BigInt(rows[0]?.version ?? 0))
  }
}
