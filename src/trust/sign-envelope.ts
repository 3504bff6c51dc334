import { constants, createPrivateKey, hash, type KeyObject, sign } from 'node:crypto'
import { DerCursor, encoded, readDer, TAG } from './der-reader.ts'
import {
  type Asn1,
  explicit,
  implicit,
  integer,
  nothing,
  octets,
  oid,
  raw,
  sequence,
  setOf,
  time,
  write,
} from './der-writer.ts'
import { isSm2Key, sm2Signature } from './sm2.ts'

/** Whoever signs: a certificate with its private key, and the intermediates that lead to a root. */
export interface EnvelopeSigner {
  /** PEM or DER. */
  readonly certificate: string | Buffer
  /** A key object, or PEM of PKCS#8. */
  readonly key: KeyObject | string
  /** PEM or DER of the intermediates; the root is not needed. */
  readonly chain?: readonly (string | Buffer)[]
}

const SIGNED_DATA = '1.2.840.113549.1.7.2'
const DATA = '1.2.840.113549.1.7.1'
const CONTENT_TYPE = '1.2.840.113549.1.9.3'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
const SIGNING_TIME = '1.2.840.113549.1.9.5'
const SHA256 = '2.16.840.1.101.3.4.2.1'
const SM3 = '1.2.156.10197.1.401'
const SM2_SIGNATURE = '1.2.156.10197.1.301.1'
/** Signed data and data as GM/T 0010 names them. */
const GM_SIGNED_DATA = '1.2.156.10197.6.1.4.2.2'
const GM_DATA = '1.2.156.10197.6.1.4.2.1'
const RSA = '1.2.840.113549.1.1.1'
const ECDSA_SHA256 = '1.2.840.10045.4.3.2'

/** DER of a certificate given as PEM or DER. */
export function derOf(certificate: string | Buffer): Buffer {
  if (typeof certificate !== 'string') return certificate
  return Buffer.from(certificate.replace(/-----[A-Z ]+-----/g, ''), 'base64')
}

/** Issuer's name and serial number as they stand in the certificate. */
function issuerAndSerial(der: Buffer): Asn1 {
  const inner = new DerCursor(readDer(der)).enter(TAG.sequence)
  inner.optional(0xa0)
  const serial = inner.next(TAG.integer)
  inner.next(TAG.sequence)
  return sequence(raw(encoded(inner.next(TAG.sequence))), raw(encoded(serial)))
}

function attribute(type: string, value: Asn1): Asn1 {
  return sequence(oid(type), setOf([value]))
}

/** How a key signs: its digest, what the digest and the signature are called, and the signature itself. */
function wayOf(key: KeyObject) {
  if (isSm2Key(key)) {
    const signatureOf = (bytes: Buffer) => sm2Signature(key, bytes)
    return { digest: 'sm3', digestName: sequence(oid(SM3)), name: sequence(oid(SM2_SIGNATURE)), signatureOf }
  }
  const digestName = sequence(oid(SHA256), nothing())
  if (key.asymmetricKeyType === 'ec') {
    const signatureOf = (bytes: Buffer) => sign('sha256', bytes, key)
    return { digest: 'sha256', digestName, name: sequence(oid(ECDSA_SHA256)), signatureOf }
  }
  const signatureOf = (bytes: Buffer) => sign('sha256', bytes, { key, padding: constants.RSA_PKCS1_PADDING })
  return { digest: 'sha256', digestName, name: sequence(oid(RSA), nothing()), signatureOf }
}

function keyOf(signer: EnvelopeSigner): KeyObject {
  return typeof signer.key === 'string' ? createPrivateKey(signer.key) : signer.key
}

function signerInfo(document: Buffer, signer: EnvelopeSigner, contentType: string, at: Date): Asn1 {
  const way = wayOf(keyOf(signer))
  const attributes = setOf([
    attribute(CONTENT_TYPE, oid(contentType)),
    attribute(SIGNING_TIME, time(at)),
    attribute(MESSAGE_DIGEST, octets(hash(way.digest, document, 'buffer'))),
  ])
  return sequence(
    integer(1),
    issuerAndSerial(derOf(signer.certificate)),
    way.digestName,
    implicit(0, attributes),
    way.name,
    octets(way.signatureOf(write(attributes))),
  )
}

/**
 * Makes a detached CMS SignedData over a document: one signer info for each signer, with signing time, by the kind of
 * key RSA PKCS#1 v1.5 or ECDSA with SHA-256, or SM2 with SM3; where all sign with SM2 it is one of GM/T 0010. This is how a hospital's own software signs; the hub itself never
 * signs prescriptions.
 *
 * @param document the exact bytes that are sent along
 * @param at the signing time, whole seconds
 * @returns DER
 */
export function signEnvelope(document: Buffer, signers: readonly EnvelopeSigner[], at: Date): Buffer {
  const certificates = new Map<string, Buffer>()
  for (const signer of signers) {
    for (const each of [signer.certificate, ...(signer.chain ?? [])]) {
      const der = derOf(each)
      certificates.set(der.toString('latin1'), der)
    }
  }
  const keys = signers.map(keyOf)
  const digests = [keys.some(isSm2Key) ? [SM3] : [], keys.every(isSm2Key) ? [] : [SHA256]].flat()
  const [type, contentType] = keys.every(isSm2Key) ? [GM_SIGNED_DATA, GM_DATA] : [SIGNED_DATA, DATA]
  return write(
    sequence(
      oid(type),
      explicit(
        0,
        sequence(
          integer(1),
          setOf(digests.map((id) => (id === SM3 ? sequence(oid(id)) : sequence(oid(id), nothing())))),
          sequence(oid(contentType)),
          implicit(0, setOf([...certificates.values()].map(raw))),
          setOf(signers.map((signer) => signerInfo(document, signer, contentType, at))),
        ),
      ),
    ),
  )
}
