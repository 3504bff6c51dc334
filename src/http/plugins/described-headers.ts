/** A header of answers, as the API description tells it. */
interface DescribedHeader {
  readonly description: string
  readonly schema: object
  readonly required?: boolean
}

const text = { type: 'string' } as const
const count = { type: 'string', pattern: '^\\d+$' } as const

/** The headers that some answers have; an answer names them by reference. */
export const HEADERS = {
  'x-request-id': {
    description: 'Names the request for the operator; a refusal has it as `instance`, too · 请求编号',
    schema: { type: 'string', format: 'uuid' },
  },
  'ratelimit-limit': {
    description: 'Requests that the client may make in the window · 时间窗内允许的请求数',
    schema: count,
  },
  'ratelimit-remaining': { description: 'How many of them are left · 剩余请求数', schema: count },
  'ratelimit-reset': {
    description: 'Seconds until the window begins anew · 距时间窗重置的秒数',
    schema: count,
  },
  'retry-after': { description: 'Seconds after which to try again · 多少秒后重试', schema: count },
  'accept-encoding': {
    description: '`identity`, when the body came compressed · 请求内容不得压缩',
    schema: { type: 'string', const: 'identity' },
  },
  'idempotency-replayed': {
    description: 'There when the answer is the one that was given to this key before · 幂等重放',
    schema: { type: 'string', const: 'true' },
  },
  'www-authenticate': {
    description: 'How to authenticate (RFC 9110) · 认证方式',
    schema: text,
    required: true,
  },
  location: { description: 'Where to go, or where the new thing is · 地址', schema: text, required: true },
  'set-cookie': { description: 'Begins or ends the session of the link · 会话', schema: text },
  'content-disposition': {
    description: 'Name under which to keep the file · 文件名',
    schema: text,
    required: true,
  },
  'x-robots-tag': { description: 'Not for search engines · 禁止索引', schema: text },
  'x-accel-buffering': {
    description: 'Asks proxies not to hold the stream back · 禁止代理缓冲',
    schema: text,
  },
  etag: { description: 'Names the revision, for `If-Match` · 版本标识', schema: text, required: true },
  vary: { description: 'The answer depends on these headers of the request · 随请求头变化', schema: text },
  deprecation: {
    description: 'Since when what the request did is deprecated (RFC 9745) · 自何时起不再推荐',
    schema: text,
  },
  pragma: { description: '`no-cache`, as RFC 6749 wants it beside a token', schema: text },
} as const satisfies Readonly<Record<string, DescribedHeader>>

export type HeaderName = keyof typeof HEADERS

/** Headers of every answer, whatever was asked: they make browsers and caches careful. */
export const HEADERS_OF_EVERY_ANSWER = {
  'cache-control': '`no-store`, except for what anybody may read',
  'content-security-policy': 'What a page of the hub may load and do',
  'cross-origin-opener-policy': '`same-origin`',
  'cross-origin-resource-policy': '`same-origin`',
  'origin-agent-cluster': '`?1`',
  'permissions-policy': 'No camera, position, microphone, payment',
  'referrer-policy': '`no-referrer`',
  'strict-transport-security': 'Only where the hub is reached by https',
  'x-content-type-options': '`nosniff`',
  'x-dns-prefetch-control': '`off`',
  'x-download-options': '`noopen`',
  'x-frame-options': '`DENY`',
  'x-permitted-cross-domain-policies': '`none`',
  'x-xss-protection': '`0`',
} as const

/** What decides which headers an answer has. */
export interface AnswerKind {
  readonly status: number
  readonly isLimited: boolean
  readonly isWrite: boolean
  /** Headers that the route itself names for the answer. */
  readonly own: readonly HeaderName[]
}

/** The headers of one answer by reference, for its description. */
export function headersOf({ status, isLimited, isWrite, own }: AnswerKind): Record<string, object> {
  const names: HeaderName[] = [
    'x-request-id',
    ...(isLimited ? (['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'] as const) : []),
    ...(status === 429 || status === 503 ? (['retry-after'] as const) : []),
    ...(status === 415 ? (['accept-encoding'] as const) : []),
    ...(status === 401 ? (['www-authenticate'] as const) : []),
    ...(isWrite && status < 300 ? (['idempotency-replayed'] as const) : []),
    ...own,
  ]
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}
