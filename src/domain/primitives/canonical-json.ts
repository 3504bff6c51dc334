/** Values that have a canonical form. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }

/**
 * The canonical bytes of a JSON value, after RFC 8785: keys sorted by UTF-16 unit, no blanks.
 *
 * Restricted to safe integers, because nothing the hub stores as evidence is a floating number.
 *
 * @throws RangeError for a number that is no safe integer
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError(`no canonical form for the number ${value}`)
    return String(value)
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.keys(value)
    .sort()
    .filter((key) => value[key] !== undefined)
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key]!)}`)
  return `{${members.join(',')}}`
}

function isArray(value: object): value is readonly Json[] {
  return Array.isArray(value)
}
