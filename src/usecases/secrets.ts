import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { CODE_LENGTH, CODE_LETTERS } from '../domain/text/typed-code.ts'

/** A patient link: the secret for the person, and what the hub keeps of it. */
export interface LinkSecret {
  /** 32 characters of base64url, 192 bits; only ever in the link. */
  readonly token: string
  readonly salt: Buffer
  readonly hash: Buffer
}

/** Makes the secret of a new patient link. */
export function newLink(key: Buffer, prescriptionNo: string): LinkSecret {
  const salt = randomBytes(16)
  const token = linkToken(key, prescriptionNo, salt)
  return { token, salt, hash: hashOf(token) }
}

/** The token of a stored link; needs the key, which no table holds. */
export function linkToken(key: Buffer, prescriptionNo: string, salt: Buffer): string {
  return derive(key, `link/${prescriptionNo}`, salt).subarray(0, 24).toString('base64url')
}

/**
 * The pick-up code of one choice: 26 characters, 130 bits.
 *
 * @param revision of the choice, so that an earlier code dies with an earlier choice
 */
export function pickupCode(key: Buffer, prescriptionNo: string, revision: number): string {
  const bytes = derive(key, `pickup/${prescriptionNo}`, Buffer.from(String(revision)))
  let bits = 0n
  for (const byte of bytes.subarray(0, 17)) bits = (bits << 8n) | BigInt(byte)
  let code = ''
  for (let place = 0; place < CODE_LENGTH; place += 1) {
    code = CODE_LETTERS[Number(bits & 31n)]! + code
    bits >>= 5n
  }
  return code
}

/** What is stored of a secret. The secrets are long and random, so a plain hash can't be guessed back. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** True when two texts are equal, in a time that doesn't tell where they differ. */
export function isSameSecret(a: string, b: string): boolean {
  return timingSafeEqual(hashOf(a), hashOf(b))
}

function derive(key: Buffer, purpose: string, salt: Buffer): Buffer {
  return createHmac('sha256', key).update(purpose).update('\0').update(salt).digest()
}
