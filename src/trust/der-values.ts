import { content, DerError, type DerNode, TAG } from './der-reader.ts'

/** Dotted form of an OBJECT IDENTIFIER. */
export function readOid(node: DerNode): string {
  if (node.tag !== TAG.oid || node.from === node.to) throw new DerError('malformed')
  const { source } = node
  let dotted = ''
  let arc = 0
  let fresh = true
  for (let i = node.from; i < node.to; i += 1) {
    const byte = source[i]!
    if (fresh && byte === 0x80) throw new DerError('not-der')
    if (arc > 0xff_ffff_ffff) throw new DerError('malformed')
    arc = arc * 128 + (byte & 0x7f)
    fresh = byte < 0x80
    if (!fresh) continue
    if (dotted === '') {
      const root = arc < 80 ? Math.floor(arc / 40) : 2
      dotted = `${root}.${arc - root * 40}`
    } else {
      dotted += `.${arc}`
    }
    arc = 0
  }
  if (!fresh) throw new DerError('malformed')
  return dotted
}

/** Content of an INTEGER of any size as hex, two's complement, shortest form. */
export function readIntegerHex(node: DerNode, tag: number = TAG.integer): string {
  if (node.tag !== tag) throw new DerError('malformed')
  const bytes = content(node)
  if (bytes.length === 0) throw new DerError('malformed')
  const padded =
    bytes.length > 1 && ((bytes[0] === 0 && bytes[1]! < 0x80) || (bytes[0] === 0xff && bytes[1]! >= 0x80))
  if (padded) throw new DerError('not-der')
  return bytes.toString('hex')
}

/** A small INTEGER or ENUMERATED, zero or more. */
export function readSmallInteger(node: DerNode, tag: number = TAG.integer): number {
  const hex = readIntegerHex(node, tag)
  if (hex.length > 8 || Number.parseInt(hex.slice(0, 2), 16) >= 0x80) throw new DerError('malformed')
  return Number.parseInt(hex, 16)
}

/** A BOOLEAN: 00 or FF. */
export function readBoolean(node: DerNode): boolean {
  if (node.tag !== TAG.boolean || node.to - node.from !== 1) throw new DerError('malformed')
  const byte = node.source[node.from]!
  if (byte !== 0 && byte !== 0xff) throw new DerError('not-der')
  return byte === 0xff
}

/** Content of an OCTET STRING. */
export function readOctets(node: DerNode, tag: number = TAG.octetString): Buffer {
  if (node.tag === (tag | 0x20)) throw new DerError('not-der')
  if (node.tag !== tag) throw new DerError('malformed')
  return content(node)
}

/** A BIT STRING of whole bytes: keys and signatures. */
export function readBitBytes(node: DerNode): Buffer {
  const bytes = readOctets(node, TAG.bitString)
  if (bytes[0] !== 0) throw new DerError('malformed')
  return bytes.subarray(1)
}

/** Named bits of a BIT STRING: bit 0 is the first bit of the first byte. */
export function readNamedBits(node: DerNode): ReadonlySet<number> {
  const bytes = readOctets(node, TAG.bitString)
  const unused = bytes[0]
  if (unused === undefined || unused > 7 || (bytes.length === 1 && unused !== 0))
    throw new DerError('malformed')
  const bits = new Set<number>()
  const count = (bytes.length - 1) * 8
  for (let bit = 0; bit < count; bit += 1) {
    if ((bytes[1 + (bit >> 3)]! & (0x80 >> (bit & 7))) !== 0) bits.add(bit)
  }
  for (let bit = count - unused; bit < count; bit += 1) if (bits.has(bit)) throw new DerError('not-der')
  return bits
}

const UTC_TIME = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/
const GENERALIZED_TIME = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/

/** The instant of year to second, which must be real. @returns epoch milliseconds */
function instantOf(text: string, form: RegExp): number {
  const parts = form.exec(text)?.slice(1).map(Number)
  if (parts === undefined) throw new DerError('malformed')
  const [y, month, day, hour, minute, second] = parts as [number, number, number, number, number, number]
  const year = form === UTC_TIME ? y + (y < 50 ? 2000 : 1900) : y
  const at = new Date(0)
  at.setUTCFullYear(year, month - 1, day)
  at.setUTCHours(hour, minute, second, 0)
  const isReal =
    at.getUTCMonth() === month - 1 && at.getUTCDate() === day && hour < 24 && minute < 60 && second < 60
  if (!isReal) throw new DerError('malformed')
  return at.getTime()
}

/** UTCTime (years 1950 to 2049) or GeneralizedTime with seconds and `Z`. @returns epoch milliseconds */
export function readTime(node: DerNode): number {
  if (!isTime(node.tag)) throw new DerError('malformed')
  return instantOf(content(node).toString('latin1'), node.tag === TAG.utcTime ? UTC_TIME : GENERALIZED_TIME)
}

/** A GeneralizedTime that may have fractions of a second, as time stamps do. @returns epoch milliseconds, rounded down */
export function readExactTime(node: DerNode): number {
  const [, whole, fraction] = /^(\d{14})(\.\d{0,8}[1-9])?Z$/.exec(content(node).toString('latin1')) ?? []
  if (node.tag !== TAG.generalizedTime || whole === undefined) throw new DerError('malformed')
  return instantOf(`${whole}Z`, GENERALIZED_TIME) + Math.floor(Number(fraction ?? 0) * 1000)
}

/** Presence of a time at the cursor: UTCTime or GeneralizedTime. */
export function isTime(tag: number): boolean {
  return tag === TAG.utcTime || tag === TAG.generalizedTime
}
