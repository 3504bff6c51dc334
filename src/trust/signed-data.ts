import { hash } from 'node:crypto'
import {
  assertDer,
  childrenOf,
  DerCursor,
  DerError,
  type DerNode,
  encoded,
  isSorted,
  readDer,
  TAG,
} from './der-reader.ts'
import { readIntegerHex, readOctets, readOid, readSmallInteger, readTime } from './der-values.ts'
import {
  type Digest,
  readDigest,
  readSignatureAlgorithm,
  type SignatureAlgorithm,
} from './signature-algorithms.ts'
import { SignatureRefusal } from './signature-refusal.ts'

const SIGNED_DATA = '1.2.840.113549.1.7.2'
const DATA = '1.2.840.113549.1.7.1'
const CONTENT_TYPE = '1.2.840.113549.1.9.3'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
const SIGNING_TIME = '1.2.840.113549.1.9.5'

/** One path from a certificate to a root costs a few signatures; these bounds keep any envelope cheap. */
const MAX_CERTIFICATES = 16
const MAX_SIGNERS = 8

/** What a signer signed instead of the document: its digest, with a time. */
export interface SignedAttributes {
  /** As signed: with the tag of SET OF. */
  readonly der: Buffer
  readonly messageDigest: Buffer
  /** Epoch milliseconds, as the signer claims. */
  readonly signingTime?: number
}

export interface SignerInfo {
  readonly signerId: { readonly issuer: string; readonly serial: string } | { readonly subjectKeyId: string }
  readonly digest: Digest
  readonly algorithm: SignatureAlgorithm & { readonly digest: Digest }
  readonly signature: Buffer
  readonly attributes?: SignedAttributes
}

/** A detached CMS SignedData. */
export interface SignedData {
  /** DER, in the order in which they came; shares memory with the signature. */
  readonly certificates: readonly Buffer[]
  readonly signers: readonly SignerInfo[]
}

function readAttributes(node: DerNode): SignedAttributes {
  const children = childrenOf(node)
  if (!isSorted(children)) throw new DerError('not-der')
  const values = new Map<string, DerNode>()
  for (const child of children) {
    const cursor = new DerCursor(child, TAG.sequence)
    const oid = readOid(cursor.next())
    const set = childrenOf(cursor.next(), TAG.set)
    cursor.end()
    if (values.has(oid)) throw new SignatureRefusal('signature-duplicated-element')
    values.set(oid, set[0] ?? child)
    if (oid !== CONTENT_TYPE && oid !== MESSAGE_DIGEST && oid !== SIGNING_TIME) continue
    if (set.length === 0) throw new SignatureRefusal('signature-attribute-missing')
    if (set.length > 1) throw new SignatureRefusal('signature-duplicated-element')
  }
  const contentType = values.get(CONTENT_TYPE)
  const messageDigest = values.get(MESSAGE_DIGEST)
  if (contentType === undefined || messageDigest === undefined) {
    throw new SignatureRefusal('signature-attribute-missing')
  }
  if (readOid(contentType) !== DATA) throw new SignatureRefusal('signature-content-type-wrong')
  const signingTime = values.get(SIGNING_TIME)
  const der = Buffer.from(encoded(node))
  der[0] = TAG.set // sent under an implicit tag, signed under its own
  return {
    der,
    messageDigest: readOctets(messageDigest),
    ...(signingTime === undefined ? {} : { signingTime: readTime(signingTime) }),
  }
}

function readSignerId(node: DerNode): SignerInfo['signerId'] {
  if (node.tag === 0x80) return { subjectKeyId: readOctets(node, 0x80).toString('hex') }
  const cursor = new DerCursor(node, TAG.sequence)
  const issuer = hash('sha256', encoded(cursor.next(TAG.sequence)))
  const serial = readIntegerHex(cursor.next())
  cursor.end()
  return { issuer, serial }
}

function readSigner(node: DerNode): SignerInfo {
  const cursor = new DerCursor(node, TAG.sequence)
  const version = readSmallInteger(cursor.next())
  const signerId = readSignerId(cursor.next())
  if (version !== ('subjectKeyId' in signerId ? 3 : 1)) throw new DerError('malformed')
  const digest = readDigest(cursor.next())
  const attributes = cursor.optional(0xa0)
  const algorithm = readSignatureAlgorithm(cursor.next())
  if (algorithm.digest !== undefined && algorithm.digest !== digest) {
    throw new SignatureRefusal('algorithm-mismatch')
  }
  const signature = readOctets(cursor.next())
  if (cursor.optional(0xa1) !== undefined) throw new SignatureRefusal('signature-unsupported-element')
  cursor.end()
  return {
    signerId,
    digest,
    algorithm: { ...algorithm, digest },
    signature,
    ...(attributes === undefined ? {} : { attributes: readAttributes(attributes) }),
  }
}

function readCertificates(node: DerNode | undefined): Buffer[] {
  if (node === undefined) return []
  const certificates = childrenOf(node)
  if (certificates.some((child) => child.tag !== TAG.sequence)) {
    throw new SignatureRefusal('signature-unsupported-element')
  }
  if (certificates.length > MAX_CERTIFICATES) throw new SignatureRefusal('signature-too-large')
  return certificates.map(encoded)
}

function assertDistinct(keys: readonly string[]): void {
  if (new Set(keys).size !== keys.length) throw new SignatureRefusal('signature-duplicated-element')
}

/** Signers' digests are announced, once each, and nothing else is. */
function assertAnnounced(announced: readonly Digest[], signers: readonly SignerInfo[]): void {
  assertDistinct(announced)
  const used = new Set(signers.map((signer) => signer.digest))
  const isSame = used.size === announced.length && announced.every((digest) => used.has(digest))
  if (!isSame) throw new SignatureRefusal('algorithm-mismatch')
}

function readBody(cursor: DerCursor): SignedData {
  const version = readSmallInteger(cursor.next())
  const digests = childrenOf(cursor.next(), TAG.set).map(readDigest)
  const encapsulated = cursor.enter(TAG.sequence)
  if (readOid(encapsulated.next()) !== DATA) throw new SignatureRefusal('signature-content-type-wrong')
  if (encapsulated.optional(0xa0) !== undefined) throw new SignatureRefusal('signature-content-attached')
  encapsulated.end()
  const certificates = readCertificates(cursor.optional(0xa0))
  if (cursor.optional(0xa1) !== undefined) throw new SignatureRefusal('signature-unsupported-element')
  const nodes = childrenOf(cursor.next(), TAG.set)
  cursor.end()
  if (nodes.length === 0) throw new SignatureRefusal('signer-missing')
  if (nodes.length > MAX_SIGNERS) throw new SignatureRefusal('signature-too-large')
  for (const node of nodes) assertDer(node)
  const signers = nodes.map(readSigner)
  if (version !== (signers.some((signer) => 'subjectKeyId' in signer.signerId) ? 3 : 1)) {
    throw new DerError('malformed')
  }
  assertDistinct(signers.map((signer) => JSON.stringify(signer.signerId)))
  assertAnnounced(digests, signers)
  return { certificates, signers }
}

const CODE_OF_FAULT = {
  malformed: 'signature-malformed',
  'not-der': 'signature-not-der',
  trailing: 'signature-trailing-data',
} as const

/**
 * Reads a detached CMS SignedData (RFC 5652) in strict DER. Nothing is verified yet.
 *
 * @throws SignatureRefusal for anything that is not exactly such a structure
 */
export function readSignedData(signature: Buffer): SignedData {
  try {
    const outer = new DerCursor(readDer(signature), TAG.sequence)
    if (readOid(outer.next()) !== SIGNED_DATA) throw new SignatureRefusal('signature-malformed')
    const explicit = outer.enter(0xa0)
    outer.end()
    const body = explicit.enter(TAG.sequence)
    explicit.end()
    return readBody(body)
  } catch (error) {
    if (error instanceof DerError) throw new SignatureRefusal(CODE_OF_FAULT[error.fault])
    throw error
  }
}
