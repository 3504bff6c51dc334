import { createPrivateKey, createSign, type KeyObject } from 'node:crypto'
import { makeKeyPair } from '../trust/key-pair.ts'
import { isSm2SignatureRight, SM2_STANDARD_ID, sm2Key, sm2Z } from '../trust/sm2.ts'

/** An SM2 key pair of the interface, as it travels: base64 of d, and of 04 with x and y. */
export interface KeyPair {
  readonly privateKey: string
  readonly publicKey: string
}

/** The 64 bytes of x and y. @throws RangeError for anything but 65 bytes that start with 04 and lie on the curve */
export function pointOf(publicKey: string): Buffer {
  const bytes = Buffer.from(publicKey, 'base64')
  if (bytes.length !== 65 || bytes[0] !== 4)
    throw new RangeError('an SM2 public key is base64 of 65 bytes: 04, x and y')
  const point = bytes.subarray(1)
  try {
    sm2Key(point)
  } catch {
    throw new RangeError('the SM2 public key is no point of the curve')
  }
  return point
}

/** SM2 with SM3 over UTF-8, under the standard id. @returns base64 of r and s, 32 bytes each */
export function signature({ privateKey, publicKey }: KeyPair, text: string): string {
  const point = pointOf(publicKey)
  const der = createSign('sm3')
    .update(sm2Z(point, SM2_STANDARD_ID))
    .update(text, 'utf8')
    .sign(privateKeyOf(privateKey, point))
  return plainOf(der).toString('base64')
}

/** True when base64 of r and s signs the text. DER, which one tool makes, is not what the interface takes. */
export function isSigned(publicKey: string, text: string, signData: string): boolean {
  const bytes = Buffer.from(signData, 'base64')
  if (bytes.length !== 64) return false
  try {
    const point = pointOf(publicKey)
    return isSm2SignatureRight(sm2Key(point), sm2Z(point, SM2_STANDARD_ID), Buffer.from(text), derOf(bytes))
  } catch {
    return false
  }
}

const PKCS8_HEAD = Buffer.from(
  '308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420',
  'hex',
)
const PUBLIC_PART = Buffer.from('a14403420004', 'hex')

/** @param d base64 of 32 bytes, or of 33 with a leading zero */
function privateKeyOf(d: string, point: Buffer): KeyObject {
  const bytes = Buffer.from(d, 'base64')
  const scalar = bytes.length === 33 && bytes[0] === 0 ? bytes.subarray(1) : bytes
  if (scalar.length !== 32) throw new RangeError('an SM2 private key is base64 of 32 bytes')
  return createPrivateKey({
    key: Buffer.concat([PKCS8_HEAD, scalar, PUBLIC_PART, point]),
    format: 'der',
    type: 'pkcs8',
  })
}

/** r and s as a DER SEQUENCE, which is the only form that Node knows for SM2. @param plain 64 bytes */
function derOf(plain: Buffer): Buffer {
  const integers = [plain.subarray(0, 32), plain.subarray(32)].map((half) => {
    const start = half.findIndex((byte) => byte !== 0)
    const value = half.subarray(start < 0 ? 31 : start)
    const content = value[0]! < 0x80 ? value : Buffer.concat([Buffer.of(0), value])
    return Buffer.concat([Buffer.of(0x02, content.length), content])
  })
  const body = Buffer.concat(integers)
  return Buffer.concat([Buffer.of(0x30, body.length), body])
}

/** The opposite of `derOf`. */
function plainOf(der: Buffer): Buffer {
  const plain = Buffer.alloc(64)
  let at = 2
  for (const end of [32, 64]) {
    const length = der[at + 1]!
    const value = der.subarray(at + 2, at + 2 + length)
    const digits = value.length > 32 ? value.subarray(1) : value
    digits.copy(plain, end - digits.length)
    at += 2 + length
  }
  return plain
}

/** A new key pair of the platform. */
export function newKeyPair(): KeyPair {
  const { privateKey, publicKey } = makeKeyPair({ curve: 'SM2' })
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' })
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  return {
    privateKey: pkcs8.subarray(PKCS8_HEAD.length, PKCS8_HEAD.length + 32).toString('base64'),
    publicKey: spki.subarray(-65).toString('base64'),
  }
}
