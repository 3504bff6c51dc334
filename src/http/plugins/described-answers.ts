import { HEADERS, HEADERS_OF_EVERY_ANSWER, type HeaderName, headersOf } from './described-headers.ts'

/** What a route's hooks and settings add to its answers. */
export interface AnswerFacts {
  readonly isLimited: boolean
  /** True when it demands an `Idempotency-Key`. */
  readonly isWrite: boolean
  /** Headers of its own when it succeeds. */
  readonly success: readonly HeaderName[]
  /** Headers of its own, however it answers. */
  readonly always: readonly HeaderName[]
}

interface Answer {
  readonly description?: string
  readonly headers?: object
  readonly content?: object
}

interface Operation {
  readonly operationId?: string
  responses?: Record<string, Answer | { readonly $ref: string }>
}

/** Refusals that many operations have alike; fewer are written where they stand. */
const SHARED_FROM = 8

/**
 * Completes an API description when all routes are in it: each answer names its headers, and a refusal that many
 * operations have alike is described once, under `components.responses`.
 *
 * @param facts by operation id
 * @returns the same description
 */
export function completeAnswers<Description extends object>(
  description: Description,
  facts: ReadonlyMap<string, AnswerFacts>,
): Description {
  const whole = description as {
    paths?: Record<string, Record<string, Operation>>
    components?: { headers?: object; responses?: Record<string, object> }
    'x-headers-of-every-answer'?: object
  }
  const operations = Object.values(whole.paths ?? {}).flatMap((methods) => Object.values(methods))
  for (const operation of operations) addHeaders(operation, facts.get(operation.operationId ?? ''))
  whole.components = {
    ...whole.components,
    headers: HEADERS,
    responses: shareRefusals(operations),
  }
  whole['x-headers-of-every-answer'] = HEADERS_OF_EVERY_ANSWER
  return description
}

function addHeaders(operation: Operation, facts: AnswerFacts | undefined): void {
  if (facts === undefined) return
  for (const [status, answer] of Object.entries(operation.responses ?? {})) {
    const code = Number(status)
    const own = [
      ...facts.always,
      ...(code < 400 ? facts.success : []),
      ...(code === 303 ? (['location'] as const) : []),
      ...(isFile(answer) ? (['content-disposition'] as const) : []),
    ]
    operation.responses![status] = {
      ...answer,
      headers: headersOf({ ...facts, status: code, own: [...new Set(own)] }),
    }
  }
}

/** True for an answer that is to be kept as a file. */
function isFile(answer: Answer | { readonly $ref: string }): boolean {
  const types = 'content' in answer ? Object.keys(answer.content ?? {}) : []
  return types.length > 0 && types.every((type) => !/json|html|css|event-stream|text\/plain/.test(type))
}

/** Moves refusals that are alike to one place. @returns them by name */
function shareRefusals(operations: readonly Operation[]): Record<string, object> {
  const uses = new Map<string, { readonly operation: Operation; readonly status: string }[]>()
  for (const operation of operations) {
    for (const [status, answer] of Object.entries(operation.responses ?? {})) {
      if (Number(status) < 400) continue
      const text = JSON.stringify(answer)
      uses.set(text, [...(uses.get(text) ?? []), { operation, status }])
    }
  }
  const shared: Record<string, object> = {}
  for (const [text, places] of uses) {
    if (places.length < SHARED_FROM) continue
    const answer = JSON.parse(text) as Answer
    const name = nameOf(places[0]!.status, answer, shared)
    shared[name] = answer
    for (const { operation, status } of places) {
      operation.responses![status] = { $ref: `#/components/responses/${name}` }
    }
  }
  return shared
}

/** Status and codes, so that the name says what it is. */
function nameOf(status: string, { description = '' }: Answer, taken: object): string {
  const codes = [...description.matchAll(/`([a-z-]+)`:/g)].map(([, code]) => code)
  const name = [status, ...codes].join('.')
  for (let count = 1; ; count += 1) {
    const tried = count === 1 ? name : `${name}.${count}`
    if (!Object.hasOwn(taken, tried)) return tried
  }
}
