import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Json } from '../description.ts'
import { exchange } from '../wire.ts'
import type { Recorded, World } from '../world.ts'
import { type Answer, readable } from '../world.ts'
import { type Place, replaced } from './json-places.ts'
import { nested } from './values.ts'

/** Something that was found once: a valid request of an operation with one thing in it replaced. */
export interface Fixture {
  readonly about: string
  readonly operation: string
  /** Where in the body, and the JSON text that stands there. */
  readonly at?: Place
  readonly json?: string
  /** Where in the document of a push instead. */
  readonly document?: Place
  /** Arrays one in another, in place of the text. */
  readonly nested?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly statuses: readonly number[]
}

export const FIXTURES: readonly Fixture[] = JSON.parse(
  readFileSync(new URL('../../../../test/outside/garbage/found.json', import.meta.url), 'utf8'),
)

/** Sends what was found once. @throws Error when there is no valid request of the operation */
export async function sendFixture(
  world: World,
  recorded: readonly Recorded[],
  fixture: Fixture,
): Promise<Answer> {
  const one = recorded.find(({ operation }) => operation.id === fixture.operation)
  if (one === undefined) throw new Error(`no request of ${fixture.operation} is at hand`)
  const { authorization, ...headers } = one.headers
  const body = bodyOf(one, fixture)
  const received = await exchange(world.url, {
    method: one.operation.method,
    target: one.target,
    headers: {
      ...headers,
      ...(one.operation.isWrite ? { 'idempotency-key': randomUUID() } : {}),
      ...(authorization === undefined ? {} : { authorization: `Bearer ${await world.tokenOf(one.caller!)}` }),
      ...fixture.headers,
    },
    ...(body === undefined ? {} : { body }),
  })
  world.hold(one.operation, received)
  return readable(received)
}

function bodyOf({ bytes }: Recorded, { at, document, json, nested: depth }: Fixture): Buffer | undefined {
  if (bytes === undefined) return undefined
  const text = depth === undefined ? (json ?? 'null') : nested(depth, true)
  const body: Json =
    at === undefined && document === undefined ? undefined : JSON.parse(bytes.toString('utf8'))
  if (at !== undefined) return replaced(body, at, text)
  if (document === undefined) return bytes
  const inner = JSON.parse(Buffer.from(body.document, 'base64').toString('utf8'))
  const broken = replaced(inner, document, text).toString('base64')
  return Buffer.from(JSON.stringify({ ...body, document: broken }))
}
