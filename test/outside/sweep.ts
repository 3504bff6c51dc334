import { gzipSync } from 'node:zlib'
import type { Json, Operation } from './description.ts'
import { exchange, type Sent, TRANSPORTS } from './wire.ts'
import { type Recorded, readable, type World } from './world.ts'

const TEXT = Buffer.from('neither form nor JSON')
const LONG_HEAD = { 'x-long': 'a'.repeat(20_000) }

/** One recorded request that succeeded, by operation. */
export function succeeded({ recorded }: World): Recorded[] {
  const found = new Map<string, Recorded>()
  for (const each of recorded) if (each.answer.status < 300) found.set(each.operation.id, each)
  return [...found.values()]
}

/** Sends again as it was, but for what is changed, and holds the answer against the description. */
async function resend(world: World, one: Recorded, change: Partial<Sent> = {}) {
  const { authorization, ...rest } = one.headers
  const headers = {
    ...rest,
    ...(authorization === undefined ? {} : { authorization: `Bearer ${await world.tokenOf(one.caller!)}` }),
  }
  const received = await exchange(world.url, {
    method: one.operation.method,
    target: one.target,
    headers,
    ...(one.bytes === undefined ? {} : { body: one.bytes }),
    ...change,
  })
  const isHead = change.method === 'HEAD'
  world.hold(one.operation, received, isHead)
  if (!isHead) world.coverage.count(one.operation.id, received.status)
  return readable(received)
}

/**
 * Sends a write that succeeded again under its key, in every way a body can go over the wire.
 *
 * @returns in which way it got another answer than the first
 */
export async function inEveryTransport(world: World, one: Recorded): Promise<string[]> {
  const different: string[] = []
  for (const transport of TRANSPORTS) {
    const answer = await resend(world, one, { transport })
    const isFirst = answer.status === one.answer.status && answer.text === one.answer.text
    if (
      !(isFirst || isFirstWithoutItsLink(answer.body, one.answer.body)) ||
      answer.headers['idempotency-replayed'] !== 'true'
    )
      different.push(`${one.operation.id} ${transport}: ${answer.status} ${answer.text.slice(0, 200)}`)
    if (transport === 'expect' && !answer.continued) different.push(`${one.operation.id}: no 100 Continue`)
  }
  return different
}

/** A receipt whose link was renewed since says so in place of the link, and is the first one in all else. */
function isFirstWithoutItsLink(again: Json, first: Json): boolean {
  if (again?.patientLinkReplacedAt === undefined) return false
  const { patientLinkReplacedAt: _, ...kept } = again
  const { patientLink: __, ...rest } = first
  return JSON.stringify(kept) === JSON.stringify(rest)
}

/** True for a write whose first answer can be had again. */
export const isRepeatable = ({ operation, bytes }: Recorded) => operation.isWrite && bytes !== undefined

/** One thing that is wrong with a request, and the statuses that may say so. */
interface Wrong {
  readonly what: string
  readonly change: Partial<Sent>
  readonly statuses: readonly number[]
}

/** What every operation refuses alike, whatever else it is asked. */
function wrongsOf(world: World, one: Recorded): Wrong[] {
  const { operation, headers, bytes } = one
  const without = (name: string) =>
    Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name))
  const isSecured = operation.security.length > 0
  const hasBody = bytes !== undefined
  return [
    ...(isSecured
      ? [{ what: 'no token', change: { headers: without('authorization') }, statuses: [401] }]
      : []),
    ...(isSecured
      ? [
          {
            what: 'a token that is none',
            change: { headers: { ...headers, authorization: 'Bearer a.b.c' } },
            statuses: [401],
          },
        ]
      : []),
    ...(operation.isWrite
      ? [{ what: 'no key', change: { headers: without('idempotency-key') }, statuses: [400] }]
      : []),
    ...(hasBody
      ? [
          {
            what: 'another media type',
            change: { headers: { ...headers, 'content-type': 'text/plain' }, body: TEXT },
            statuses: [415],
          },
          {
            what: 'a compressed body',
            change: { headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipSync(bytes) },
            statuses: [415],
          },
        ]
      : []),
    { what: 'a head of 20 kB', change: { headers: { ...headers, ...LONG_HEAD } }, statuses: [413, 431] },
    ...badTarget(world.description.document, operation, one.target),
  ]
}

/** A query that is none of the operation's, where it says which it has. */
function badTarget(_document: Json, operation: Operation, target: string): Wrong[] {
  const takesQuery = operation.parameters.some(({ in: place }: Json) => place === 'query')
  if (!takesQuery || operation.responses['400'] === undefined) return []
  if (operation.path.startsWith('/p/') || operation.path.startsWith('/d/')) return []
  const joined = `${target}${target.includes('?') ? '&' : '?'}nothing-of-the-kind=1`
  return [{ what: 'an unknown query', change: { target: joined }, statuses: [400] }]
}

/**
 * Sends a request that succeeded again with one thing wrong at a time.
 *
 * @returns what was wrong and not refused as it should be
 */
export async function withOneThingWrong(world: World, one: Recorded): Promise<string[]> {
  const missed: string[] = []
  for (const { what, change, statuses } of wrongsOf(world, one)) {
    const fresh = await withFreshToken(world, one, change)
    const answer = await resend(world, one, fresh)
    if (!statuses.includes(answer.status))
      missed.push(`${one.operation.id} with ${what}: ${answer.status} ${answer.text.slice(0, 160)}`)
  }
  return missed
}

/** Tokens may have ended since the request was recorded. */
async function withFreshToken(world: World, one: Recorded, change: Partial<Sent>): Promise<Partial<Sent>> {
  const { authorization } = change.headers ?? {}
  if (authorization === undefined || authorization !== one.headers['authorization']) return change
  return {
    ...change,
    headers: { ...change.headers, authorization: `Bearer ${await world.tokenOf(one.caller!)}` },
  }
}

/** Asks for the head alone, which must say what the whole says. */
export async function headAlone(world: World, one: Recorded): Promise<string[]> {
  if (one.operation.method !== 'GET' || /event-stream/.test(String(one.answer.headers['content-type'])))
    return []
  const answer = await resend(world, one, { method: 'HEAD' })
  const whole = await resend(world, one)
  const type = answer.headers['content-type']
  return answer.status === whole.status && answer.bytes.length === 0 && type === whole.headers['content-type']
    ? []
    : [
        `${one.operation.id}: HEAD is answered ${answer.status} ${type}, GET ${whole.status} ${whole.headers['content-type']}`,
      ]
}
