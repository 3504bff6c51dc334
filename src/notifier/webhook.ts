import { createHmac } from 'node:crypto'
import type { Notification, Notifier } from './notification.ts'

export interface WebhookOptions {
  readonly url: string
  /** Shared with the receiver. */
  readonly secret: string
  readonly now: () => Date
  readonly timeoutMs?: number
}

/** The receiver did not accept. Names neither address nor content. */
export class NotifierFault extends Error {
  override readonly name = 'NotifierFault'
  /** `NOTIFIER_HTTP_503`, or what went wrong on the way. */
  readonly code: string

  constructor(code: string) {
    super('the notifier did not accept')
    this.code = code
  }
}

/**
 * The signature of a message: HMAC-SHA-256 over `<time>.<body>`, so that a receiver can refuse old copies.
 *
 * @param time whole seconds since 1970
 * @returns the value of the header `hub-signature`
 */
export function signatureOf(secret: string, time: number, body: string): string {
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`
}

/**
 * Sends notifications by HTTP POST, signed, with the outbox id as `Idempotency-Key`. Redirects are not followed: the
 * message holds a secret.
 */
export function webhookNotifier(options: WebhookOptions): Notifier {
  const { url, secret, now, timeoutMs = 10_000 } = options
  return {
    async send(notification: Notification): Promise<void> {
      const body = JSON.stringify(notification)
      const time = Math.floor(now().getTime() / 1000)
      let status: number
      try {
        const answer = await fetch(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'idempotency-key': notification.id,
            'hub-signature': signatureOf(secret, time, body),
          },
          body,
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
        })
        status = answer.status
        await answer.body?.cancel()
      } catch (error) {
        throw new NotifierFault(
          (error as Error).name === 'TimeoutError' ? 'NOTIFIER_TIMEOUT' : 'NOTIFIER_AWAY',
        )
      }
      if (status < 200 || status > 299) throw new NotifierFault(`NOTIFIER_HTTP_${status}`)
    },
  }
}
