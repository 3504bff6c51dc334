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

function signerInfo(document: Buffer, signer: EnvelopeSigner, at: Date): Asn1 {
  const key = typeof signer.key === 'string' ? createPrivateKey(signer.key) : signer.key
  const attributes = setOf([
    attribute(CONTENT_TYPE, oid(DATA)),
    attribute(SIGNING_TIME, time(at)),
    attribute(MESSAGE_DIGEST, octets(hash('sha256', document, 'buffer'))),
  ])
  const isEc = key.asymmetricKeyType === 'ec'
  const padding = isEc ? {} : { padding: constants.RSA_PKCS1_PADDING }
  return sequence(
    integer(1),
    issuerAndSerial(derOf(signer.certificate)),
    sequence(oid(SHA256), nothing()),
    implicit(0, attributes),
    isEc ? sequence(oid(ECDSA_SHA256)) : sequence(oid(RSA), nothing()),
    octets(sign('sha256', write(attributes), { key, ...padding })),
  )
}

/**
 * Makes a detached CMS SignedData over a document: one signer info for each signer, with signing time, SHA-256,
 * RSA PKCS#1 v1.5 or ECDSA by the kind of key. This is how a hospital's own software signs; the hub itself never
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
  return write(
    sequence(
      oid(SIGNED_DATA),
      explicit(
        0,
        sequence(
          integer(1),
          setOf([sequence(oid(SHA256), nothing())]),
          sequence(oid(DATA)),
          implicit(0, setOf([...certificates.values()].map(raw))),
          setOf(signers.map((signer) => signerInfo(document, signer, at))),
        ),
      ),
    ),
  )
}
