import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Seconds that a code lasts; what every authenticator assumes. */
const PERIOD = 30
const DIGITS = 6
/** Steps before and after now that are taken too, for clocks that differ and for slow typing (RFC 6238, 5.2). */
const TOLERANCE = 1
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A new secret of an authenticator: 160 bits in Base32 (RFC 4226, 4; RFC 4648, 6). */
export function newTotpSecret(): string {
  return base32(randomBytes(20))
}

/** The code of one step. @param secret Base32 */
export function totpAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', bytesOf(secret)).update(counter).digest()
  const offset = mac[19]! & 15
  const number = mac.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** Which step an instant lies in. */
export function stepOf(now: Date): number {
  return Math.floor(now.getTime() / 1000 / PERIOD)
}

/**
 * The step that a typed code is of; blanks in it are passed over.
 *
 * @returns undefined for a code of none of the steps around now
 */
export function stepOfCode(secret: string, typed: string, now: Date): number | undefined {
  const code = Buffer.from(typed.normalize('NFKC').replace(/\s/g, ''))
  const current = stepOf(now)
  for (let step = current - TOLERANCE; step <= current + TOLERANCE; step += 1) {
    const right = Buffer.from(totpAt(secret, step))
    if (right.length === code.length && timingSafeEqual(right, code)) return step
  }
  return undefined
}

/** What an authenticator scans. @param login names the entry there */
export function totpAddress(secret: string, login: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(login)}`
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`
}

function base32(bytes: Buffer): string {
  let bits = 0n
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte)
  const length = Math.ceil((bytes.length * 8) / 5)
  return Array.from(
    { length },
    (_, place) => LETTERS[Number((bits >> BigInt(5 * (length - 1 - place))) & 31n)],
  ).join('')
}

function bytesOf(secret: string): Buffer {
  let bits = 0n
  for (const letter of secret) bits = (bits << 5n) | BigInt(LETTERS.indexOf(letter))
  const hex = bits.toString(16).padStart(Math.floor((secret.length * 5) / 8) * 2, '0')
  return Buffer.from(hex, 'hex')
}
