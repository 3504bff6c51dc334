import { constants, type KeyObject, type SigningOptions, verify } from 'node:crypto'
import type { SignatureProblemCode } from '../domain/signature-problems.ts'
import { content, DerCursor, DerError, type DerNode, TAG } from './der-reader.ts'
import { readOid, readSmallInteger } from './der-values.ts'
import { SignatureRefusal } from './signature-refusal.ts'

export type Digest = 'sha256' | 'sha384' | 'sha512'

/** How a signature was made. Without `digest`, the signer info names it elsewhere. */
export interface SignatureAlgorithm {
  readonly scheme: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa'
  readonly digest?: Digest
  /** Bytes; RSA-PSS only. */
  readonly saltLength?: number
}

const DIGESTS: Readonly<Record<string, Digest>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

const RSA_PSS = '1.2.840.113549.1.1.10'
const MGF1 = '1.2.840.113549.1.1.8'

const SIGNATURES: Readonly<Record<string, SignatureAlgorithm>> = {
  '1.2.840.113549.1.1.1': { scheme: 'rsa-pkcs1' },
  '1.2.840.113549.1.1.11': { scheme: 'rsa-pkcs1', digest: 'sha256' },
  '1.2.840.113549.1.1.12': { scheme: 'rsa-pkcs1', digest: 'sha384' },
  '1.2.840.113549.1.1.13': { scheme: 'rsa-pkcs1', digest: 'sha512' },
  '1.2.840.10045.4.3.2': { scheme: 'ecdsa', digest: 'sha256' },
  '1.2.840.10045.4.3.3': { scheme: 'ecdsa', digest: 'sha384' },
  '1.2.840.10045.4.3.4': { scheme: 'ecdsa', digest: 'sha512' },
}

/** MD2, MD4, MD5 and SHA-1, alone and within signature algorithms. */
const WEAK = new Set([
  '1.2.840.113549.2.2',
  '1.2.840.113549.2.4',
  '1.2.840.113549.2.5',
  '1.3.14.3.2.26',
  '1.3.14.3.2.29',
  '1.2.840.113549.1.1.2',
  '1.2.840.113549.1.1.3',
  '1.2.840.113549.1.1.4',
  '1.2.840.113549.1.1.5',
  '1.2.840.10040.4.3',
  '1.2.840.10045.4.1',
])

function refuseUnknown(oid: string): never {
  throw new SignatureRefusal(WEAK.has(oid) ? 'digest-weak' : 'algorithm-unsupported')
}

/** Parameters that carry nothing: absent, or NULL where the algorithm allows it. */
function demandNoParameters(cursor: DerCursor, mayBeNull: boolean): void {
  const parameters = mayBeNull ? cursor.optional(TAG.null) : undefined
  if (parameters !== undefined && content(parameters).length !== 0) throw new DerError('malformed')
  cursor.end()
}

/** The digest that an AlgorithmIdentifier names. @throws SignatureRefusal when it is weak or not supported */
export function readDigest(node: DerNode): Digest {
  const cursor = new DerCursor(node, TAG.sequence)
  const oid = readOid(cursor.next())
  const digest = DIGESTS[oid] ?? refuseUnknown(oid)
  demandNoParameters(cursor, true)
  return digest
}

/** RSASSA-PSS-params. Absent fields mean SHA-1, which is weak. */
function readPss(cursor: DerCursor): SignatureAlgorithm {
  const parameters = cursor.enter(TAG.sequence)
  const hash = parameters.optional(0xa0)
  const mask = parameters.optional(0xa1)
  if (hash === undefined || mask === undefined) throw new SignatureRefusal('digest-weak')
  const digest = readDigest(new DerCursor(hash).next())
  const generator = new DerCursor(mask).enter(TAG.sequence)
  if (readOid(generator.next()) !== MGF1) throw new SignatureRefusal('algorithm-unsupported')
  if (readDigest(generator.next()) !== digest) throw new SignatureRefusal('algorithm-mismatch')
  generator.end()
  const salt = parameters.optional(0xa2)
  const saltLength = salt === undefined ? 20 : readSmallInteger(new DerCursor(salt).next())
  const trailer = parameters.optional(0xa3)
  if (trailer !== undefined) throw new DerError('not-der') // its only value is the default, which DER leaves out
  parameters.end()
  cursor.end()
  return { scheme: 'rsa-pss', digest, saltLength }
}

/** The signature algorithm that an AlgorithmIdentifier names. @throws SignatureRefusal weak or not supported */
export function readSignatureAlgorithm(node: DerNode): SignatureAlgorithm {
  const cursor = new DerCursor(node, TAG.sequence)
  const oid = readOid(cursor.next())
  if (oid === RSA_PSS) return readPss(cursor)
  const algorithm = SIGNATURES[oid] ?? refuseUnknown(oid)
  demandNoParameters(cursor, algorithm.scheme === 'rsa-pkcs1')
  return algorithm
}

/** The signature algorithm, or why it is refused: a certificate with a weak one can still be listed and shown. */
export function algorithmOrProblem(node: DerNode): SignatureAlgorithm | SignatureProblemCode {
  try {
    return readSignatureAlgorithm(node)
  } catch (error) {
    if (error instanceof SignatureRefusal) return error.code
    throw error
  }
}

/**
 * What speaks against a public key, whoever owns it.
 *
 * RSA from 2048 to 8192 bits with a usual exponent, EC on P-256 and P-384. Above 8192 bits one verification costs
 * enough for a denial of service.
 */
export function problemOfKey(key: KeyObject): SignatureProblemCode | undefined {
  const details = key.asymmetricKeyDetails
  if (key.asymmetricKeyType === 'ec') {
    const isKnown = details?.namedCurve === 'prime256v1' || details?.namedCurve === 'secp384r1'
    return isKnown ? undefined : 'algorithm-unsupported'
  }
  if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'rsa-pss') return 'algorithm-unsupported'
  const bits = details?.modulusLength ?? 0
  const exponent = details?.publicExponent ?? 0n
  if (bits < 2048 || exponent < 3n) return 'key-weak'
  return bits > 8192 || exponent > 0xffff_ffffn ? 'algorithm-unsupported' : undefined
}

/** True when a key of this kind can have made a signature of this kind. */
export function fitsKey(algorithm: SignatureAlgorithm, key: KeyObject): boolean {
  if (key.asymmetricKeyType === 'ec') return algorithm.scheme === 'ecdsa'
  if (key.asymmetricKeyType === 'rsa-pss') return algorithm.scheme === 'rsa-pss'
  return key.asymmetricKeyType === 'rsa' && algorithm.scheme !== 'ecdsa'
}

/** Verifies one signature on the thread pool. @returns false also when the key cannot be used that way */
export function isSignatureRight(
  algorithm: SignatureAlgorithm & { readonly digest: Digest },
  key: KeyObject,
  data: Buffer,
  signature: Buffer,
): Promise<boolean> {
  const options: SigningOptions =
    algorithm.scheme === 'rsa-pss'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength ?? 20 }
      : {}
  return new Promise((resolve) => {
    verify(algorithm.digest, data, { key, ...options }, signature, (error, right) => {
      resolve(!error && right)
    })
  })
}
