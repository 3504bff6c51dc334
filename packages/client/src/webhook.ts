import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FeedEntry } from './types.ts'

/** A message that a callback brought. `data` is the entry as in the feed; narrow it by `type`. */
export interface WebhookMessage<Entry extends FeedEntry = FeedEntry> {
  /** The same however often the message is sent: whatever was done for it is not done again. */
  readonly id: string
  readonly type: Entry['type']
  /** When it happened, RFC 3339. */
  readonly timestamp: string
  readonly data: Entry
}

/** The message is not what the hub sent, or not from now. Answer it with 400. */
export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused'
}

export interface VerifyOptions {
  /** How far the clocks may differ; 300 when absent. */
  readonly toleranceSeconds?: number
  readonly now?: Date
}

/**
 * Verifies a message by the conventions of Standard Webhooks and gives its content.
 *
 * @param secrets `whsec_…`; while a secret is changed over, both
 * @param headers of the request, in small letters as Node gives them
 * @param body exactly the bytes that came: not parsed and written again
 * @throws WebhookRefused
 */
export function verifyWebhook(
  secrets: string | readonly string[],
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  body: string | Uint8Array,
  options: VerifyOptions = {},
): WebhookMessage {
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map(
    (name) => headers[`webhook-${name}`],
  )
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string')
    throw new WebhookRefused('a header of the signature is missing')
  const { toleranceSeconds = 300, now = new Date() } = options
  const isRecent =
    /^\d{1,12}$/.test(timestamp) && Math.abs(now.getTime() / 1000 - Number(timestamp)) <= toleranceSeconds
  if (!isRecent) throw new WebhookRefused('the message is too old, or from a clock ahead')
  const bytes = Buffer.from(body as string)
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), bytes])
  const expected = [secrets].flat().map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    return createHmac('sha256', key).update(content).digest()
  })
  const given = signatures
    .split(' ')
    .filter((each) => each.startsWith('v1,'))
    .map((each) => Buffer.from(each.slice('v1,'.length), 'base64'))
  const isSigned = given.some((value) =>
    expected.some((good) => value.length === good.length && timingSafeEqual(value, good)),
  )
  if (!isSigned) throw new WebhookRefused('no signature fits')
  return { id, ...(JSON.parse(bytes.toString('utf8')) as Omit<WebhookMessage, 'id'>) }
}
