import type { Json } from './description.ts'
import type { Recorded } from './world.ts'

/** What is kept of one operation. */
interface Kept {
  requestType?: string
  request?: Json
  answerType?: string
  answer?: Json
}

/** An example is to be read: of several answers the longest one that is not longer. */
const READABLE = 3_000
const LONGEST_TEXT = 240
const NOTHING = JSON.stringify({}).length
/** Of a sandbox, and yet nobody should get used to seeing them in a description. */
const SECRETS: Readonly<Record<string, Json>> = {
  access_token: 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJoaXMtMSJ9.c2lnbmF0dXJl',
  client_assertion: 'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJoaXMtMSJ9.c2lnbmF0dXJl',
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
  keyPem: '-----BEGIN PRIVATE KEY-----\n…',
  appSecret: '…',
  privateKey: '…',
  privateJwk: { kty: 'EC', crv: 'P-256', d: '…' },
}

/** Examples of every operation, from what was really asked and answered. */
export function examplesOf(recorded: readonly Recorded[]): Record<string, Kept> {
  const found = new Map<string, Kept & { size: number }>()
  for (const one of recorded) {
    if (one.answer.status >= 400) continue
    const kept = keptOf(one)
    const size = JSON.stringify(kept).length
    const { size: before = -1 } = found.get(one.operation.id) ?? {}
    // A page for a browser says nothing here.
    if (before >= 0 && size <= NOTHING) continue
    const isBetter =
      before <= NOTHING || (before > READABLE ? size < before : size > before && size <= READABLE)
    if (before < 0 || isBetter) found.set(one.operation.id, { ...kept, size })
  }
  return Object.fromEntries(
    [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, { size: _, ...kept }]) => [id, kept]),
  )
}

function keptOf({ bytes, headers, answer }: Recorded): Kept {
  const requestType = typeOf(headers['content-type'])
  const request = bytes === undefined ? undefined : readable(requestType, bytes.toString('utf8'))
  const answerType = typeOf(answer.headers['content-type'])
  const shown = readable(answerType, answer.text)
  return {
    ...(request === undefined ? {} : { requestType, request }),
    ...(shown === undefined ? {} : { answerType, answer: shown }),
  }
}

const typeOf = (header: unknown): string =>
  String(header ?? '')
    .split(';')[0]!
    .trim()

/** @returns undefined for what is no text that somebody would read in a description */
function readable(type: string, text: string): Json {
  if (/json$/.test(type) && !/ndjson$/.test(type)) return shortened(JSON.parse(text))
  if (type === 'application/x-www-form-urlencoded')
    return shortened(Object.fromEntries(new URLSearchParams(text)))
  if (/csv|ndjson|text\/plain/.test(type)) return text.split('\n').slice(0, 3).join('\n')
  return undefined
}

/** The same with two entries of each list, long texts cut and secrets replaced. */
function shortened(value: Json): Json {
  if (Array.isArray(value)) return value.slice(0, 2).map(shortened)
  if (typeof value === 'string' && value.length > LONGEST_TEXT)
    // A multiple of four: base64 stays base64.
    return value.slice(0, LONGEST_TEXT)
  if (typeof value === 'string') return value.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'https://hub.example')
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, SECRETS[name] ?? shortened(inner)]),
  )
}
