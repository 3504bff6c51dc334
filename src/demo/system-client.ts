import { randomUUID } from 'node:crypto'
import { get, type IncomingMessage } from 'node:http'
import { importJWK, type JWK, SignJWT } from 'jose'

/** An answer that the demonstration did not expect. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer'
}

/** An answer of the hub. */
export interface HubAnswer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: an outside client knows the description only, not our types
  readonly body: any
}

/** A hospital's, pharmacy's or agency's system, as an outside program: nothing but HTTP. */
export interface SystemClient {
  readonly clientId: string
  readonly name: string
  get(path: string): Promise<HubAnswer>
  /** @param key sent again with the same one, a write gets its first answer */
  post(path: string, body?: unknown, key?: string): Promise<HubAnswer>
  /** Fetches a file whole. @returns its length; that of the refusal when the status is not 200 */
  download(path: string): Promise<{ readonly status: number; readonly bytes: number }>
  /** Follows the stream of events. Ends with the signal. */
  events(
    signal: AbortSignal,
    onEvent: (type: string, entry: { prescriptionNo: string }) => void,
  ): Promise<void>
}

/** What `GET /sandbox` says about a caller. */
export interface SandboxCaller {
  readonly clientId: string
  readonly kind: string
  readonly name: string
  readonly institutionId?: string
  readonly privateJwk: JWK
}

/** Gets an access token by `private_key_jwt` (RFC 7523). */
async function token(hubUrl: string, caller: SandboxCaller): Promise<string> {
  const metadata = await fetch(`${hubUrl}/.well-known/oauth-authorization-server`)
  const { issuer } = (await metadata.json()) as { issuer: string }
  const seconds = Math.floor(Date.now() / 1000)
  const assertion = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: caller.privateJwk.kid as string })
    .setIssuer(caller.clientId)
    .setSubject(caller.clientId)
    .setAudience(issuer)
    .setJti(randomUUID())
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + 120)
    .sign(await importJWK(caller.privateJwk, 'ES256'))
  const answer = await fetch(`${hubUrl}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }),
  })
  const body = (await answer.json()) as { access_token?: string }
  if (body.access_token === undefined) {
    throw new UnexpectedAnswer(`no token for ${caller.clientId}: ${JSON.stringify(body)}`)
  }
  return body.access_token
}

/** Opens a session for a caller: one token, for as long as the demonstration takes. */
export async function systemClient(hubUrl: string, caller: SandboxCaller): Promise<SystemClient> {
  const authorization = `Bearer ${await token(hubUrl, caller)}`
  const answerOf = async (answer: Response): Promise<HubAnswer> => ({
    status: answer.status,
    body: await answer.json().catch(() => undefined),
  })
  return {
    clientId: caller.clientId,
    name: caller.name,
    get: async (path) => await answerOf(await fetch(hubUrl + path, { headers: { authorization } })),
    post: async (path, body, key = randomUUID()) =>
      await answerOf(
        await fetch(hubUrl + path, {
          method: 'POST',
          headers: {
            authorization,
            'idempotency-key': key,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      ),
    async download(path) {
      const answer = await fetch(hubUrl + path, { headers: { authorization } })
      return { status: answer.status, bytes: (await answer.arrayBuffer()).byteLength }
    },
    events: (signal, onEvent) => eventsOf(`${hubUrl}/pharmacy/events/stream`, authorization, signal, onEvent),
  }
}

/** Reads server-sent events. Not by `fetch`, which in Node 20 may leave the connection open when it is aborted. */
async function eventsOf(
  url: string,
  authorization: string,
  signal: AbortSignal,
  onEvent: (type: string, entry: { prescriptionNo: string }) => void,
): Promise<void> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers: { authorization }, signal }, resolve).once('error', reject)
  })
  if (answer.statusCode !== 200) throw new UnexpectedAnswer(`no stream of events: ${answer.statusCode}`)
  let text = ''
  for await (const part of answer.setEncoding('utf8')) {
    text += part
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n')
      text = text.slice(end + 2)
      const member = (name: string) =>
        lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
      const data = member('data')
      if (data !== undefined) onEvent(member('event') ?? 'message', JSON.parse(data))
    }
  }
}
