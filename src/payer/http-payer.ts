import {
  type AmountWinner,
  PayerUnavailable,
  PayerUnreadable,
  type RemotePayer,
} from '../domain/settlement/payer-gateway.ts'
import { signMessage } from './payer-signature.ts'
import { readPayerAnswer, readPayerPage } from './read-payer-answer.ts'

export interface HttpPayerOptions {
  /** Without a slash at the end. */
  readonly url: string
  readonly secret: string
  readonly timeoutMs: number
  readonly amountWinner: AmountWinner
  /** The clock of the machine, for the signature. */
  readonly now: () => Date
}

/** Bytes of an answer that are read at most. */
const MAX_ANSWER = 4 * 1024 * 1024

/**
 * A core system behind HTTP: `POST /settlements`, `POST /settlements/{id}/cancel`, `GET /settlements?region&day&after`.
 *
 * Every message is signed and carries the settlement id as `Idempotency-Key`. How answers are read says
 * `readPayerAnswer`; the interface is described in docs/payer-interface.md.
 */
export function httpPayer(options: HttpPayerOptions): RemotePayer {
  async function send(method: 'GET' | 'POST', path: string, key?: string, content?: object) {
    const body = content === undefined ? '' : JSON.stringify(content)
    const timestamp = Math.floor(options.now().getTime() / 1000)
    const { pathname, search } = new URL(options.url + path)
    try {
      const response = await fetch(options.url + path, {
        method,
        redirect: 'manual', // a redirection is an answer that can't be used, not silence
        signal: AbortSignal.timeout(options.timeoutMs),
        headers: {
          'x-hub-timestamp': String(timestamp),
          'x-hub-signature': signMessage(options.secret, {
            method,
            path: pathname + search,
            body,
            timestamp,
          }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
          ...(content === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(content === undefined ? {} : { body }),
      })
      return {
        status: response.status,
        headers: { contentType: response.headers.get('content-type') },
        bytes: await bytesOf(response),
      }
    } catch (error) {
      // A cause may repeat what was sent.
      throw new PayerUnavailable(
        `no answer from the payer (${error instanceof Error ? error.name : 'unknown'})`,
      )
    }
  }

  return {
    kind: 'remote',
    amountWinner: options.amountWinner,
    async settle(claim) {
      const { status, headers, bytes } = await send('POST', '/settlements', claim.settlementId, claim)
      const reading = readPayerAnswer(status, headers, bytes, claim.settlementId)
      switch (reading.kind) {
        case 'paid':
          return { outcome: 'accepted', reference: reading.reference, totals: reading.totals }
        case 'refused':
          return { outcome: 'refused', code: reading.code }
        case 'busy':
          throw new PayerUnavailable(`the payer answered ${status}`)
        case 'unreadable':
          throw new PayerUnreadable(reading.cause, status)
      }
    },
    async cancel(regionCode, settlementId) {
      const path = `/settlements/${encodeURIComponent(settlementId)}/cancel`
      const { status } = await send('POST', path, settlementId, { regionCode })
      // Whatever the body says: a 2xx is the confirmation.
      if (status < 200 || status > 299)
        throw new PayerUnavailable(`the payer answered ${status} to a cancellation`)
    },
    async *list(regionCode, day) {
      for (let after: string | undefined = ''; after !== undefined; ) {
        const query = new URLSearchParams({ region: regionCode, day, ...(after === '' ? {} : { after }) })
        const { status, headers, bytes } = await send('GET', `/settlements?${query}`)
        if (status < 200 || status > 299) throw new PayerUnavailable(`the payer answered ${status} to a list`)
        const page = readPayerPage(headers, bytes)
        if ('cause' in page) throw new PayerUnreadable(page.cause, status)
        if (page.next !== undefined && page.next === after) throw new PayerUnreadable('not-an-object', status)
        yield* page.settlements
        after = page.next
      }
    },
  }
}

/** The body; undefined when it broke off or is too long, though its status has been read. */
async function bytesOf(response: Response): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length
      if (size > MAX_ANSWER) return undefined
      chunks.push(chunk)
    }
  } catch {
    return undefined
  }
  return Buffer.concat(chunks)
}
