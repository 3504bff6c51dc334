import { createPublicKey, createSign, createVerify, hash, type KeyObject } from 'node:crypto'

/** The recommended curve of SM2 (GB/T 32918.5), as a named curve. */
export const SM2_CURVE = '1.2.156.10197.1.301'

/** The signer's id that GM/T 0009 prescribes where nothing else was agreed. */
export const SM2_STANDARD_ID = '1234567812345678'

/** Parameters a and b of the curve and its base point, as Z is computed over them (GB/T 32918.2, 5.5). */
const CURVE = Buffer.from(
  'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc' +
    '28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93' +
    '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7' +
    'bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0',
  'hex',
)

/**
 * Z of a signer: what is hashed in front of the message, so that a signature belongs to one id and one key.
 *
 * @param point the public key, x and y, 64 bytes
 * @param id at most 8191 bytes in UTF-8
 */
export function sm2Z(point: Buffer, id: string): Buffer {
  const name = Buffer.from(id, 'utf8')
  const bits = Buffer.alloc(2)
  bits.writeUInt16BE(name.length * 8)
  return hash('sm3', Buffer.concat([bits, name, CURVE, point]), 'buffer')
}

/**
 * Verifies an SM2 signature with SM3 (GB/T 32918.2, GM/T 0009: DER SEQUENCE of r and s).
 *
 * Node's one-shot `verify` knows no id; its streaming one hashes first and verifies the digest, and the digest of Z
 * and message is just what SM2 signs.
 */
export function isSm2SignatureRight(key: KeyObject, z: Buffer, data: Buffer, signature: Buffer): boolean {
  try {
    return createVerify('sm3').update(z).update(data).verify(key, signature)
  } catch {
    return false
  }
}

/** Signs with an SM2 key and SM3, with the standard's id: DER SEQUENCE of r and s (GM/T 0009). */
export function sm2Signature(key: KeyObject, data: Buffer): Buffer {
  const point = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(SPKI_HEAD.length)
  return createSign('sm3').update(sm2Z(point, SM2_STANDARD_ID)).update(data).sign(key)
}

/** True for a private or public key on the curve of SM2, for which Node has no name. */
export function isSm2Key(key: KeyObject): boolean {
  if (key.asymmetricKeyType !== undefined) return false
  const publicKey = key.type === 'private' ? createPublicKey(key) : key
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(0, SPKI_HEAD.length).equals(SPKI_HEAD)
}

const SPKI_HEAD = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d03420004', 'hex')

/** An SM2 public key from its point. */
export function sm2Key(point: Buffer): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_HEAD, point]), format: 'der', type: 'spki' })
}

/** The example of GB/T 32918.5 (annex A.2): one key, one message, one signature. */
const EXAMPLE = {
  point:
    '09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020' +
    'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  message: 'message digest',
  signature:
    '3046022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3' +
    '022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
}

/**
 * True when this build of Node verifies SM2: it says yes to the standard's own example and no to another message.
 * Builds on a system's OpenSSL may lack it.
 */
export function hasSm2(): boolean {
  try {
    const point = Buffer.from(EXAMPLE.point, 'hex')
    const z = sm2Z(point, SM2_STANDARD_ID)
    const signature = Buffer.from(EXAMPLE.signature, 'hex')
    const key = sm2Key(point)
    return (
      isSm2SignatureRight(key, z, Buffer.from(EXAMPLE.message), signature) &&
      !isSm2SignatureRight(key, z, Buffer.from(`${EXAMPLE.message}.`), signature)
    )
  } catch {
    return false
  }
}
