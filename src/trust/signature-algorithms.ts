import { constants, type SigningOptions, verify } from 'node:crypto'
import type { SignatureProblemCode } from '../domain/signature-problems.ts'
import { childrenOf, content, DerCursor, DerError, type DerNode, readDer, TAG } from './der-reader.ts'
import { readOid, readSmallInteger } from './der-values.ts'
import type { PublicKey } from './public-key.ts'
import { SignatureRefusal } from './signature-refusal.ts'
import { isSm2SignatureRight, sm2Z } from './sm2.ts'

export type Digest = 'sha256' | 'sha384' | 'sha512' | 'sm3'

/** How a signature was made. Without `digest`, the signer info names it elsewhere. */
export interface SignatureAlgorithm {
  readonly scheme: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa' | 'sm2'
  readonly digest?: Digest
  /** Bytes; RSA-PSS only. */
  readonly saltLength?: number
}

const DIGESTS: Readonly<Record<string, Digest>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '1.2.156.10197.1.401': 'sm3',
  '1.2.156.10197.1.401.1': 'sm3',
  '1.2.156.10197.1.401.2': 'sm3',
  // Some write the signature algorithm here too; it names the same digest.
  '1.2.156.10197.1.501': 'sm3',
}

const RSA_PSS = '1.2.840.113549.1.1.10'
const MGF1 = '1.2.840.113549.1.1.8'

/** Of an elliptic curve without a digest of its own: CNG writes the algorithm of the key. */
const EC_KEY = '1.2.840.10045.2.1'

const SIGNATURES: Readonly<Record<string, SignatureAlgorithm>> = {
  '1.2.840.113549.1.1.1': { scheme: 'rsa-pkcs1' },
  '1.2.840.113549.1.1.11': { scheme: 'rsa-pkcs1', digest: 'sha256' },
  '1.2.840.113549.1.1.12': { scheme: 'rsa-pkcs1', digest: 'sha384' },
  '1.2.840.113549.1.1.13': { scheme: 'rsa-pkcs1', digest: 'sha512' },
  '1.2.840.10045.4.3.2': { scheme: 'ecdsa', digest: 'sha256' },
  '1.2.840.10045.4.3.3': { scheme: 'ecdsa', digest: 'sha384' },
  '1.2.840.10045.4.3.4': { scheme: 'ecdsa', digest: 'sha512' },
  [EC_KEY]: { scheme: 'ecdsa' },
  '1.2.156.10197.1.301': { scheme: 'sm2', digest: 'sm3' },
  '1.2.156.10197.1.301.1': { scheme: 'sm2', digest: 'sm3' },
  '1.2.156.10197.1.501': { scheme: 'sm2', digest: 'sm3' },
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
  // The key says which curve; naming it once more changes nothing.
  if (oid === EC_KEY) cursor.optional(TAG.oid)
  demandNoParameters(cursor, algorithm.scheme !== 'ecdsa' || oid === EC_KEY)
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

/** True when a key of this kind can have made a signature of this kind. */
export function fitsKey({ scheme, digest }: SignatureAlgorithm, key: PublicKey): boolean {
  const isSm3 = digest === 'sm3'
  switch (key.kind) {
    case 'ec':
      return scheme === 'ecdsa' && !isSm3
    case 'sm2':
      // Where only the algorithm of the key is written, its curve tells SM2 from ECDSA.
      return isSm3 && (scheme === 'sm2' || scheme === 'ecdsa')
    case 'rsa-pss':
      return scheme === 'rsa-pss' && !isSm3
    case 'rsa':
      return (scheme === 'rsa-pss' || scheme === 'rsa-pkcs1') && !isSm3
  }
}

/**
 * What is wrong with the form of an elliptic curve's signature value, which no verifier would tell from a wrong one:
 * SEQUENCE of r and s (RFC 3279, 2.2.3; GM/T 0009, 7.3), both positive.
 */
export function problemOfValue(
  { scheme }: SignatureAlgorithm,
  signature: Buffer,
): SignatureProblemCode | undefined {
  if (scheme !== 'ecdsa' && scheme !== 'sm2') return undefined
  try {
    const integers = childrenOf(readDer(signature), TAG.sequence)
    if (integers.length !== 2 || integers.some(({ tag }) => tag !== TAG.integer))
      return 'signature-value-malformed'
    return integers.some((each) => (content(each)[0] ?? 0) >= 0x80) ? 'signature-integer-negative' : undefined
  } catch (error) {
    if (error instanceof DerError) return 'signature-value-malformed'
    throw error
  }
}

/**
 * Verifies one signature, on the thread pool where Node can.
 *
 * @param sm2Ids the ids that a signer with SM2 may have used
 * @returns false also when the key cannot be used that way
 */
export async function isSignatureRight(
  algorithm: SignatureAlgorithm & { readonly digest: Digest },
  key: PublicKey,
  data: Buffer,
  signature: Buffer,
  sm2Ids: readonly string[],
): Promise<boolean> {
  if (key.kind === 'sm2') {
    return sm2Ids.some((id) => isSm2SignatureRight(key.object, sm2Z(key.point!, id), data, signature))
  }
  const options: SigningOptions =
    algorithm.scheme === 'rsa-pss'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength ?? 20 }
      : {}
  return await new Promise((resolve) => {
    verify(algorithm.digest, data, { key: key.object, ...options }, signature, (error, right) => {
      resolve(!error && right)
    })
  })
}
