import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** Seconds by which the clocks of the two sides may differ. */
const MAX_SKEW_SECONDS = 300

/** A message to the payer, as both sides see it. */
export interface SignedMessage {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly body: string
  /** Seconds since 1970. */
  readonly timestamp: number
}

/** HMAC-SHA-256 over time, method, path and the digest of the body, in hex. */
export function signMessage(secret: string, { method, path, body, timestamp }: SignedMessage): string {
  const digest = createHash('sha256').update(body).digest('hex')
  return createHmac('sha256', secret).update(`${timestamp}\n${method}\n${path}\n${digest}`).digest('hex')
}

/** True for the signature of this message, made no longer than five minutes ago. */
export function isSignedBy(
  secret: string,
  message: SignedMessage,
  signature: string,
  nowSeconds: number,
): boolean {
  if (!(Math.abs(nowSeconds - message.timestamp) <= MAX_SKEW_SECONDS)) return false
  const expected = Buffer.from(signMessage(secret, message))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
