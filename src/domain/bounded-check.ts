import type { SchemaError } from './field-fault.ts'

/** A compiled schema, as Ajv makes it. */
export interface Validator {
  (value: unknown): unknown
  errors?: readonly SchemaError[] | null | undefined
}

/** Of a value with more parts than this only the first fault is looked for: listing them all would take too long. */
const LISTED_PARTS = 6_000

/**
 * A check whose cost is bounded by the size of what is checked, whatever is wrong with it: it stops at the first fault,
 * and looks for all of them only in a value that is small.
 *
 * @param first stops at the first fault
 * @param makeAll makes a validator of the same schema that lists all faults, when one is first needed
 * @returns no errors for a good value
 */
export function boundedCheck(
  first: Validator,
  makeAll: () => Validator,
): (value: unknown) => readonly SchemaError[] {
  let all: Validator | undefined
  return (value) => {
    if (first(value)) return []
    const found = first.errors ?? []
    if (!isSmall(value)) return found
    all ??= makeAll()
    all(value)
    return all.errors ?? found
  }
}

function isSmall(value: unknown): boolean {
  const ahead = [value]
  for (let parts = 0; parts <= LISTED_PARTS; parts += 1) {
    if (ahead.length === 0) return true
    const here = ahead.pop()
    if (here === null || typeof here !== 'object') continue
    const inside = Object.values(here)
    if (inside.length > LISTED_PARTS) return false
    ahead.push(...inside)
  }
  return false
}
