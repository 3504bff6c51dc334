import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { PayerClaim, PayerRecord } from '../domain/settlement/payer-gateway.ts'
import { isSignedBy } from './payer-signature.ts'

/** How badly the simulated payer behaves. Shares of the requests, from 0 to 1; all 0 is a good day. */
export interface Mood {
  /** Answers after `delayMs`. */
  readonly delay: number
  /** Fails with 500 and does nothing. */
  readonly failBefore: number
  /** Does it, then fails with 500. */
  readonly failAfter: number
  /** Does it and never answers. */
  readonly silent: number
  /** Does it only after `lateMs`, and never answers: the hub has given up by then. */
  readonly late: number
  /** A repeated question is answered with another reference. */
  readonly twice: number
  /** Pays one fen more than asked and charges the patient one less. */
  readonly wrongAmount: number
  readonly refuse: number
  readonly delayMs: number
  readonly lateMs: number
}

export const GOOD_DAY: Mood = {
  delay: 0,
  failBefore: 0,
  failAfter: 0,
  silent: 0,
  late: 0,
  twice: 0,
  wrongAmount: 0,
  refuse: 0,
  delayMs: 50,
  lateMs: 500,
}

/** Everything that can go wrong, often. */
export const WORST_DAY: Mood = {
  ...GOOD_DAY,
  delay: 0.2,
  failBefore: 0.12,
  failAfter: 0.12,
  silent: 0.08,
  late: 0.08,
  twice: 0.2,
  wrongAmount: 0.05,
  refuse: 0.05,
}

export interface SimulatorOptions {
  readonly secret: string
  readonly seed: number
  readonly mood: Mood
  readonly host?: string
  readonly port?: number
  readonly now: () => Date
}

/** A running simulator; its book can be looked into and its mood changed. */
export interface PayerSimulator {
  readonly url: string
  mood: Mood
  /** Every settlement it has heard of, by id. */
  readonly book: ReadonlyMap<string, Kept>
  close(): Promise<void>
}

export interface Kept extends PayerRecord {
  readonly regionCode: string
  readonly day: string
}

const PAGE = 500
const MAX_BODY = 1024 * 1024

/**
 * A core system for tests and the sandbox: keeps its book in memory, honours idempotency keys, and misbehaves as its
 * mood says, by a seed. A cancellation that comes before its settlement is kept, so the settlement is refused later.
 */
export async function startPayerSimulator(options: SimulatorOptions): Promise<PayerSimulator> {
  const book = new Map<string, Kept>()
  const chance = seeded(options.seed)
  const pending = new Set<Promise<unknown>>()
  let references = 0
  let mood = options.mood

  /** Pays once; again it finds what is there. @returns undefined when it was cancelled before */
  function pay(claim: PayerClaim, wrong: boolean): Kept | undefined {
    const known = book.get(claim.settlementId)
    if (known !== undefined) return known.state === 'paid' ? known : undefined
    const shift = wrong && claim.totals.patient > 0 ? 1 : 0
    const { patient, 'basic-fund': fund } = claim.totals
    const kept: Kept = {
      settlementId: claim.settlementId,
      regionCode: claim.regionCode,
      day: claim.day,
      state: 'paid',
      reference: `SIM-${++references}`,
      totals: { ...claim.totals, patient: patient - shift, 'basic-fund': fund + shift },
    }
    book.set(kept.settlementId, kept)
    return kept
  }

  async function settle(claim: PayerClaim, response: ServerResponse): Promise<void> {
    const isRepeat = book.has(claim.settlementId)
    const dice = chance()
    // Each mood owns a piece of the line from 0 to 1.
    const bounds = ['failBefore', 'failAfter', 'silent', 'late', 'refuse', 'delay'] as const
    let upTo = 0
    const fate = bounds.find((name) => {
      upTo += mood[name]
      return dice < upTo
    })
    const wrong = chance() < mood.wrongAmount
    if (fate === 'failBefore') return void send(response, 500, { code: 'broken' })
    if (fate === 'refuse' && !isRepeat) {
      book.set(claim.settlementId, { ...pay(claim, false)!, state: 'cancelled' })
      return void send(response, 422, { code: 'insurance-suspended' })
    }
    if (fate === 'late') {
      await wait(mood.lateMs)
      pay(claim, wrong)
      response.destroy()
      return
    }
    const kept = pay(claim, wrong)
    if (fate === 'failAfter') return void send(response, 500, { code: 'broken' })
    if (fate === 'silent') {
      await wait(mood.lateMs)
      response.destroy()
      return
    }
    if (fate === 'delay') await wait(mood.delayMs)
    if (kept === undefined) return void send(response, 422, { code: 'cancelled-before' })
    const reference = isRepeat && chance() < mood.twice ? `SIM-${++references}` : kept.reference
    send(response, 200, { reference, totals: kept.totals })
  }

  function cancel(settlementId: string, regionCode: string, response: ServerResponse): void {
    if (chance() < mood.failBefore) return void send(response, 500, { code: 'broken' })
    const known = book.get(settlementId)
    const zero = { 'basic-fund': 0, 'large-amount': 0, 'serious-illness': 0, 'medical-assistance': 0 }
    const none = { patient: 0, ...zero, charity: 0, capitation: 0, institution: 0 }
    const kept = known ?? {
      settlementId,
      regionCode,
      day: '',
      reference: `SIM-${++references}`,
      totals: none,
    }
    book.set(settlementId, { ...kept, state: 'cancelled' })
    if (chance() < mood.failAfter) return void send(response, 500, { code: 'broken' })
    send(response, 200, {})
  }

  function list(url: URL, response: ServerResponse): void {
    const { region, day, after = '' } = Object.fromEntries(url.searchParams)
    const found = [...book.values()]
      .filter((kept) => kept.regionCode === region && kept.day === day && kept.settlementId > after)
      .sort((a, b) => (a.settlementId < b.settlementId ? -1 : 1))
    const page = found
      .slice(0, PAGE)
      .map(({ settlementId, state, reference, totals }) => ({ settlementId, state, reference, totals }))
    const next = found.length > PAGE ? page.at(-1)!.settlementId : undefined
    send(response, 200, { settlements: page, ...(next === undefined ? {} : { next }) })
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request)
    const path = request.url ?? '/'
    const method = request.method ?? 'GET'
    const message = { method, path, body, timestamp: Number(request.headers['x-hub-timestamp']) }
    const signature = String(request.headers['x-hub-signature'] ?? '')
    if (!isSignedBy(options.secret, message, signature, options.now().getTime() / 1000)) {
      return void send(response, 401, { code: 'not-signed' })
    }
    const url = new URL(path, 'http://payer')
    const cancelled = /^\/settlements\/([^/]+)\/cancel$/.exec(url.pathname)
    if (method === 'POST' && url.pathname === '/settlements') return await settle(JSON.parse(body), response)
    if (method === 'POST' && cancelled !== null) {
      return cancel(decodeURIComponent(cancelled[1]!), JSON.parse(body).regionCode, response)
    }
    if (method === 'GET' && url.pathname === '/settlements') return list(url, response)
    send(response, 404, { code: 'unknown' })
  }

  const server = createServer((request, response) => {
    const work = answer(request, response)
      .catch(() => send(response, 400, { code: 'malformed' }))
      .finally(() => pending.delete(work))
    pending.add(work)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    get mood() {
      return mood
    },
    set mood(next) {
      mood = next
    },
    book,
    async close() {
      server.closeAllConnections()
      await Promise.allSettled([...pending])
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function send(response: ServerResponse, status: number, content: object): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content))
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY) throw new RangeError('the body is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Numbers from 0 to 1, always the same for a seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
