import { hash } from 'node:crypto'
import type { SignatureProblemCode } from '../domain/signature-problems.ts'
import type { Certificate } from './certificate.ts'
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
  readBitBytes,
  readIntegerHex,
  readOctets,
  readOid,
  readSmallInteger,
  readTime,
} from './der-values.ts'
import { nameHash } from './distinguished-name.ts'
import { algorithmOrProblem, type SignatureAlgorithm } from './signature-algorithms.ts'

/** What a response says of one certificate. */
export interface SingleResponse {
  readonly digest: 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'sm3'
  /** Hex, over the issuer's name as written and over the bits of its key. */
  readonly issuerNameHash: string
  readonly issuerKeyHash: string
  /** Hex. */
  readonly serial: string
  readonly status: 'good' | 'revoked' | 'unknown'
  /** Epoch milliseconds; of revoked certificates only. */
  readonly revokedAt?: number
  readonly isCompromised: boolean
  readonly thisUpdate: number
  readonly nextUpdate?: number
}

/** A response of an authority's status service (OCSP, RFC 6960), read and not yet believed. */
export interface OcspResponse {
  readonly fingerprint: string
  readonly signed: Buffer
  readonly signature: Buffer
  readonly algorithm: SignatureAlgorithm | SignatureProblemCode
  /** Who signed it, by hash of the name or SHA-1 of the key's bits, hex. */
  readonly responder: { readonly name: string } | { readonly keyHash: string }
  readonly producedAt: number
  readonly certificates: readonly Buffer[]
  readonly responses: readonly SingleResponse[]
  /** Hex; absent where the response carries none. */
  readonly nonce?: string
}

const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1'
const NONCE = '1.3.6.1.5.5.7.48.1.2'
const COMPROMISED = new Set([1, 2, 10])
/** Of identifiers, where nobody can profit from a collision; the signature over them is judged apart. */
const DIGESTS: Readonly<Record<string, SingleResponse['digest']>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '1.2.156.10197.1.401': 'sm3',
}

function readStatus(node: DerNode): Pick<SingleResponse, 'status' | 'revokedAt' | 'isCompromised'> {
  if (node.tag === 0x80) return { status: 'good', isCompromised: false }
  if (node.tag === 0x82) return { status: 'unknown', isCompromised: false }
  if (node.tag !== 0xa1) throw new DerError('malformed')
  const cursor = new DerCursor(node)
  const revokedAt = readTime(cursor.next())
  const reason = cursor.optional(0xa0)
  const code = reason === undefined ? 0 : readSmallInteger(new DerCursor(reason).next(), TAG.enumerated)
  return { status: 'revoked', revokedAt, isCompromised: COMPROMISED.has(code) }
}

function readSingle(node: DerNode): SingleResponse[] {
  const cursor = new DerCursor(node, TAG.sequence)
  const id = cursor.enter(TAG.sequence)
  const digest = DIGESTS[readOid(id.enter(TAG.sequence).next())]
  if (digest === undefined) return []
  const issuerNameHash = readOctets(id.next()).toString('hex')
  const issuerKeyHash = readOctets(id.next()).toString('hex')
  const serial = readIntegerHex(id.next())
  const status = readStatus(cursor.next())
  const thisUpdate = readTime(cursor.next())
  const next = cursor.optional(0xa0)
  const nextUpdate = next === undefined ? undefined : readTime(new DerCursor(next).next())
  const known = { digest, issuerNameHash, issuerKeyHash, serial, ...status, thisUpdate }
  return [nextUpdate === undefined ? known : { ...known, nextUpdate }]
}

function nonceOf(extensions: DerNode | undefined): string | undefined {
  if (extensions === undefined) return undefined
  for (const extension of childrenOf(new DerCursor(extensions).next(TAG.sequence))) {
    const cursor = new DerCursor(extension, TAG.sequence)
    if (readOid(cursor.next()) !== NONCE) continue
    cursor.optional(TAG.boolean)
    const value = readOctets(cursor.next())
    return value.subarray(value[0] === TAG.octetString ? 2 : 0).toString('hex')
  }
  return undefined
}

function readBasic(der: Buffer): OcspResponse {
  const root = readDer(der)
  assertDer(root)
  const outer = new DerCursor(root, TAG.sequence)
  const signed = outer.next(TAG.sequence)
  const algorithm = outer.next(TAG.sequence)
  const signature = readBitBytes(outer.next())
  const certificates = outer.optional(0xa0)
  outer.end()
  const data = new DerCursor(signed)
  data.optional(0xa0)
  const who = data.next()
  const responder =
    who.tag === 0xa1
      ? { name: nameHash(new DerCursor(who).next(TAG.sequence)) }
      : { keyHash: readOctets(new DerCursor(who).next()).toString('hex') }
  const producedAt = readTime(data.next())
  const responses = childrenOf(data.next(), TAG.sequence).flatMap(readSingle)
  const nonce = nonceOf(data.optional(0xa1))
  return {
    fingerprint: hash('sha256', der),
    signed: encoded(signed),
    signature,
    algorithm: algorithmOrProblem(algorithm),
    responder,
    producedAt,
    certificates:
      certificates === undefined
        ? []
        : childrenOf(new DerCursor(certificates).next(TAG.sequence)).map(encoded),
    responses,
    ...(nonce === undefined ? {} : { nonce }),
  }
}

/**
 * Reads a response, whole (OCSPResponse) or its inner part (BasicOCSPResponse), as signatures carry it.
 *
 * @returns undefined for what is none, or says that the service could not answer: it tells nothing then
 */
export function readOcspResponse(der: Buffer): OcspResponse | undefined {
  try {
    const cursor = new DerCursor(readDer(der), TAG.sequence)
    const status = cursor.optional(TAG.enumerated)
    if (status === undefined) return readBasic(der)
    const wrapper = cursor.optional(0xa0)
    if (readSmallInteger(status, TAG.enumerated) !== 0 || wrapper === undefined) return undefined
    const bytes = new DerCursor(wrapper).enter(TAG.sequence)
    if (readOid(bytes.next()) !== BASIC_RESPONSE) return undefined
    return readBasic(readOctets(bytes.next()))
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}

/** True when a response is about a certificate of this issuer. */
export function isAbout(
  single: SingleResponse,
  subject: Pick<Certificate, 'serial'>,
  issuer: Certificate,
): boolean {
  return (
    single.serial === subject.serial &&
    single.issuerNameHash === hash(single.digest, issuer.subjectName) &&
    single.issuerKeyHash === hash(single.digest, issuer.key.bits)
  )
}
