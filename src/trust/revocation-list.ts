import { hash } from 'node:crypto'
import type { SignatureProblemCode } from '../domain/signature-problems.ts'
import {
  assertDer,
  childrenOf,
  DerCursor,
  DerError,
  type DerNode,
  encoded,
  readDer,
  TAG,
} from './der-reader.ts'
import {
  isTime,
  readBitBytes,
  readBoolean,
  readIntegerHex,
  readOctets,
  readOid,
  readSmallInteger,
  readTime,
} from './der-values.ts'
import { nameHash } from './distinguished-name.ts'
import { algorithmOrProblem, type SignatureAlgorithm } from './signature-algorithms.ts'

export interface RevokedEntry {
  /** Epoch milliseconds. */
  readonly revokedAt: number
  /** True for a compromised key: no signature of it can be believed, however early. */
  readonly isCompromised: boolean
}

/** One certificate revocation list (CRL), read whole. */
export interface RevocationList {
  readonly fingerprint: string
  /** Hash of the issuer's name: see `nameHash`. */
  readonly issuer: string
  readonly signed: Buffer
  readonly signature: Buffer
  readonly algorithm: SignatureAlgorithm | SignatureProblemCode
  /** Epoch milliseconds. */
  readonly thisUpdate: number
  /** Absent in a list without an end: it is stale from the start. */
  readonly nextUpdate?: number
  /** By serial number, as in `Certificate.serial`. */
  readonly revoked: ReadonlyMap<string, RevokedEntry>
  /** False for delta, indirect and partial lists: what they leave out proves nothing. */
  readonly isComplete: boolean
}

const CRL_NUMBER = '2.5.29.20'
const REASON = '2.5.29.21'
const INVALIDITY_DATE = '2.5.29.24'
const AUTHORITY_KEY = '2.5.29.35'
const COMPROMISED = new Set([1, 2, 10])

function* readExtensions(list: DerNode): Generator<{ oid: string; isCritical: boolean; value: Buffer }> {
  for (const extension of childrenOf(list, TAG.sequence)) {
    const cursor = new DerCursor(extension, TAG.sequence)
    const oid = readOid(cursor.next())
    const flag = cursor.optional(TAG.boolean)
    yield { oid, isCritical: flag !== undefined && readBoolean(flag), value: readOctets(cursor.next()) }
    cursor.end()
  }
}

function readEntry(node: DerNode): { serial: string; entry: RevokedEntry; isPlain: boolean } {
  const cursor = new DerCursor(node, TAG.sequence)
  const serial = readIntegerHex(cursor.next())
  let revokedAt = readTime(cursor.next())
  let isCompromised = false
  let isPlain = true
  if (!cursor.done) {
    for (const { oid, isCritical, value } of readExtensions(cursor.next())) {
      if (oid === REASON) isCompromised = COMPROMISED.has(readSmallInteger(readDer(value), TAG.enumerated))
      else if (oid === INVALIDITY_DATE) revokedAt = Math.min(revokedAt, readTime(readDer(value)))
      else if (isCritical) isPlain = false
    }
  }
  cursor.end()
  return { serial, entry: { revokedAt, isCompromised }, isPlain }
}

function readList(der: Buffer): RevocationList {
  const root = readDer(der)
  assertDer(root)
  const outer = new DerCursor(root, TAG.sequence)
  const signed = outer.next(TAG.sequence)
  const algorithm = outer.next(TAG.sequence)
  const signature = readBitBytes(outer.next())
  outer.end()

  const inner = new DerCursor(signed)
  const version = inner.optional(TAG.integer)
  if (version !== undefined && readSmallInteger(version) !== 1) throw new DerError('malformed')
  if (!encoded(inner.next(TAG.sequence)).equals(encoded(algorithm))) throw new DerError('malformed')
  const issuer = nameHash(inner.next(TAG.sequence))
  const thisUpdate = readTime(inner.next())
  const revoked = new Map<string, RevokedEntry>()
  let nextUpdate: number | undefined
  let isComplete = true
  while (!inner.done) {
    const node = inner.next()
    if (isTime(node.tag)) nextUpdate = readTime(node)
    else if (node.tag === TAG.sequence) {
      for (const child of childrenOf(node)) {
        const { serial, entry, isPlain } = readEntry(child)
        revoked.set(serial, entry)
        isComplete &&= isPlain
      }
    } else if (node.tag === 0xa0) {
      for (const { oid, isCritical } of readExtensions(new DerCursor(node).next())) {
        if (isCritical && oid !== CRL_NUMBER && oid !== AUTHORITY_KEY) isComplete = false
      }
    } else throw new DerError('malformed')
  }
  return {
    fingerprint: hash('sha256', der),
    issuer,
    signed: encoded(signed),
    signature,
    algorithm: algorithmOrProblem(algorithm),
    thisUpdate,
    ...(nextUpdate === undefined ? {} : { nextUpdate }),
    revoked,
    isComplete,
  }
}

/**
 * Reads a revocation list. Who signed it is not yet known to be true: see `revocation.ts`.
 *
 * @throws RangeError when it is not a DER CertificateList: a broken file of the agency, never a caller's input
 */
export function parseRevocationList(der: Buffer): RevocationList {
  try {
    return readList(Buffer.from(der))
  } catch (error) {
    if (error instanceof DerError) throw new RangeError(`not a revocation list: ${error.fault}`)
    throw error
  }
}
