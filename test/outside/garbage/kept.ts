import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../description.ts'
import type { Answer, World } from '../world.ts'
import type { Garbage } from './campaign.ts'

/**
 * Reads back what a write took, where it can be read, and compares it with what was sent.
 *
 * @returns what is otherwise; undefined when all is as sent, or nothing can be read back
 */
export async function keptAsSent(
  world: World,
  { one, sent }: Garbage,
  answer: Answer,
): Promise<string | undefined> {
  const { operation, caller } = one
  if (operation.method !== 'POST' || !Buffer.isBuffer(sent.body)) return undefined
  const body = decoded(sent.body)
  if (body === undefined) return undefined
  if (operation.path.startsWith('/agency/registers/') && operation.path.split('/').length === 4) {
    const { register, key } = answer.body
    const read = await world.ok(caller, 'readRegister', { path: { register }, query: { key, limit: '200' } })
    const found = read.body.items.filter((it: Json) => it.validFrom === answer.body.validFrom)
    return found.some((it: Json) => covers(it.data, body.data))
      ? undefined
      : otherwise(body.data, found[0]?.data)
  }
  if (operation.id === 'fileComplaint') {
    const read = await world.ok(caller, 'listComplaints', { query: { limit: '200' } })
    const found = read.body.items.find((it: Json) => it.complaintId === answer.body.complaintId)
    return found === undefined || found.statement === body.statement
      ? undefined
      : otherwise(body.statement, found.statement)
  }
  return undefined
}

/** True when each member that was sent reads as it was sent. */
const covers = (kept: Json, sent: Json): boolean =>
  Object.entries(sent ?? {}).every(([name, value]) => isDeepStrictEqual(kept?.[name], value))

const otherwise = (sent: Json, kept: Json) =>
  `${JSON.stringify(sent)?.slice(0, 300)} reads ${JSON.stringify(kept)?.slice(0, 300)}`

/** Exactly what the bytes say; undefined for bytes that say nothing. */
function decoded(bytes: Buffer): Json {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}
