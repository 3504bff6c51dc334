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
import { type ListScope, readListScope } from './distribution-points.ts'
import { packEntries, type RevokedEntry, RevokedSerials } from './revoked-serials.ts'
import { algorithmOrProblem, type SignatureAlgorithm } from './signature-algorithms.ts'

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
  /** Content of the number's INTEGER, hex; versions of one list rise. */
  readonly number?: string
  /** Of a delta list (变更列表): the number of the list that it goes on from. */
  readonly baseNumber?: string
  /** Absent means every certificate of the issuer. */
  readonly scope?: ListScope
  readonly revoked: RevokedSerials
  /** True for a critical extension that nobody here understands: then it still tells who is revoked, never who is not. */
  readonly hasUnknownCritical: boolean
}

const CRL_NUMBER = '2.5.29.20'
const REASON = '2.5.29.21'
const INVALIDITY_DATE = '2.5.29.24'
const DELTA_INDICATOR = '2.5.29.27'
const ISSUING_POINT = '2.5.29.28'
const CERTIFICATE_ISSUER = '2.5.29.29'
const AUTHORITY_KEY = '2.5.29.35'
const COMPROMISED = new Set([1, 2, 10])
const REMOVE_FROM_LIST = 8

function* readExtensions(list: DerNode): Generator<{ oid: string; isCritical: boolean; value: Buffer }> {
  for (const extension of childrenOf(list, TAG.sequence)) {
    const cursor = new DerCursor(extension, TAG.sequence)
    const oid = readOid(cursor.next())
    const flag = cursor.optional(TAG.boolean)
    yield { oid, isCritical: flag !== undefined && readBoolean(flag), value: readOctets(cursor.next()) }
    cursor.end()
  }
}

interface ReadEntry {
  readonly serial: string
  readonly entry: RevokedEntry
  /** Hash of the name of whoever issued the certificate, where the list says it. */
  readonly issuer?: string
  readonly isPlain: boolean
}

function readEntry(node: DerNode): ReadEntry {
  const cursor = new DerCursor(node, TAG.sequence)
  const serial = readIntegerHex(cursor.next())
  let revokedAt = readTime(cursor.next())
  let reason = 0
  let issuer: string | undefined
  let isPlain = true
  if (!cursor.done) {
    for (const { oid, isCritical, value } of readExtensions(cursor.next())) {
      if (oid === REASON) reason = readSmallInteger(readDer(value), TAG.enumerated)
      else if (oid === INVALIDITY_DATE) revokedAt = Math.min(revokedAt, readTime(readDer(value)))
      else if (oid === CERTIFICATE_ISSUER) issuer = issuerOf(readDer(value))
      else if (isCritical) isPlain = false
    }
  }
  cursor.end()
  const entry = { revokedAt, isCompromised: COMPROMISED.has(reason), isRemoved: reason === REMOVE_FROM_LIST }
  return { serial, entry, isPlain, ...(issuer === undefined ? {} : { issuer }) }
}

function issuerOf(names: DerNode): string | undefined {
  const directory = childrenOf(names, TAG.sequence).find((each) => each.tag === 0xa4)
  return directory === undefined ? undefined : nameHash(new DerCursor(directory).next(TAG.sequence))
}

/** Entries by key: those of another issuer have it in front; it holds for all that follow (RFC 5280, 5.3.3). */
function readEntries(node: DerNode, issuer: string) {
  const entries = new Map<string, RevokedEntry>()
  let isPlain = true
  let current = issuer
  for (const child of childrenOf(node)) {
    const read = readEntry(child)
    current = read.issuer ?? current
    entries.set(current === issuer ? read.serial : `${current}${read.serial}`, read.entry)
    isPlain &&= read.isPlain
  }
  return { entries, isPlain }
}

type ListExtensions = Pick<RevocationList, 'number' | 'baseNumber' | 'scope' | 'hasUnknownCritical'>

function readListExtensions(node: DerNode, issuer: DerNode): ListExtensions {
  let found: ListExtensions = { hasUnknownCritical: false }
  for (const { oid, isCritical, value } of readExtensions(node)) {
    if (oid === CRL_NUMBER) found = { ...found, number: readIntegerHex(readDer(value)) }
    else if (oid === DELTA_INDICATOR) found = { ...found, baseNumber: readIntegerHex(readDer(value)) }
    else if (oid === ISSUING_POINT) found = { ...found, scope: readListScope(readDer(value), issuer) }
    else if (isCritical && oid !== AUTHORITY_KEY) found = { ...found, hasUnknownCritical: true }
  }
  return found
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
  const issuerName = inner.next(TAG.sequence)
  const issuer = nameHash(issuerName)
  const thisUpdate = readTime(inner.next())
  let entries: ReadonlyMap<string, RevokedEntry> = new Map()
  let nextUpdate: number | undefined
  let isPlain = true
  let extensions: ListExtensions = { hasUnknownCritical: false }
  while (!inner.done) {
    const node = inner.next()
    if (isTime(node.tag)) nextUpdate = readTime(node)
    else if (node.tag === TAG.sequence) ({ entries, isPlain } = readEntries(node, issuer))
    else if (node.tag === 0xa0) extensions = readListExtensions(new DerCursor(node).next(), issuerName)
    else throw new DerError('malformed')
  }
  return {
    ...extensions,
    fingerprint: hash('sha256', der),
    issuer,
    signed: encoded(signed),
    signature,
    algorithm: algorithmOrProblem(algorithm),
    thisUpdate,
    ...(nextUpdate === undefined ? {} : { nextUpdate }),
    revoked: new RevokedSerials(packEntries(entries)),
    hasUnknownCritical: extensions.hasUnknownCritical || !isPlain,
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
