import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { coverageOf } from './coverage.ts'
import { type Description, type Json, type Operation, readDescription } from './description.ts'
import { assertionOf } from './signing.ts'
import { exchange, type Received, type Transport } from './wire.ts'

/** What an operation is asked with. */
export interface Asked {
  readonly path?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** JSON. */
  readonly body?: unknown
  /** A form of a page. */
  readonly form?: Readonly<Record<string, string>>
  /** Bytes or a stream of another type. */
  readonly raw?: Buffer | Readable
  readonly type?: string
  readonly key?: string
  readonly transport?: Transport
  readonly method?: 'HEAD'
}

/** An answer that was held against the description. */
export interface Answer extends Received {
  readonly body: Json
  readonly text: string
}

/** A request as it was sent, to be sent again in other ways. */
export interface Recorded {
  readonly operation: Operation
  readonly caller: string | undefined
  readonly asked: Asked
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Buffer | undefined
  readonly answer: Answer
}

/** Tokens are renewed well before they end. */
const TOKEN_MS = 120_000
const EMPTY = Buffer.alloc(0)

/** A program outside that knows an address and nothing else: it reads the description and the sandbox there. */
export async function openWorld(
  url: string,
  shared: { description?: Description; coverage?: Coverage } = {},
) {
  const get = async (target: string): Promise<Json> =>
    JSON.parse((await exchange(url, { method: 'GET', target, headers: {} })).bytes.toString())
  const description = shared.description ?? readDescription(await get('/openapi.json'))
  const coverage = shared.coverage ?? coverageOf(description)
  const sandbox = await get('/sandbox')
  const callers = new Map<string, Json>(
    sandbox.regions.flatMap(({ callers }: Json) => callers.map((it: Json) => [it.clientId, it])),
  )
  const tokens = new Map<string, { token: Promise<string>; until: number }>()
  /** What was not as described, and by which operation. */
  const faults: string[] = []
  const recorded: Recorded[] = []

  function tokenOf(caller: string): Promise<string> {
    const known = tokens.get(caller)
    if (known !== undefined && known.until > Date.now()) return known.token
    const jwk = callers.get(caller)?.privateJwk
    if (jwk === undefined) throw new Error(`the sandbox has no caller ${caller}`)
    const form = {
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertionOf(caller, jwk, sandbox.tokenEndpoint),
    }
    const token = ok(undefined, 'issueToken', { form }).then(({ body }) => body.access_token as string)
    tokens.set(caller, { token, until: Date.now() + TOKEN_MS })
    return token
  }

  /** Asks and holds the answer against the description; whatever differs is kept in `faults`. */
  async function ask(caller: string | undefined, id: string, asked: Asked = {}): Promise<Answer> {
    const operation = description.operation(id)
    const target = targetOf(operation, asked)
    const { bytes, type } = bodyOf(asked)
    const headers = {
      ...(caller === undefined ? {} : { authorization: `Bearer ${await tokenOf(caller)}` }),
      ...(operation.isWrite ? { 'idempotency-key': asked.key ?? randomUUID() } : {}),
      ...(type === undefined ? {} : { 'content-type': type }),
      ...asked.headers,
    }
    const method = asked.method ?? operation.method
    const { transport } = asked
    const body = bytes ?? asked.raw
    const received = await exchange(url, {
      method,
      target,
      headers,
      ...(body === undefined ? {} : { body }),
      ...(transport === undefined ? {} : { transport }),
    })
    const answer = readable(received)
    hold(operation, received, method === 'HEAD')
    if (method !== 'HEAD') {
      coverage.count(id, answer.status)
      recorded.push({ operation, caller, asked, target, headers, bytes, answer })
    }
    return answer
  }

  function hold(operation: Operation, received: Received, isHead = false): void {
    for (const fault of description.faultsOf(operation, received, isHead)) {
      const line = `${operation.id} ${isHead ? '(HEAD) ' : ''}${fault}`
      if (!faults.includes(line)) faults.push(line)
    }
  }

  /** Asks what must succeed. @throws Error with the refusal */
  async function ok(caller: string | undefined, id: string, asked: Asked = {}): Promise<Answer> {
    const answer = await ask(caller, id, asked)
    if (answer.status < 400) return answer
    throw new Error(`${id} was refused: ${answer.status} ${answer.text.slice(0, 1_500)}`)
  }

  /** Asks what must be refused, with a code or, for pages, a status. @throws Error when it is not, or otherwise */
  async function refused(
    caller: string | undefined,
    id: string,
    asked: Asked,
    why: string | number,
  ): Promise<Answer> {
    const answer = await ask(caller, id, asked)
    const found = typeof why === 'number' ? answer.status : answer.body?.code
    if (answer.status >= 400 && found === why) return answer
    throw new Error(`${id} should be refused as ${why}: ${answer.status} ${answer.text.slice(0, 1_500)}`)
  }

  return {
    url,
    description,
    coverage,
    sandbox,
    faults,
    recorded,
    tokenOf,
    ask,
    hold,
    ok,
    refused,
    region: (code: string): Json => sandbox.regions.find(({ regionCode }: Json) => regionCode === code),
    /** The time of the sandbox. */
    now: async () => new Date((await ok(undefined, 'readSandboxClock')).body.now as string),
  }
}

export type Coverage = ReturnType<typeof coverageOf>
export type World = Awaited<ReturnType<typeof openWorld>>

function targetOf({ path }: Operation, { path: values = {}, query }: Asked): string {
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(values[name] ?? ''))
  return query === undefined ? filled : `${filled}?${new URLSearchParams(query)}`
}

function bodyOf({ body, form, raw, type }: Asked): { bytes: Buffer | undefined; type: string | undefined } {
  if (body !== undefined)
    return { bytes: Buffer.from(JSON.stringify(body)), type: type ?? 'application/json' }
  if (form !== undefined) {
    const bytes = Buffer.from(new URLSearchParams(form).toString())
    return { bytes, type: type ?? 'application/x-www-form-urlencoded' }
  }
  return { bytes: Buffer.isBuffer(raw) ? raw : undefined, type }
}

/** With its text and, where it is JSON, its content. */
export function readable(received: Received): Answer {
  const isText = /json|text|csv|html/.test(String(received.headers['content-type']))
  const text = (isText ? received.bytes : EMPTY).toString('utf8')
  let body: Json
  try {
    body = JSON.parse(text)
  } catch {
    body = undefined
  }
  return { ...received, text, body }
}
