import { Agent, request } from 'node:http'
import type { Send } from '../test/support/outside.ts'

/** A client with at most `connections` connections to one server. */
export function client(base: string, connections: number): Send {
  const { hostname, port } = new URL(base)
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  return (method, path, headers, body) =>
    new Promise((resolve, reject) => {
      const sent = request(
        {
          host: hostname,
          port,
          path,
          method,
          agent,
          headers: {
            ...headers,
            ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
          },
        },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.once('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              body: Buffer.concat(chunks).toString(),
              cookie: response.headers['set-cookie']?.[0]?.split(';')[0],
              location: response.headers.location,
            }),
          )
          response.once('error', reject)
        },
      )
      sent.once('error', reject)
      sent.end(body)
    })
}

/** Latencies in milliseconds, and how long the whole took. */
export interface Measured {
  readonly count: number
  readonly seconds: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

export function summary(latencies: number[], seconds: number): Measured {
  const sorted = [...latencies].sort((a, b) => a - b)
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { count: sorted.length, seconds, perSecond: sorted.length / seconds, p50: at(0.5), p99: at(0.99) }
}

/** Closed loop: `inFlight` at a time, for `seconds` or until the work runs out. */
export async function closedLoop(
  inFlight: number,
  seconds: number,
  work: () => Promise<boolean>,
): Promise<Measured> {
  const latencies: number[] = []
  const begin = performance.now()
  const end = begin + seconds * 1000
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (performance.now() < end) {
        const sent = performance.now()
        if (!(await work())) return
        latencies.push(performance.now() - sent)
      }
    }),
  )
  return summary(latencies, (performance.now() - begin) / 1000)
}

/** Open loop: `perSecond` whatever comes back; a late start counts as latency, so nothing is omitted. */
export async function openLoop(
  perSecond: number,
  seconds: number,
  work: () => Promise<boolean>,
): Promise<Measured> {
  const latencies: number[] = []
  const pending: Promise<void>[] = []
  const begin = performance.now()
  const total = Math.floor(perSecond * seconds)
  for (let i = 0; i < total; i += 1) {
    const due = begin + (i * 1000) / perSecond
    const wait = due - performance.now()
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait))
    pending.push(
      work().then((done) => {
        if (done) latencies.push(performance.now() - due)
      }),
    )
  }
  await Promise.all(pending)
  return summary(latencies, (performance.now() - begin) / 1000)
}
