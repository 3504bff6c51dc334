import { createPublicKey, hash, type KeyObject } from 'node:crypto'
import type { SignatureProblemCode } from '../domain/signature-problems.ts'
import { DerCursor, DerError, type DerNode, encoded, readDer, TAG } from './der-reader.ts'
import { readBitBytes, readOid } from './der-values.ts'
import { SignatureRefusal } from './signature-refusal.ts'
import { SM2_CURVE } from './sm2.ts'

/** A public key of a certificate, read once. */
export interface PublicKey {
  readonly kind: 'rsa' | 'rsa-pss' | 'ec' | 'sm2'
  readonly object: KeyObject
  /** What speaks against it, whoever owns it. */
  readonly problem?: SignatureProblemCode
  /** SM2 only: x and y, 64 bytes. */
  readonly point?: Buffer
  /** DER SubjectPublicKeyInfo, and its SHA-256 in hex. */
  readonly info: Buffer
  readonly hash: string
  /** The key alone, as identifiers hash it. */
  readonly bits: Buffer
}

const RSA = '1.2.840.113549.1.1.1'
const RSA_PSS = '1.2.840.113549.1.1.10'
const EC = '1.2.840.10045.2.1'
const UNCOMPRESSED = 0x04

/**
 * RSA from 2048 to 8192 bits with a usual exponent, EC on P-256 and P-384. Above 8192 bits one verification costs
 * enough for a denial of service.
 */
function problemOf(object: KeyObject): SignatureProblemCode | undefined {
  const details = object.asymmetricKeyDetails
  if (object.asymmetricKeyType === 'ec') {
    const isKnown = details?.namedCurve === 'prime256v1' || details?.namedCurve === 'secp384r1'
    return isKnown ? undefined : 'algorithm-unsupported'
  }
  const bits = details?.modulusLength ?? 0
  const exponent = details?.publicExponent ?? 0n
  if (bits < 2048 || exponent < 3n) return 'key-weak'
  return bits > 8192 || exponent > 0xffff_ffffn ? 'algorithm-unsupported' : undefined
}

/** The named curve of an EC key. Curves by explicit parameters are refused: RFC 5480, 2.1.1. */
function curveOf(algorithm: DerCursor): string {
  const parameters = algorithm.next()
  if (parameters.tag !== TAG.oid) throw new SignatureRefusal('algorithm-unsupported')
  return readOid(parameters)
}

function objectOf(info: Buffer): KeyObject {
  try {
    return createPublicKey({ key: info, format: 'der', type: 'spki' })
  } catch {
    // OpenSSL says only that it could not; with a curve it does not know it says the same.
    throw new DerError('malformed')
  }
}

/**
 * Reads a SubjectPublicKeyInfo (RFC 5280, 4.1.2.7; GM/T 0015 for SM2).
 *
 * @throws DerError malformed
 * @throws SignatureRefusal algorithm-unsupported for a kind of key that the hub doesn't know
 */
export function readPublicKey(node: DerNode): PublicKey {
  const cursor = new DerCursor(node, TAG.sequence)
  const algorithm = cursor.enter(TAG.sequence)
  const oid = readOid(algorithm.next())
  const info = Buffer.from(encoded(node))
  const bits = Buffer.from(readBitBytes(cursor.next()))
  const common = { info, bits, hash: hash('sha256', info) }
  if (oid === EC && curveOf(algorithm) === SM2_CURVE) {
    if (bits.length !== 65 || bits[0] !== UNCOMPRESSED) throw new SignatureRefusal('algorithm-unsupported')
    return { ...common, kind: 'sm2', object: objectOf(info), point: bits.subarray(1) }
  }
  if (oid !== EC && oid !== RSA && oid !== RSA_PSS) throw new SignatureRefusal('algorithm-unsupported')
  const object = objectOf(info)
  const problem = problemOf(object)
  const kind = oid === EC ? 'ec' : oid === RSA ? 'rsa' : 'rsa-pss'
  return { ...common, kind, object, ...(problem === undefined ? {} : { problem }) }
}

/** The same from the bytes that are kept with stored evidence. */
export function publicKeyOf(info: Buffer): PublicKey {
  return readPublicKey(readDer(info))
}
