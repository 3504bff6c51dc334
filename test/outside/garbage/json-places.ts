import type { Json } from '../description.ts'

/** Names and numbers from the root to a value. */
export type Place = readonly (string | number)[]

/** Every value within a JSON document, the document itself first. */
export function placesOf(value: Json, at: Place = []): Place[] {
  if (value === null || typeof value !== 'object') return [at]
  return [at, ...Object.keys(value).flatMap((name) => placesOf(value[name], [...at, nameOf(value, name)]))]
}

const nameOf = (within: Json, name: string) => (Array.isArray(within) ? Number(name) : name)

export const valueAt = (document: Json, place: Place): Json =>
  place.reduce((within: Json, name) => within[name], document)

/** Stands where the bytes go. */
const MARK = '@@here@@'

/** The document as bytes, with other bytes in place of one value. */
export function replaced(document: Json, place: Place, bytes: Buffer | string): Buffer {
  const parts = JSON.stringify(withValue(document, place, MARK)).split(`"${MARK}"`)
  return Buffer.concat([Buffer.from(parts[0]!), Buffer.from(bytes), Buffer.from(parts[1] ?? '')])
}

/** A copy with another value at a place; without it when `undefined`. */
export function withValue(document: Json, place: Place, value: Json): Json {
  if (place.length === 0) return value
  const copy = structuredClone(document)
  const last = place.at(-1)!
  const within = valueAt(copy, place.slice(0, -1))
  if (value === undefined && Array.isArray(within)) within.splice(Number(last), 1)
  else if (value === undefined) delete within[last]
  else within[last] = value
  return copy
}
