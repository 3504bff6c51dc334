/** Values that have a canonical form. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }

/**
 * The canonical bytes of a JSON value, after RFC 8785: keys sorted by UTF-16 unit, no blanks. Members that are
 * undefined are left out.
 *
 * Restricted to safe integers, because nothing the hub stores as evidence is a floating number.
 *
 * @param value plain data; typed widely, because an interface is never assignable to an index signature
 * @throws RangeError for a number that is no safe integer
 * @throws TypeError for what JSON has no word for: undefined in a list, a bigint, a function, a Date or another object
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value)
    case 'number':
      if (!Number.isSafeInteger(value)) throw new RangeError(`no canonical form for the number ${value}`)
      return String(value)
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? canonicalList(value) : canonicalObject(value)
    default:
      throw new TypeError(`no canonical form for a ${typeof value}`)
  }
}

function canonicalList(list: readonly unknown[]): string {
  let text = ''
  for (const item of list) text += `${text === '' ? '' : ','}${canonicalJson(item)}`
  return `[${text}]`
}

function canonicalObject(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`no canonical form for a ${value.constructor.name}`)
  const members = value as Readonly<Record<string, unknown>>
  let text = ''
  for (const key of Object.keys(members).sort()) {
    if (members[key] === undefined) continue
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(members[key])}`
  }
  return `{${text}}`
}
