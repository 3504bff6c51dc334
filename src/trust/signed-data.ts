import { hash } from 'node:crypto'
import { berToDer } from './ber-to-der.ts'
import type { Certificate } from './certificate.ts'
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

/** SignedData and data, as PKCS #7 and CMS name them and as GM/T 0010 does. */
const SIGNED_DATA = new Set(['1.2.840.113549.1.7.2', '1.2.156.10197.6.1.4.2.2'])
const DATA: ReadonlySet<string> = new Set(['1.2.840.113549.1.7.1', '1.2.156.10197.6.1.4.2.1'])
const ID_DATA = '1.2.840.113549.1.7.1'
const CONTENT_TYPE = '1.2.840.113549.1.9.3'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
const SIGNING_TIME = '1.2.840.113549.1.9.5'
const TIME_STAMP = '1.2.840.113549.1.9.16.2.14'
const OCSP_RESPONSE = '1.3.6.1.5.5.7.16.2'
/** Among the unsigned they would say what only a signature may say. */
const MUST_BE_SIGNED = new Set([CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_TIME])

/** One path from a certificate to a root costs a few signatures; these bounds keep any envelope cheap. */
const MAX_CERTIFICATES = 16
const MAX_SIGNERS = 8
const MAX_RESPONSES = 16

/** What a signer signed instead of the document: its digest, with a time. */
export interface SignedAttributes {
  /** As signed: with the tag of SET OF. */
  readonly der: Buffer
  readonly messageDigest: Buffer
  /** Epoch milliseconds, as the signer claims. */
  readonly signingTime?: number
  /** All of them, by type. */
  readonly values: ReadonlyMap<string, readonly DerNode[]>
}

/** Whose certificate it is: by issuer (SHA-256 of its name as written) and serial number, or by the key's id in hex. */
export type SignerId =
  | { readonly issuer: string; readonly serial: string }
  | { readonly subjectKeyId: string }

export interface SignerInfo {
  readonly signerId: SignerId
  readonly digest: Digest
  readonly algorithm: SignatureAlgorithm & { readonly digest: Digest }
  readonly signature: Buffer
  readonly attributes?: SignedAttributes
  /** DER of time-stamp tokens over this signature: nothing that they say is true before they are verified. */
  readonly timeStamps: readonly Buffer[]
}

/** A CMS SignedData. */
export interface SignedData {
  /** The document, where the signature carries it. */
  readonly content?: Buffer
  /** The type of what is signed, dotted. */
  readonly contentType: string
  /** DER, in the order in which they came. */
  readonly certificates: readonly Buffer[]
  /** DER of OCSP responses that came along: nothing that they say is true before they are verified. */
  readonly ocspResponses: readonly Buffer[]
  readonly signers: readonly SignerInfo[]
}

/** Attributes by type, each with its values. */
function readAttributeList(node: DerNode): Map<string, readonly DerNode[]> {
  const found = new Map<string, readonly DerNode[]>()
  for (const child of childrenOf(node)) {
    const cursor = new DerCursor(child, TAG.sequence)
    const oid = readOid(cursor.next())
    const values = childrenOf(cursor.next(), TAG.set)
    cursor.end()
    if (found.has(oid)) throw new SignatureRefusal('signature-duplicated-element')
    found.set(oid, values)
  }
  return found
}

/** The one value of an attribute that can have only one; undefined when it isn't there. */
function onlyValue(attributes: ReadonlyMap<string, readonly DerNode[]>, oid: string): DerNode | undefined {
  const values = attributes.get(oid)
  if (values === undefined) return undefined
  if (values.length === 0) throw new SignatureRefusal('signature-attribute-missing')
  if (values.length > 1) throw new SignatureRefusal('signature-duplicated-element')
  return values[0]
}

function readSignedAttributes(node: DerNode, expectedType: string): SignedAttributes {
  // The signature is over their DER, and DER sorts a SET OF (RFC 5652, 5.4).
  if (!isSorted(childrenOf(node))) throw new SignatureRefusal('signed-attributes-unsorted')
  const attributes = readAttributeList(node)
  const contentType = onlyValue(attributes, CONTENT_TYPE)
  const messageDigest = onlyValue(attributes, MESSAGE_DIGEST)
  const signingTime = onlyValue(attributes, SIGNING_TIME)
  if (contentType === undefined || messageDigest === undefined) {
    throw new SignatureRefusal('signature-attribute-missing')
  }
  if (readOid(contentType) !== expectedType) throw new SignatureRefusal('signature-content-type-wrong')
  const der = Buffer.from(encoded(node))
  der[0] = TAG.set // sent under an implicit tag, signed under its own
  return {
    der,
    messageDigest: readOctets(messageDigest),
    values: attributes,
    ...(signingTime === undefined ? {} : { signingTime: readTime(signingTime) }),
  }
}

/** Time stamps among the unsigned attributes; the others are passed over. */
function readTimeStamps(node: DerNode | undefined): Buffer[] {
  if (node === undefined) return []
  const attributes = readAttributeList(node)
  if ([...attributes.keys()].some((oid) => MUST_BE_SIGNED.has(oid))) {
    throw new SignatureRefusal('unsigned-attribute-refused')
  }
  return (attributes.get(TIME_STAMP) ?? []).map(encoded)
}

function readSignerId(node: DerNode): SignerId {
  if (node.tag === 0x80) return { subjectKeyId: readOctets(node, 0x80).toString('hex') }
  const cursor = new DerCursor(node, TAG.sequence)
  const issuer = hash('sha256', encoded(cursor.next(TAG.sequence)))
  const serial = readIntegerHex(cursor.next())
  cursor.end()
  return { issuer, serial }
}

function readSigner(node: DerNode, contentType: string): SignerInfo {
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
  const timeStamps = readTimeStamps(cursor.optional(0xa1))
  cursor.end()
  return {
    signerId,
    digest,
    algorithm: { ...algorithm, digest },
    signature,
    timeStamps,
    ...(attributes === undefined ? {} : { attributes: readSignedAttributes(attributes, contentType) }),
  }
}

function readCertificates(node: DerNode | undefined): Buffer[] {
  if (node === undefined) return []
  // Attribute certificates and kinds of other standards stand under other tags; nobody needs them.
  const certificates = childrenOf(node).filter((child) => child.tag === TAG.sequence)
  if (certificates.length > MAX_CERTIFICATES) throw new SignatureRefusal('signature-too-large')
  return certificates.map(encoded)
}

/** OCSP responses (RFC 5940) among what came along about revocation; lists are read from the agency's folder only. */
function readOcspResponses(node: DerNode | undefined): Buffer[] {
  if (node === undefined) return []
  const responses: Buffer[] = []
  for (const child of childrenOf(node)) {
    if (child.tag !== 0xa1) continue
    const cursor = new DerCursor(child)
    if (readOid(cursor.next()) === OCSP_RESPONSE) responses.push(encoded(cursor.next()))
  }
  if (responses.length > MAX_RESPONSES) throw new SignatureRefusal('signature-too-large')
  return responses
}

function assertDistinct(keys: readonly string[]): void {
  if (new Set(keys).size !== keys.length) throw new SignatureRefusal('signature-duplicated-element')
}

/** Signers' digests are announced, and nothing else is; one may be written with and without NULL. */
function assertAnnounced(nodes: readonly DerNode[], signers: readonly SignerInfo[]): void {
  assertDistinct(nodes.map((node) => encoded(node).toString('latin1')))
  const announced = new Set(nodes.map(readDigest))
  const used = new Set(signers.map((signer) => signer.digest))
  const isSame = used.size === announced.size && [...announced].every((digest) => used.has(digest))
  if (!isSame) throw new SignatureRefusal('algorithm-mismatch')
}

function readContent(
  cursor: DerCursor,
  types: ReadonlySet<string>,
): { contentType: string; content?: Buffer } {
  const contentType = readOid(cursor.next())
  if (!types.has(contentType)) throw new SignatureRefusal('signature-content-type-wrong')
  const wrapper = cursor.optional(0xa0)
  cursor.end()
  if (wrapper === undefined) return { contentType }
  const inner = new DerCursor(wrapper)
  const content = readOctets(inner.next())
  inner.end()
  return { contentType, content }
}

/** Stands for revocation information that is no list, among the tags of an envelope. */
const OTHER_REVOCATION = -1

/** Kinds of certificates and revocation information in an envelope, by their tags. */
function tagsOf(certificates: DerNode | undefined, revocation: DerNode | undefined): ReadonlySet<number> {
  const tags = new Set((certificates === undefined ? [] : childrenOf(certificates)).map(({ tag }) => tag))
  if (revocation !== undefined && childrenOf(revocation).some(({ tag }) => tag === 0xa1))
    tags.add(OTHER_REVOCATION)
  return tags
}

/** The version that the parts demand (RFC 5652, 5.1); GM/T 0010 says 1, software that writes it also 3. */
function assertVersion(version: number, tags: ReadonlySet<number>, body: Omit<SignedData, 'content'>): void {
  const hasKeyIds = body.signers.some((signer) => 'subjectKeyId' in signer.signerId)
  const isGm = body.contentType !== ID_DATA
  const needed =
    tags.has(0xa3) || tags.has(OTHER_REVOCATION)
      ? 5
      : tags.has(0xa2)
        ? 4
        : hasKeyIds || tags.has(0xa1)
          ? 3
          : 1
  if (version !== needed && !(isGm && (version === 1 || version === 3))) throw new DerError('malformed')
}

function readBody(cursor: DerCursor, types: ReadonlySet<string>): SignedData {
  const version = readSmallInteger(cursor.next())
  const digests = childrenOf(cursor.next(), TAG.set)
  const { contentType, content } = readContent(cursor.enter(TAG.sequence), types)
  const certificateSet = cursor.optional(0xa0)
  const revocationSet = cursor.optional(0xa1)
  const certificates = readCertificates(certificateSet)
  const ocspResponses = readOcspResponses(revocationSet)
  const nodes = childrenOf(cursor.next(), TAG.set)
  cursor.end()
  if (nodes.length === 0) throw new SignatureRefusal('signer-missing')
  if (nodes.length > MAX_SIGNERS) throw new SignatureRefusal('signature-too-large')
  const signers = nodes.map((node) => readSigner(node, contentType))
  assertDistinct(signers.map((signer) => JSON.stringify(signer.signerId)))
  assertAnnounced(digests, signers)
  const body = { contentType, certificates, ocspResponses, signers }
  assertVersion(version, tagsOf(certificateSet, revocationSet), body)
  return content === undefined ? body : { ...body, content }
}

const CODE_OF_FAULT = {
  malformed: 'signature-malformed',
  'not-der': 'signature-not-der',
  trailing: 'signature-trailing-data',
} as const

function readDerSignedData(der: Buffer, types: ReadonlySet<string>): SignedData {
  const root = readDer(der)
  assertDer(root)
  const outer = new DerCursor(root, TAG.sequence)
  if (!SIGNED_DATA.has(readOid(outer.next()))) throw new SignatureRefusal('signature-malformed')
  const explicit = outer.enter(0xa0)
  outer.end()
  const body = explicit.enter(TAG.sequence)
  explicit.end()
  return readBody(body, types)
}

/** @throws DerError */
function readAnyEncoding(signature: Buffer, types: ReadonlySet<string>): SignedData {
  try {
    return readDerSignedData(signature, types)
  } catch (error) {
    if (!(error instanceof DerError) || error.fault !== 'not-der') throw error
  }
  return readDerSignedData(berToDer(signature), types)
}

/**
 * Reads a CMS SignedData (RFC 5652; GM/T 0010 and GB/T 35275 with their own object identifiers), detached or with the
 * document in it, in DER or BER. Nothing is verified yet.
 *
 * @param types of content that are taken, dotted; a document's are plain data
 * @throws SignatureRefusal for anything that is not exactly such a structure
 */
export function readSignedData(signature: Buffer, types: ReadonlySet<string> = DATA): SignedData {
  try {
    return readAnyEncoding(signature, types)
  } catch (error) {
    if (error instanceof DerError) throw new SignatureRefusal(CODE_OF_FAULT[error.fault])
    throw error
  }
}

/** True when a signer names this certificate. */
export function isCertificateOf(signerId: SignerId, certificate: Certificate): boolean {
  return 'subjectKeyId' in signerId
    ? certificate.subjectKeyId === signerId.subjectKeyId
    : certificate.issuerAsWritten === signerId.issuer && certificate.serial === signerId.serial
}

/** The digest that a signer with signed attributes must have signed. */
export function digestOf(digest: Digest, document: Buffer): Buffer {
  return hash(digest, document, 'buffer')
}
