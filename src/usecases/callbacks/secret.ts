import { createHmac, randomBytes } from 'node:crypto'
import { seal, unseal } from '../access/sealed.ts'

/** How a secret begins where people see it, by the convention of Standard Webhooks. */
const PREFIX = 'whsec_'
/** Standard Webhooks asks for 24 to 64. */
const BYTES = 32

/** What belongs to a message beside its body, by the convention of Standard Webhooks. */
export interface MessageHeaders {
  readonly 'webhook-id': string
  readonly 'webhook-timestamp': string
  readonly 'webhook-signature': string
}

/** A new secret, sealed for the table. @param kek the key encryption key, 32 bytes */
export function newSecret(kek: Buffer, callbackId: string): Buffer {
  return seal(kek, purposeOf(callbackId), randomBytes(BYTES))
}

/** The bytes of a stored secret. @throws Error when the key encryption key does not open it */
export function secretOf(kek: Buffer, callbackId: string, sealed: Buffer): Buffer {
  const secret = unseal(kek, purposeOf(callbackId), sealed)
  if (secret === undefined) throw new Error('a secret of a callback does not open')
  return secret
}

/** A secret as its owner is shown it, once. */
export function shownSecret(secret: Buffer): string {
  return PREFIX + secret.toString('base64')
}

/**
 * Signs a message: HMAC-SHA-256 over id, time and body, once with each secret that is valid.
 *
 * @param at the clock of the machine, because receivers compare it with theirs
 * @see Standard Webhooks 1.0, symmetric signatures
 */
export function signed(secrets: readonly Buffer[], id: string, at: Date, body: string): MessageHeaders {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signatures = secrets.map((secret) => {
    const value = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
    return `v1,${value}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

const purposeOf = (callbackId: string) => `callback/${callbackId}`
