import { hash } from 'node:crypto'
import { childrenOf, content, DerCursor, DerError, type DerNode, encoded, TAG } from './der-reader.ts'
import { readOid } from './der-values.ts'

/** Short names of the parts of a name, by object identifier. */
export const NAME_PARTS: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.1': 'UID',
}

/** Object identifiers of the parts of a name, by short name. */
export const PART_IDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(NAME_PARTS).map(([id, short]) => [short, id]),
)

const UTF8_STRING = 0x0c
const PRINTABLE_STRING = 0x13
const TELETEX_STRING = 0x14
const IA5_STRING = 0x16
const UNIVERSAL_STRING = 0x1c
const BMP_STRING = 0x1e

/** The text of a string of a name; undefined for another type. */
function textOf(value: DerNode): string | undefined {
  const bytes = content(value)
  switch (value.tag) {
    case UTF8_STRING:
    case PRINTABLE_STRING:
    case IA5_STRING:
      return bytes.toString('utf8')
    case TELETEX_STRING:
      return bytes.toString('latin1')
    case BMP_STRING:
      return bytes.length % 2 === 0 ? Buffer.from(bytes).swap16().toString('utf16le') : undefined
    case UNIVERSAL_STRING: {
      let text = ''
      for (let at = 0; at + 4 <= bytes.length; at += 4) {
        const point = bytes.readUInt32BE(at)
        if (point > 0x10_ffff) return undefined
        text += String.fromCodePoint(point)
      }
      return text
    }
    default:
      return undefined
  }
}

/** The attributes of one part of a name, each as type and value. */
function setOf(set: DerNode): { readonly oid: string; readonly value: DerNode }[] {
  return childrenOf(set).map((attribute) => {
    const cursor = new DerCursor(attribute, TAG.sequence)
    const oid = readOid(cursor.next())
    const value = cursor.next()
    cursor.end()
    return { oid, value }
  })
}

function attributesOf(name: DerNode): { readonly oid: string; readonly value: DerNode }[][] {
  return childrenOf(name, TAG.sequence).map((set) => {
    if (set.tag !== TAG.set) throw new DerError('malformed')
    return setOf(set)
  })
}

/**
 * A name for people to read, in the order of RFC 4514: `CN=…,O=…,C=CN`. Never used to decide anything.
 *
 * @throws DerError when the name is not a sequence of sets of attributes
 */
export function describeName(name: DerNode): string {
  return attributesOf(name)
    .flat()
    .map(({ oid, value }) => {
      const text = textOf(value) ?? content(value).toString('utf8')
      return `${NAME_PARTS[oid] ?? oid}=${text.replace(/[\\,+"<>;=]/g, '\\$&')}`
    })
    .reverse()
    .join(',')
}

/** As RFC 5280, 7.1 compares: no case, blanks folded, whatever the kind of string. */
function folded(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase()
}

type Attributes = ReturnType<typeof attributesOf>[number]

/** One part in one form for all the ways to write it. */
function partOf(attributes: Attributes): string {
  return attributes
    .map(({ oid, value }) => {
      const text = textOf(value)
      return text === undefined ? `${oid}#${encoded(value).toString('hex')}` : `${oid}=${folded(text)}`
    })
    .sort()
    .join('+')
}

/**
 * The parts of a name in their order, each in one form for all the ways to write it (RFC 5280, 7.1): authorities write
 * the same name as PrintableString here and as UTF8String there.
 *
 * @throws DerError when the name is not a sequence of sets of attributes
 */
export function nameParts(name: DerNode): readonly string[] {
  return attributesOf(name).map(partOf)
}

/** The one part that a name relative to another adds to it: a SET of attributes under any tag. */
export function relativePart(set: DerNode): string {
  return partOf(setOf(set))
}

/** One part as `nameParts` has it. @param type a short name, or an object identifier */
export function namePart(type: string, text: string): string {
  return `${PART_IDS[type] ?? type}=${folded(text)}`
}

/** SHA-256 over the parts, hex: equal for names that are the same, however they are written. */
export function nameHash(name: DerNode | readonly string[]): string {
  return hash('sha256', JSON.stringify('source' in name ? nameParts(name) : name))
}
