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
  readBitBytes,
  readBoolean,
  readIntegerHex,
  readNamedBits,
  readOctets,
  readOid,
  readSmallInteger,
  readTime,
} from './der-values.ts'
import { describeName, nameHash, nameParts } from './distinguished-name.ts'
import { type DistributionPoint, readDistributionPoints } from './distribution-points.ts'
import {
  type GeneralName,
  type NameConstraints,
  readGeneralName,
  readNameConstraints,
} from './name-constraints.ts'
import { type PublicKey, readPublicKey } from './public-key.ts'
import { algorithmOrProblem, type SignatureAlgorithm } from './signature-algorithms.ts'
import { SignatureRefusal } from './signature-refusal.ts'

/** Bits of keyUsage. */
export const KEY_USAGE = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5, crlSign: 6 } as const

/** What the hub asks of an X.509 certificate, read once and cached by fingerprint. Never changes. */
export interface Certificate {
  readonly der: Buffer
  /** SHA-256 of the DER, lower-case hex. */
  readonly fingerprint: string
  /** Hashes of the names, hex, equal for names that are the same: see `nameHash`. */
  readonly issuer: string
  readonly subject: string
  /** SHA-256 of the issuer's name as it is written, hex. */
  readonly issuerAsWritten: string
  /** The subject for people, most general part last. May hold a person's name: not for logs. */
  readonly subjectText: string
  /** Content of the serial number's INTEGER, hex. */
  readonly serial: string
  /** The signed part, and the issuer's signature over it. */
  readonly signed: Buffer
  readonly signature: Buffer
  readonly algorithm: SignatureAlgorithm | SignatureProblemCode
  readonly key: PublicKey
  /** Epoch milliseconds, both inclusive. */
  readonly notBefore: number
  readonly notAfter: number
  readonly isAuthority: boolean
  readonly pathLength?: number
  readonly keyUsage?: ReadonlySet<number>
  readonly extendedKeyUsage?: readonly string[]
  /** Hex. */
  readonly subjectKeyId?: string
  /** Where it says that lists about it are to be had. */
  readonly points: readonly DistributionPoint[]
  readonly constraints?: NameConstraints
  /** Names that the alternative names add to the subject. */
  readonly alternativeNames: readonly GeneralName[]
  /** DER of the subject's name as it is written. */
  readonly subjectName: Buffer
  /** The subject's parts, each in one form. */
  readonly subjectParts: readonly string[]
  readonly hasUnknownCritical: boolean
  /** It limits the policies of paths, which nobody here follows. */
  readonly limitsPolicies: boolean
}

type Extensions = Pick<
  Certificate,
  | 'isAuthority'
  | 'pathLength'
  | 'keyUsage'
  | 'extendedKeyUsage'
  | 'subjectKeyId'
  | 'points'
  | 'constraints'
  | 'alternativeNames'
  | 'hasUnknownCritical'
  | 'limitsPolicies'
>

/** Critical or not, these ask nothing more of a verifier that uses no policies. */
const HARMLESS = new Set(['2.5.29.18', '2.5.29.32', '2.5.29.35'])

/** Policy mappings, policy constraints, and the end of anyPolicy: whatever their flag, they may forbid the path. */
const POLICY_LIMITS = new Set(['2.5.29.33', '2.5.29.36', '2.5.29.54'])

function readBasicConstraints(value: DerNode): { isAuthority: boolean; pathLength?: number } {
  const cursor = new DerCursor(value, TAG.sequence)
  const flag = cursor.optional(TAG.boolean)
  const isAuthority = flag !== undefined && readBoolean(flag)
  const length = cursor.optional(TAG.integer)
  cursor.end()
  return { isAuthority, ...(length === undefined ? {} : { pathLength: readSmallInteger(length) }) }
}

function readExtension(oid: string, value: DerNode, issuer: DerNode): Partial<Extensions> | undefined {
  switch (oid) {
    case '2.5.29.17':
      return { alternativeNames: childrenOf(value, TAG.sequence).flatMap(readGeneralName) }
    case '2.5.29.30':
      return { constraints: readNameConstraints(value) }
    case '2.5.29.31':
      return { points: readDistributionPoints(value, issuer) }
    case '2.5.29.14':
      return { subjectKeyId: readOctets(value).toString('hex') }
    case '2.5.29.15':
      return { keyUsage: readNamedBits(value) }
    case '2.5.29.19':
      return readBasicConstraints(value)
    case '2.5.29.37':
      return { extendedKeyUsage: childrenOf(value, TAG.sequence).map(readOid) }
    default:
      return undefined
  }
}

function readExtensions(list: DerNode | undefined, issuer: DerNode): Extensions {
  const seen = new Set<string>()
  let found: Extensions = {
    isAuthority: false,
    points: [],
    alternativeNames: [],
    hasUnknownCritical: false,
    limitsPolicies: false,
  }
  if (list === undefined) return found
  for (const extension of childrenOf(new DerCursor(list).next(TAG.sequence))) {
    const cursor = new DerCursor(extension, TAG.sequence)
    const oid = readOid(cursor.next())
    if (seen.has(oid)) throw new DerError('malformed')
    seen.add(oid)
    const flag = cursor.optional(TAG.boolean)
    const isCritical = flag !== undefined && readBoolean(flag)
    const bytes = readOctets(cursor.next())
    cursor.end()
    if (HARMLESS.has(oid)) continue
    if (POLICY_LIMITS.has(oid)) {
      found = { ...found, limitsPolicies: true }
      continue
    }
    const known = readExtension(oid, readDerIfKnown(oid, bytes), issuer)
    if (known !== undefined) found = { ...found, ...known }
    else if (isCritical) found = { ...found, hasUnknownCritical: true }
  }
  return found
}

const READ = new Set(['14', '15', '17', '19', '30', '31', '37'].map((arc) => `2.5.29.${arc}`))

/** Extensions that nobody reads need not even be DER inside. */
function readDerIfKnown(oid: string, bytes: Buffer): DerNode {
  if (READ.has(oid)) return readDer(bytes)
  return { source: bytes, tag: 0, start: 0, from: 0, to: bytes.length }
}

function readCertificate(der: Buffer, fingerprint: string): Certificate {
  const root = readDer(der)
  assertDer(root)
  const outer = new DerCursor(root, TAG.sequence)
  const signed = outer.next(TAG.sequence)
  const algorithm = outer.next(TAG.sequence)
  const signature = readBitBytes(outer.next())
  outer.end()

  const inner = new DerCursor(signed)
  const version = inner.optional(0xa0)
  if (version !== undefined && readSmallInteger(new DerCursor(version).next()) !== 2) {
    throw new DerError('malformed')
  }
  const serial = readIntegerHex(inner.next())
  const innerAlgorithm = inner.next(TAG.sequence)
  if (!encoded(innerAlgorithm).equals(encoded(algorithm))) throw new DerError('malformed')
  const issuer = inner.next(TAG.sequence)
  const validity = inner.enter(TAG.sequence)
  const notBefore = readTime(validity.next())
  const notAfter = readTime(validity.next())
  validity.end()
  const subject = inner.next(TAG.sequence)
  const keyInfo = inner.next(TAG.sequence)
  inner.optional(0x81)
  inner.optional(0x82)
  const extensions = inner.optional(0xa3)
  if (extensions !== undefined && version === undefined) throw new DerError('malformed')
  inner.end()

  return {
    der,
    fingerprint,
    issuer: nameHash(issuer),
    subject: nameHash(subject),
    issuerAsWritten: hash('sha256', encoded(issuer)),
    subjectText: describeName(subject),
    serial,
    signed: encoded(signed),
    signature,
    algorithm: algorithmOrProblem(algorithm),
    key: readPublicKey(keyInfo),
    notBefore,
    notAfter,
    ...readExtensions(extensions, issuer),
    subjectName: encoded(subject),
    subjectParts: nameParts(subject),
  }
}

/** SHA-256 of a certificate's DER, lower-case hex: the key of the register of certificates. */
export function fingerprintOf(der: Buffer): string {
  return hash('sha256', der)
}

/**
 * Reads one certificate.
 *
 * @param der the whole certificate; copied, because a slice would keep the request's buffer alive in the cache
 * @throws SignatureRefusal certificate-malformed, algorithm-unsupported
 */
export function parseCertificate(der: Buffer, fingerprint = fingerprintOf(der)): Certificate {
  try {
    return readCertificate(Buffer.from(der), fingerprint)
  } catch (error) {
    if (error instanceof DerError) throw new SignatureRefusal('certificate-malformed')
    throw error
  }
}
