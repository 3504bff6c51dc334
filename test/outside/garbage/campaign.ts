import type { HubProcess } from '../hub-process.ts'
import { exchange, type Sent, sendBytes } from '../wire.ts'
import type { Recorded, World } from '../world.ts'
import { type Answer, readable } from '../world.ts'
import { BYTE_BREAKERS, JSON_BREAKERS, withinDocument } from './bodies.ts'
import { brokenHead, RAW } from './heads.ts'
import { keptAsSent } from './kept.ts'
import { type Random, randomOf } from './random.ts'

/** One broken request, with all that is needed to send it again. */
export interface Garbage {
  readonly number: number
  readonly one: Recorded
  readonly kind: string
  readonly sent: Sent
  readonly mustRefuse: boolean
  /** True when the address is another one, so that any operation, or none, may answer. */
  readonly isElsewhere: boolean
}

/** What a campaign found. */
export interface Outcome {
  /** What broke which rule, in words, each cause once. */
  readonly faults: readonly string[]
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>
  /** Requests by what was broken. */
  readonly kinds: Readonly<Record<string, number>>
  /** Most memory that the process held, in MiB. */
  readonly memory: number
}

const AT_ONCE = 6
/** Longer than anything takes on a busy machine, shorter than for ever. */
const HANG_MS = 30_000
const MEMORY_EVERY = 50

/** Sends so many broken requests, made from recorded ones, and says which rule any of them broke. */
export async function campaign(
  world: World,
  hub: HubProcess,
  recorded: readonly Recorded[],
  { seed, count }: { readonly seed: number; readonly count: number },
): Promise<Outcome> {
  const random = randomOf(seed)
  const faults = new Map<string, string>()
  const statuses: Record<string, number> = {}
  const kinds: Record<string, number> = {}
  let memory = 0
  let number = 0
  const report = (rule: string, garbage: Garbage, more: string) => {
    const cause = `${rule}: ${garbage.kind}, ${garbage.one.operation.id}`
    if (!faults.has(cause)) faults.set(cause, `${cause} (number ${garbage.number}): ${more}`)
  }
  const worker = async () => {
    while (number < count && hub.isAlive()) {
      number += 1
      const garbage = garbageOf(number, random.pick(recorded), random)
      kinds[garbage.kind] = (kinds[garbage.kind] ?? 0) + 1
      if (garbage.number % MEMORY_EVERY === 0) memory = Math.max(memory, hub.memory())
      let answer: Answer
      try {
        answer = await send(world, garbage)
      } catch (error) {
        if (!wasCutOff(error, garbage)) report('no answer', garbage, String(error))
        continue
      }
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
      for (const [rule, more] of await brokenRules(world, garbage, answer)) report(rule, garbage, more)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  for (const fault of await sendRaw(world)) faults.set(fault, fault)
  return { faults: [...faults.values()], statuses, kinds, memory: Math.max(memory, hub.memory()) }
}

/** More than any route takes: the hub may hang up before all of it was sent. */
const TOO_MUCH = 200_000

function wasCutOff(error: unknown, { sent }: Garbage): boolean {
  const { code } = error as { code?: string }
  const { body } = sent
  return Buffer.isBuffer(body) && body.length > TOO_MUCH && (code === 'EPIPE' || code === 'ECONNRESET')
}

/** Makes one broken request. The same random numbers make the same one. */
function garbageOf(number: number, one: Recorded, random: Random): Garbage {
  const key = random.hex(32)
  const headers = { ...one.headers, ...(one.operation.isWrite ? { 'idempotency-key': key } : {}) }
  const whole = { method: one.operation.method, target: one.target, headers }
  const common = { number, one, mustRefuse: false, isElsewhere: false }
  const body = bodyOf(one, random)
  if (body === undefined || random.below(6) === 0) {
    const { kind, target, ...head } = brokenHead({ ...one, headers }, random)
    const sent = { ...whole, ...head, ...(target === undefined ? {} : { target }) }
    const withBody = one.bytes === undefined ? sent : { ...sent, body: one.bytes }
    return { ...common, kind, sent: withBody, isElsewhere: target !== undefined }
  }
  return { ...common, kind: body.kind, mustRefuse: body.mustRefuse, sent: { ...whole, body: body.bytes } }
}

function bodyOf({ bytes, headers }: Recorded, random: Random) {
  if (bytes === undefined || bytes.length === 0) return undefined
  if (headers['content-type'] !== 'application/json') {
    const kind = random.pick(Object.keys(BYTE_BREAKERS))
    return { kind, bytes: BYTE_BREAKERS[kind]!(bytes, random), mustRefuse: false }
  }
  const body = JSON.parse(bytes.toString('utf8'))
  const kind = random.pick(Object.keys(JSON_BREAKERS))
  const breaker = JSON_BREAKERS[kind]!
  const broken =
    (random.below(2) === 0 ? withinDocument(body, breaker, random) : undefined) ?? breaker(body, random)
  return broken === undefined ? undefined : { kind, ...broken }
}

async function send(world: World, { sent, one }: Garbage): Promise<Answer> {
  const { authorization } = sent.headers
  const isOwn = authorization !== undefined && authorization === one.headers['authorization']
  const headers = isOwn
    ? { ...sent.headers, authorization: `Bearer ${await world.tokenOf(one.caller!)}` }
    : sent.headers
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('hangs')), HANG_MS)
  })
  try {
    return readable(await Promise.race([exchange(world.url, { ...sent, headers: sendable(headers) }), late]))
  } finally {
    clearTimeout(timer)
  }
}

/** Header values as bytes, because the client refuses to send others. */
function sendable(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Buffer.from(value, 'utf8').toString('latin1')]),
  )
}

/** The rules that an answer to garbage can break. */
async function brokenRules(world: World, garbage: Garbage, answer: Answer): Promise<[string, string][]> {
  const { one, mustRefuse, isElsewhere } = garbage
  const said = `${answer.status} ${answer.text.slice(0, 300)}`
  if (answer.status >= 500) return [['a fault of ours', said]]
  const broken: [string, string][] = []
  if (mustRefuse && answer.status < 300) broken.push(['taken', said])
  const faults = world.description.faultsOf(one.operation, answer)
  const isForeign = isElsewhere && isProblem(answer)
  if (faults.length > 0 && !isForeign) broken.push(['not as described', `${faults[0]} ${said}`])
  if (answer.status < 300 && !isElsewhere) {
    const lost = await keptAsSent(world, garbage, answer)
    if (lost !== undefined) broken.push(['silently changed', lost])
  }
  return broken
}

/** True for a refusal in one of the two forms that the hub has, for addresses that are no operation's. */
function isProblem({ status, headers, body, text }: Answer): boolean {
  if (status < 400) return /^\/(p|d)\//.test(String(headers.location)) || status < 300
  const type = String(headers['content-type'])
  return type.startsWith('application/problem+json')
    ? typeof body?.code === 'string'
    : /^text\/html/.test(type) && text !== ''
}

/** Bytes that are no request: the connection ends with a refusal or without a word, and the next one works. */
async function sendRaw(world: World): Promise<string[]> {
  const faults: string[] = []
  for (const bytes of RAW) {
    const answer = (await sendBytes(world.url, bytes)).toString('latin1')
    const status = /^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]
    const isRefusal = answer === '' || (status !== undefined && Number(status) < 500)
    if (!isRefusal)
      faults.push(
        `raw bytes ${JSON.stringify(bytes.toString('latin1').slice(0, 80))}: ${answer.slice(0, 200)}`,
      )
  }
  await world.ok(undefined, 'readLiveness', {})
  return faults
}
