import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * How a body goes over the wire: with its length, in chunks, in chunks with pauses, or only after the server said
 * `100 Continue`.
 */
export const TRANSPORTS = ['length', 'chunked', 'slow', 'expect'] as const
export type Transport = (typeof TRANSPORTS)[number]

/** One request as bytes. */
export interface Sent {
  readonly method: string
  /** Path and query as they stand in the request line. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  /** A stream is always sent in chunks. */
  readonly body?: Buffer | Readable
  readonly transport?: Transport
}

/** What came back. */
export interface Received {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly bytes: Buffer
  /** True when the server said `100 Continue` first. */
  readonly continued: boolean
}

const PIECES = 8
const PAUSE_MS = 10
const HANG_MS = 60_000

/** Connections that are kept open between requests, as the client of a hospital keeps them. */
const agent = new Agent({ keepAlive: true, maxSockets: 32 })

/** Ends the connections that are kept open. */
export function hangUp(): void {
  agent.destroy()
}

/**
 * Sends one request and reads its answer to the end.
 *
 * @throws Error when the connection breaks or nothing comes for a minute
 */
export async function exchange(url: string, sent: Sent): Promise<Received> {
  const { hostname, port } = new URL(url)
  const { body, transport = 'length' } = sent
  const known = Buffer.isBuffer(body) && transport === 'length' ? { 'content-length': body.length } : {}
  const expecting = transport === 'expect' ? { expect: '100-continue' } : {}
  let continued = false
  const call = request({
    agent,
    hostname,
    port,
    method: sent.method,
    path: sent.target,
    headers: { ...sent.headers, ...known, ...expecting },
    timeout: HANG_MS,
  })
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    call.once('response', resolve)
    call.once('error', reject)
    call.once('timeout', () => call.destroy(new Error(`no answer: ${sent.method} ${sent.target}`)))
  })
  const allowed = new Promise<void>((resolve) => {
    call.once('continue', () => {
      continued = true
      resolve()
    })
    // Refused before the body was sent: there is nothing to wait for.
    answered.then(
      () => resolve(),
      () => resolve(),
    )
  })
  const writing = write(call, sent, allowed)
  const answer = await answered
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part as Buffer)
  await writing
  return { status: answer.statusCode!, headers: answer.headers, bytes: Buffer.concat(parts), continued }
}

async function write(
  call: ReturnType<typeof request>,
  { body, transport }: Sent,
  allowed: Promise<void>,
): Promise<void> {
  // An answer may come and the connection go before all is written; the answer says why.
  call.on('error', () => {})
  if (body === undefined) {
    call.end()
    return
  }
  if (transport === 'expect') {
    call.flushHeaders()
    await allowed
  }
  const source = Buffer.isBuffer(body) ? piecesOf(body, transport === 'length' ? 1 : PIECES) : body
  for await (const piece of source) {
    if (call.destroyed) return
    if (!call.write(piece)) await Promise.race([drained(call), sleep(HANG_MS, undefined, { ref: false })])
    if (transport === 'slow') await sleep(PAUSE_MS)
  }
  call.end()
}

function drained(call: ReturnType<typeof request>): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ['drain', 'close', 'error']) call.once(event, () => resolve())
  })
}

function* piecesOf(bytes: Buffer, count: number): Generator<Buffer> {
  const size = Math.max(1, Math.ceil(bytes.length / count))
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** A stream of the pieces, made as they are asked for. */
export function streamed(pieces: Iterable<string | Buffer>): Readable {
  return Readable.from(pieces, { objectMode: false, highWaterMark: 64 * 1024 })
}

/**
 * Writes bytes as they are on a connection of its own and reads until the server closes it.
 *
 * @returns what came within the time; empty when the server only closed
 */
export async function sendBytes(url: string, bytes: Buffer, waitMs = 5_000): Promise<Buffer> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port) })
  const parts: Buffer[] = []
  socket.on('data', (part) => parts.push(part))
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve())
    socket.once('error', () => resolve())
  })
  socket.end(bytes)
  const late = setTimeout(() => socket.destroy(), waitMs)
  await closed
  clearTimeout(late)
  return Buffer.concat(parts)
}
