import { DerError, TAG } from './der-reader.ts'

const MAX_DEPTH = 32
const CONSTRUCTED = 0x20
/** An OCTET STRING in pieces, as streaming software writes the content. */
const OCTETS_IN_PIECES = TAG.octetString | CONSTRUCTED

interface Header {
  readonly tag: number
  readonly from: number
  /** Absent where the end is marked by two zero bytes instead of told. */
  readonly length?: number
}

function readHeader(source: Buffer, at: number, limit: number): Header {
  if (limit - at < 2) throw new DerError('malformed')
  const tag = source[at]!
  const first = source[at + 1]!
  if ((tag & 0x1f) === 0x1f || tag === 0) throw new DerError('malformed')
  if (first === 0x80) {
    if ((tag & CONSTRUCTED) === 0) throw new DerError('malformed')
    return { tag, from: at + 2 }
  }
  if (first < 0x80) return { tag, from: at + 2, length: first }
  const size = first & 0x7f
  if (size > 8 || limit - at - 2 < size) throw new DerError('malformed')
  let length = 0
  for (const byte of source.subarray(at + 2, at + 2 + size)) length = length * 256 + byte
  return { tag, from: at + 2 + size, length }
}

function element(tag: number, pieces: readonly Buffer[]): Buffer {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), ...pieces])
  const digits = length.toString(16)
  const size = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
  return Buffer.concat([Buffer.from([tag, 0x80 | size.length]), size, ...pieces])
}

/** One element from `at`. @returns it as DER, its tag, and where the next one begins */
function transcode(source: Buffer, at: number, limit: number, depth: number) {
  if (depth > MAX_DEPTH) throw new DerError('malformed')
  const { tag, from, length } = readHeader(source, at, limit)
  if (length !== undefined && length > limit - from) throw new DerError('malformed')
  if ((tag & CONSTRUCTED) === 0) {
    const to = from + length!
    return {
      tag,
      der: element(tag, [source.subarray(from, to)]),
      content: source.subarray(from, to),
      next: to,
    }
  }
  const end = length === undefined ? limit : from + length
  const children: ReturnType<typeof transcode>[] = []
  let next = from
  while (length === undefined ? !isEndMark(source, next, end) : next < end) {
    const child = transcode(source, next, end, depth + 1)
    children.push(child)
    next = child.next
  }
  if (length === undefined) next += 2
  if (tag !== OCTETS_IN_PIECES) {
    const content = Buffer.concat(children.map((child) => child.der))
    return { tag, der: element(tag, [content]), content, next }
  }
  if (children.some((child) => child.tag !== TAG.octetString)) throw new DerError('malformed')
  const content = Buffer.concat(children.map((child) => child.content))
  return { tag: TAG.octetString, der: element(TAG.octetString, [content]), content, next }
}

function isEndMark(source: Buffer, at: number, limit: number): boolean {
  if (limit - at < 2) throw new DerError('malformed')
  return source[at] === 0 && source[at + 1] === 0
}

/**
 * Writes BER (X.690, 8.1.3.6 and 8.7.3: indefinite and longer lengths, octet strings in pieces) as DER: what software
 * writes that streams, BouncyCastle by default. The values stay as they are; DER comes out byte for byte as it went in.
 *
 * @throws DerError `trailing` when bytes follow the element, `malformed` when it is no BER
 */
export function berToDer(source: Buffer): Buffer {
  const { der, next } = transcode(source, 0, source.length, 0)
  if (next !== source.length) throw new DerError('trailing')
  return der
}
