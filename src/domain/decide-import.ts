import type { CivilDay } from './primitives/civil-day.ts'

/** An entry of the same key that holds on the first day of a line, or later. */
export interface HeldEntry {
  readonly validFrom: CivilDay
  readonly validTo?: CivilDay
  readonly data: object
}

/** What a line of a register's table does. */
export type ImportDecision =
  | { readonly does: 'add' }
  /** The entry that holds ends the day before, and the line's begins. */
  | { readonly does: 'change'; readonly endsFrom: CivilDay }
  /** The register says the same already. */
  | { readonly does: 'nothing' }
  /** An entry that begins later stands in the way. */
  | { readonly does: 'conflict'; readonly with: CivilDay }

/**
 * Decides what a line of a register's table does: what is new is added, what differs takes the place of what holds, and
 * what is the same changes nothing, so that a table can be sent again.
 *
 * @param held entries of the key that hold on the line's first day or later, the earliest first
 */
export function decideImport(
  held: readonly HeldEntry[],
  line: { readonly validFrom: CivilDay; readonly validTo?: CivilDay; readonly data: object },
): ImportDecision {
  const current = held.find(({ validFrom }) => validFrom <= line.validFrom)
  const later = held.find(
    ({ validFrom }) =>
      validFrom > line.validFrom && (line.validTo === undefined || validFrom <= line.validTo),
  )
  if (current !== undefined && isSame(current.data, line.data) && current.validTo === line.validTo)
    return { does: 'nothing' }
  if (later !== undefined) return { does: 'conflict', with: later.validFrom }
  return current === undefined ? { does: 'add' } : { does: 'change', endsFrom: current.validFrom }
}

/** Members in any order; numbers may have decimals, so the canonical form of hashes is not to be had. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [members, others] = [Object.entries(a), new Map(Object.entries(b))]
  return (
    Array.isArray(a) === Array.isArray(b) &&
    members.length === others.size &&
    members.every(([name, value]) => others.has(name) && isSame(value, others.get(name)))
  )
}
