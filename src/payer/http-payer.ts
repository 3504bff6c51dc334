import { PAYERS } from '../domain/settlement/adjudication.ts'
import {
  type AmountWinner,
  type PaidTotals,
  type PayerAnswer,
  type PayerRecord,
  PayerUnavailable,
  type RemotePayer,
} from '../domain/settlement/payer-gateway.ts'
import { signMessage } from './payer-signature.ts'

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
 * Every message is signed and carries the settlement id as `Idempotency-Key`. 200 is an acceptance, 422 with a code
 * a refusal; anything else, silence included, is no answer.
 */
export function httpPayer(options: HttpPayerOptions): RemotePayer {
  async function send(method: 'GET' | 'POST', path: string, key?: string, content?: object) {
    const body = content === undefined ? '' : JSON.stringify(content)
    const timestamp = Math.floor(options.now().getTime() / 1000)
    const { pathname, search } = new URL(options.url + path)
    try {
      const response = await fetch(options.url + path, {
        method,
        redirect: 'error',
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
      return { status: response.status, body: await readJson(response) }
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
      const { status, body } = await send('POST', '/settlements', claim.settlementId, claim)
      const answer = answerOf(status, body)
      if (answer === undefined) throw new PayerUnavailable(`the payer answered ${status}`)
      return answer
    },
    async cancel(regionCode, settlementId) {
      const path = `/settlements/${encodeURIComponent(settlementId)}/cancel`
      const { status } = await send('POST', path, settlementId, { regionCode })
      if (status !== 200) throw new PayerUnavailable(`the payer answered ${status} to a cancellation`)
    },
    async *list(regionCode, day) {
      for (let after: string | undefined = ''; after !== undefined; ) {
        const query = new URLSearchParams({ region: regionCode, day, ...(after === '' ? {} : { after }) })
        const { status, body } = await send('GET', `/settlements?${query}`)
        const page = status === 200 ? pageOf(body) : undefined
        if (page === undefined) throw new PayerUnavailable(`the payer answered ${status} to a list`)
        yield* page.settlements
        after = page.next
      }
    },
  }
}

async function readJson(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > MAX_ANSWER) throw new RangeError('the answer is too long')
    chunks.push(chunk)
  }
  return size === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8'))
}

function answerOf(status: number, body: unknown): PayerAnswer | undefined {
  const { reference, totals, code } = (body ?? {}) as Record<string, unknown>
  if (status === 200 && isReference(reference) && isTotals(totals))
    return { outcome: 'accepted', reference, totals }
  if (status === 422 && isReference(code)) return { outcome: 'refused', code }
  return undefined
}

function pageOf(body: unknown): { settlements: PayerRecord[]; next?: string } | undefined {
  const { settlements, next } = (body ?? {}) as { settlements?: unknown; next?: unknown }
  if (!Array.isArray(settlements) || !(next === undefined || isReference(next))) return undefined
  const isRecord = (entry: unknown): entry is PayerRecord => {
    const { settlementId, state, reference, totals } = (entry ?? {}) as Record<string, unknown>
    return (
      isReference(settlementId) &&
      (state === 'paid' || state === 'cancelled') &&
      isReference(reference) &&
      isTotals(totals)
    )
  }
  if (!settlements.every(isRecord)) return undefined
  return { settlements, ...(next === undefined ? {} : { next }) }
}

function isReference(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9_.:-]{1,100}$/.test(value)
}

function isTotals(value: unknown): value is PaidTotals {
  if (typeof value !== 'object' || value === null) return false
  const totals = value as Record<string, unknown>
  return PAYERS.every((bearer) => Number.isSafeInteger(totals[bearer]))
}
