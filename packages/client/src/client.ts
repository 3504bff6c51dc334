import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { HubProblem, HubUnreachable } from './problem.ts'
import { type Credentials, clientAssertion } from './token.ts'
import { OPERATIONS, type Operations, type Problem } from './types.ts'

export interface HubClientOptions extends Credentials {
  /** Where the hub is, such as `https://hub.example`. */
  readonly url: string
  /** Permissions to ask for, separated by blanks; all of the client's when absent. */
  readonly scope?: string
  /** How often a request is sent again that found nobody, or was put off; 4 when absent. */
  readonly retries?: number
  /** How long to wait for one answer, in milliseconds; 30,000 when absent. */
  readonly timeoutMs?: number
}

/** A request by its address, for what has no operation of its own here. */
export interface HubRequest {
  readonly method: string
  /** With its query. */
  readonly path: string
  /** Sent as JSON; bytes and text as they are, with `contentType`. */
  readonly body?: unknown
  readonly contentType?: string
  /** Of a write; made anew when absent. Keep it when sending again what may have been done. */
  readonly idempotencyKey?: string
  /** The `ETag` that was read, for operations that ask for it. */
  readonly ifMatch?: string
  readonly signal?: AbortSignal
}

/** An answer, whatever its status. */
export interface HubAnswer<Body = unknown> {
  readonly status: number
  readonly headers: Headers
  /** Of JSON its content; text of text; undefined of nothing. */
  readonly body: Body
  /** Whether it is the answer that was given to this key before. */
  readonly isReplay: boolean
}

/** The members of an operation's request, those that it needs. */
export type Asked<Id extends keyof Operations> = Omit<Operations[Id], 'answer'> &
  Pick<HubRequest, 'idempotencyKey' | 'ifMatch' | 'signal' | 'contentType'>

type Params = Readonly<Record<string, string | number | undefined>>

/** Refusals after which the same may be sent again. */
const PASSING = new Set([408, 429, 502, 503, 504])
const RETRIES = 4
const TIMEOUT_MS = 30_000
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 60_000
/** A token is renewed before it ends. */
const EARLY_MS = 30_000

/**
 * A client of the hub for one registered system: gets its tokens, gives each write an `Idempotency-Key`, and sends again
 * under the same key what found nobody or was put off, after the pause that the hub names.
 */
export class HubClient {
  readonly #options: HubClientOptions
  readonly #url: string
  #issuer: string | undefined
  #token: { readonly text: string; readonly until: number } | undefined
  #asking: Promise<string> | undefined

  constructor(options: HubClientOptions) {
    this.#options = options
    this.#url = options.url.replace(/\/+$/, '')
  }

  /**
   * Calls an operation of the API description by its id.
   *
   * @throws HubProblem for a refusal; HubUnreachable when there was no answer to the last try
   */
  async call<Id extends keyof Operations>(
    id: Id,
    ...[asked]: Record<never, never> extends Asked<Id> ? [asked?: Asked<Id>] : [asked: Asked<Id>]
  ): Promise<HubAnswer<Operations[Id]['answer']>> {
    const [method, template] = OPERATIONS[id]
    const { path, query, body, ...how } = (asked ?? {}) as Omit<HubRequest, 'method' | 'path'> & {
      readonly path?: Params
      readonly query?: Params
    }
    const target = filled(template, path ?? {}) + queryOf(query ?? {})
    const answer = await this.request({ ...how, method, path: target, body })
    if (answer.status >= 400) throw new HubProblem(answer.status, answer.body as Problem)
    return answer as HubAnswer<Operations[Id]['answer']>
  }

  /**
   * The pages of a list, one after the other, as long as there is a next one.
   *
   * @throws as `call`
   */
  async *pages<Id extends keyof Operations>(
    id: Id,
    asked: Asked<Id>,
    cursor: 'after' | 'before' = 'after',
  ): AsyncGenerator<Operations[Id]['answer']> {
    let query = (asked as { query?: Params }).query
    for (;;) {
      const { body } = await this.call(id, ...([{ ...asked, query }] as unknown as [Asked<Id>]))
      yield body
      const { next } = body as { next?: string }
      if (next === undefined || next === query?.[cursor]) return
      query = { ...query, [cursor]: next }
    }
  }

  /**
   * Asks by address and gives the answer whatever its status.
   *
   * @throws HubUnreachable when there was no answer to the last try
   */
  async request(request: HubRequest): Promise<HubAnswer> {
    const { retries = RETRIES } = this.#options
    const isWrite = request.method !== 'GET' && request.method !== 'HEAD'
    const key = request.idempotencyKey ?? (isWrite ? randomUUID() : undefined)
    let isTokenNew = false
    for (let tries = 0; ; tries += 1) {
      let answer: HubAnswer | undefined
      let failure: unknown
      try {
        answer = await this.#send(request, key)
      } catch (error) {
        request.signal?.throwIfAborted()
        if (error instanceof HubProblem) throw error
        failure = error
      }
      if (answer?.status === 401 && !isTokenNew) {
        // The client was changed, or the hub has other keys: once with a new token.
        this.#token = undefined
        isTokenNew = true
        continue
      }
      const isLast = tries >= retries
      if (answer !== undefined && (isLast || !PASSING.has(answer.status))) return answer
      if (isLast) throw new HubUnreachable('the hub gave no answer', { cause: failure })
      await sleep(pauseOf(answer, tries), undefined, request.signal ? { signal: request.signal } : {})
    }
  }

  /** A token that holds for a while yet. @throws HubProblem when the client is refused */
  async token(): Promise<string> {
    const { until = 0, text } = this.#token ?? {}
    if (text !== undefined && until > Date.now()) return text
    this.#asking ??= this.#newToken().finally(() => {
      this.#asking = undefined
    })
    return await this.#asking
  }

  async #newToken(): Promise<string> {
    this.#issuer ??= (
      (await this.#json('/.well-known/oauth-authorization-server')) as { issuer: string }
    ).issuer
    const { scope } = this.#options
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: clientAssertion(this.#options, this.#issuer, new Date()),
      ...(scope === undefined ? {} : { scope }),
    })
    const { access_token, expires_in } = (await this.#json('/oauth/token', form)) as {
      access_token: string
      expires_in: number
    }
    const life = Math.max(expires_in * 1000 - EARLY_MS, (expires_in * 1000) / 2)
    this.#token = { text: access_token, until: Date.now() + life }
    return access_token
  }

  /** What is had without a token. */
  async #json(path: string, body?: URLSearchParams): Promise<unknown> {
    const { timeoutMs = TIMEOUT_MS } = this.#options
    const answer = await fetch(this.#url + path, {
      ...(body === undefined ? {} : { method: 'POST', body }),
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (answer.ok) return await answer.json()
    const text = await answer.text()
    if (PASSING.has(answer.status) || answer.status >= 500)
      throw new HubUnreachable(`${path} was answered with ${answer.status}`)
    throw new HubProblem(answer.status, oauthProblem(text, answer.status))
  }

  async #send(request: HubRequest, key: string | undefined): Promise<HubAnswer> {
    const { timeoutMs = TIMEOUT_MS } = this.#options
    const { method, path, body, contentType, ifMatch, signal } = request
    const isRaw = typeof body === 'string' || body instanceof Uint8Array
    const timeout = AbortSignal.timeout(timeoutMs)
    const answer = await fetch(this.#url + path, {
      method,
      headers: {
        authorization: `Bearer ${await this.token()}`,
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
        ...(body === undefined ? {} : { 'content-type': contentType ?? 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isRaw ? (body as string) : JSON.stringify(body) }),
      redirect: 'manual',
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    })
    return {
      status: answer.status,
      headers: answer.headers,
      body: await contentOf(answer),
      isReplay: answer.headers.get('idempotency-replayed') === 'true',
    }
  }
}

/** JSON by its content, text as text, anything else as bytes. */
async function contentOf(answer: Response): Promise<unknown> {
  const type = answer.headers.get('content-type') ?? ''
  if (/[/+]json\b/.test(type)) return await answer.json()
  if (/^text\//.test(type)) return await answer.text()
  const bytes = new Uint8Array(await answer.arrayBuffer())
  return bytes.length === 0 ? undefined : bytes
}

/** As long as the hub asks for, else growing and by chance. */
function pauseOf(answer: HubAnswer | undefined, tries: number): number {
  const asked = Number(answer?.headers.get('retry-after') ?? Number.NaN) * 1000
  const own = FIRST_PAUSE_MS * 2 ** tries * (0.5 + Math.random())
  return Math.min(Number.isFinite(asked) ? asked : own, LONGEST_PAUSE_MS)
}

function filled(template: string, params: Params): string {
  return template.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = params[name]
    if (value === undefined) throw new TypeError(`the path needs ${name}`)
    return encodeURIComponent(value)
  })
}

function queryOf(params: Params): string {
  const given = Object.entries(params).filter(([, value]) => value !== undefined)
  const text = new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()
  return text === '' ? '' : `?${text}`
}

/** The refusal of a token (RFC 6749, 5.2) in the form of the other ones. */
function oauthProblem(text: string, status: number): Problem {
  let error: { error?: string; error_description?: string } = {}
  try {
    error = JSON.parse(text)
  } catch {
    // A page of something in between.
  }
  const title = error.error_description ?? 'No token was given'
  return {
    type: 'about:blank',
    title,
    titleEn: title,
    status,
    code: error.error ?? 'client-refused',
    detail: title,
    detailEn: title,
    retry: 'after-change',
    instance: 'about:blank',
  } as Problem
}
