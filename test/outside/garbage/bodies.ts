import type { Json } from '../description.ts'
import { type Place, placesOf, replaced, valueAt, withValue } from './json-places.ts'
import type { Random } from './random.ts'
import {
  DECIMALS,
  fullWidth,
  GBK,
  NAMES,
  NOT_UTF8,
  NUMBERS,
  nested,
  OTHER_TYPES,
  TEXTS,
  TIMES,
} from './values.ts'

/** A body that was broken. */
export interface Broken {
  readonly kind: string
  readonly bytes: Buffer
  /** No reading of it is the right one: it must not be taken. */
  readonly mustRefuse: boolean
}

const LONG = 120_000
const MANY = 5_000
const DEPTH = 10_000

type Breaker = (body: Json, random: Random) => Omit<Broken, 'kind'> | undefined

const anywhere = (body: Json, random: Random): Place => random.pick(placesOf(body))

/** A place with a value of a type; undefined when the body has none. */
function placeOf(body: Json, random: Random, isRight: (value: Json) => boolean): Place | undefined {
  const places = placesOf(body).filter((place) => isRight(valueAt(body, place)))
  return places.length === 0 ? undefined : random.pick(places)
}

const isText = (value: Json) => typeof value === 'string'
const isObject = (value: Json) => value !== null && typeof value === 'object' && !Array.isArray(value)

const at = (
  isRight: (value: Json) => boolean,
  mustRefuse: boolean,
  make: (value: Json, random: Random) => Buffer | string,
) =>
  ((body, random) => {
    const place = placeOf(body, random, isRight)
    if (place === undefined) return undefined
    return { bytes: replaced(body, place, make(valueAt(body, place), random)), mustRefuse }
  }) satisfies Breaker

const quoted = JSON.stringify

/** One way each to break a JSON body. */
export const JSON_BREAKERS: Readonly<Record<string, Breaker>> = {
  'another type': (body, random) => ({
    bytes: replaced(body, anywhere(body, random), random.pick(OTHER_TYPES)),
    mustRefuse: false,
  }),
  'a member left out': (body, random) => {
    const places = placesOf(body).slice(1)
    if (places.length === 0) return undefined
    return {
      bytes: Buffer.from(JSON.stringify(withValue(body, random.pick(places), undefined))),
      mustRefuse: false,
    }
  },
  'a member too many': at(isObject, false, (value, random) => {
    const own = JSON.stringify(value).slice(1, -1)
    const more = `${quoted(random.pick(NAMES))}:${random.pick(OTHER_TYPES)}`
    return `{${[own, more].filter((text) => text !== '').join(',')}}`
  }),
  'a member twice': at(
    (value) => isObject(value) && Object.keys(value).length > 0,
    true,
    (value, random) => {
      const name = random.pick(Object.keys(value))
      return `{${quoted(name)}:${random.pick(OTHER_TYPES)},${JSON.stringify(value).slice(1)}`
    },
  ),
  depth: at(
    () => true,
    true,
    (_value, random) => nested(DEPTH, random.below(2) === 0),
  ),
  'half a character': at(isText, true, (value, random) =>
    quoted(value).replace(/"$/, `${random.pick(['\\ud83d', '\\udc00', '\\ud800\\ud800'])}"`),
  ),
  'a NUL': at(isText, true, (value) => quoted(`${value}\u0000`)),
  'an odd number': at(
    () => true,
    false,
    (_value, random) => random.pick(NUMBERS),
  ),
  'an odd time': at(isText, false, (_value, random) => quoted(random.pick(TIMES))),
  'an odd decimal': at(isText, false, (_value, random) => quoted(random.pick(DECIMALS))),
  'odd text': at(isText, false, (value, random) =>
    quoted(random.pick([random.pick(TEXTS), value + random.pick(TEXTS)])),
  ),
  'full-width forms': at(isText, false, (value) => quoted(fullWidth(value))),
  'very long text': at(isText, false, (value) =>
    quoted(
      String(value || 'x')
        .repeat(LONG)
        .slice(0, LONG),
    ),
  ),
  'very many items': at(Array.isArray, false, (value) =>
    JSON.stringify(Array.from({ length: MANY }, () => value[0] ?? null)),
  ),
  'GBK bytes': at(isText, true, () => GBK),
  'no UTF-8': at(isText, true, (_value, random) => random.pick(NOT_UTF8)),
  'a byte order mark': (body) => ({ bytes: Buffer.from(`\ufeff${JSON.stringify(body)}`), mustRefuse: false }),
  'UTF-16': (body) => ({ bytes: Buffer.from(`\ufeff${JSON.stringify(body)}`, 'utf16le'), mustRefuse: true }),
  'no JSON': (body, random) => {
    const text = JSON.stringify(body)
    const bytes = random.pick([
      '',
      '{',
      text.slice(0, -1),
      `${text}${text}`,
      `${text},`,
      text.replaceAll('"', "'"),
      text.replace('{', '{,'),
      `/**/${text}`,
      'undefined',
      'NaN',
    ])
    return { bytes: Buffer.from(bytes), mustRefuse: true }
  },
}

/** Breaks the document within a push as if it were the body; a push unsigned is judged as well. */
export function withinDocument(
  body: Json,
  breaker: Breaker,
  random: Random,
): Omit<Broken, 'kind'> | undefined {
  if (typeof body?.document !== 'string') return undefined
  const document = JSON.parse(Buffer.from(body.document, 'base64').toString('utf8'))
  const broken = breaker(document, random)
  if (broken === undefined) return undefined
  return {
    ...broken,
    bytes: Buffer.from(JSON.stringify({ ...body, document: broken.bytes.toString('base64') })),
  }
}

/** One way each to break bytes of which a program knows nothing: forms, tables, files. */
export const BYTE_BREAKERS: Readonly<Record<string, (bytes: Buffer, random: Random) => Buffer>> = {
  'cut off': (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  empty: () => Buffer.alloc(0),
  'a byte changed': (bytes, random) => {
    const copy = Buffer.from(bytes)
    copy[random.below(copy.length)] = random.below(256)
    return copy
  },
  'bytes put in': (bytes, random) => {
    const at = random.below(bytes.length)
    const more = random.pick([
      Buffer.from([0]),
      GBK,
      ...NOT_UTF8,
      Buffer.from('","\r\n'),
      Buffer.from('%00%ff%zz&=&'),
    ])
    return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)])
  },
  'a byte order mark': (bytes) => Buffer.concat([Buffer.from('\ufeff'), bytes]),
  'UTF-16': (bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le'),
  'again and again': (bytes) => Buffer.concat(Array.from({ length: 200 }, () => bytes)),
  'one long line': (bytes) => Buffer.concat([bytes, Buffer.alloc(20_000, 0x61)]),
}
