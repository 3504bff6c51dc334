import type { JsonWebKey } from 'node:crypto'
import { get, type IncomingMessage } from 'node:http'
import { HubClient } from '../../packages/client/src/client.ts'

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
  readonly privateJwk: JsonWebKey
}

/** Opens a session for a caller, by the client that the hub gives to everybody. */
export async function systemClient(hubUrl: string, caller: SandboxCaller): Promise<SystemClient> {
  const { clientId, name, privateJwk } = caller
  const client = new HubClient({ url: hubUrl, clientId, privateKey: privateJwk })
  return {
    clientId,
    name,
    get: async (path) => await client.request({ method: 'GET', path }),
    post: async (path, body, key) =>
      await client.request({
        method: 'POST',
        path,
        body,
        ...(key === undefined ? {} : { idempotencyKey: key }),
      }),
    async download(path) {
      const { status, body } = await client.request({ method: 'GET', path })
      return { status, bytes: body instanceof Uint8Array ? body.length : String(body).length }
    },
    events: async (signal, onEvent) =>
      await eventsOf(`${hubUrl}/pharmacy/events/stream`, `Bearer ${await client.token()}`, signal, onEvent),
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
