import { request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Hub } from '../../src/http/plugins/hub.ts'

/** What came back over the wire. */
export interface Heard {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly bytes: Buffer
  /** The body as JSON; undefined when it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any
}

/** What goes over the wire. */
export interface Wire {
  readonly headers?: Readonly<Record<string, string>>
  readonly bytes?: Buffer | string
  /** Sent piece by piece without a length, as a program does that does not know it yet. */
  readonly chunked?: boolean
}

/** A hub that listens, and ways to reach it that no test double shortens. */
export interface Listening {
  readonly port: number
  send(method: string, path: string, wire?: Wire): Promise<Heard>
  /** Everything that the hub writes to a connection on which exactly `bytes` were sent. */
  raw(bytes: Buffer | string): Promise<string>
}

/** Lets the application listen on a free port of the loopback; it ends with the application. */
export async function listening(app: Hub): Promise<Listening> {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  return {
    port,
    send: (method, path, { headers = {}, bytes, chunked = false } = {}) =>
      new Promise<Heard>((resolve, reject) => {
        const length =
          bytes === undefined || chunked ? {} : { 'content-length': String(Buffer.byteLength(bytes)) }
        const call = request(
          { host: '127.0.0.1', port, method, path, agent: false, headers: { ...headers, ...length } },
          (answer) => {
            const pieces: Buffer[] = []
            answer.on('data', (piece: Buffer) => pieces.push(piece))
            answer.on('error', reject)
            answer.on('end', () => {
              const all = Buffer.concat(pieces)
              resolve({
                status: answer.statusCode ?? 0,
                headers: answer.headers,
                bytes: all,
                body: jsonOf(all),
              })
            })
          },
        )
        call.on('error', reject)
        if (bytes !== undefined && chunked) {
          const whole = Buffer.from(bytes)
          const half = Math.ceil(whole.length / 2)
          call.write(whole.subarray(0, half))
          call.write(whole.subarray(half))
        } else if (bytes !== undefined) call.write(bytes)
        call.end()
      }),
    raw: (bytes) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1')
        let heard = ''
        socket.setEncoding('latin1')
        socket.on('data', (piece: string) => {
          heard += piece
        })
        socket.on('error', reject)
        socket.on('close', () => resolve(heard))
        socket.write(bytes)
      }),
  }
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
