import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Received } from './wire.ts'

/** As an outside program sees JSON: it knows nothing beforehand. */
// biome-ignore lint/suspicious/noExplicitAny: its shape is what is being tested
export type Json = any

/** One operation of the API description. */
export interface Operation {
  readonly id: string
  readonly method: string
  /** With its parameters in braces. */
  readonly path: string
  readonly parameters: readonly Json[]
  readonly requestBody?: Json
  readonly responses: Readonly<Record<string, Json>>
  readonly security: readonly Json[]
  readonly isWrite: boolean
}

/** Headers that belong to the message itself or to HTTP/1.1, not to the interface. */
const OF_HTTP = ['connection', 'content-length', 'content-type', 'date', 'keep-alive', 'transfer-encoding']
/** Refusals that any operation can answer with, whatever was asked. */
export const OF_ANY: readonly number[] = [408, 413, 415, 429, 431, 500, 503]

/** The API description: what an answer must look like. */
export function readDescription(document: Json) {
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateSchema: false })
  addFormats.default(ajv)
  ajv.addSchema(document, 'api')
  const resolve = (it: Json): Json =>
    it?.$ref === undefined
      ? it
      : it.$ref
          .slice(2)
          .split('/')
          .reduce((at: Json, name: string) => at[name.replaceAll('~1', '/').replaceAll('~0', '~')], document)
  const operations = new Map<string, Operation>()
  for (const [path, methods] of Object.entries<Json>(document.paths)) {
    for (const [method, it] of Object.entries<Json>(methods)) {
      operations.set(it.operationId, {
        id: it.operationId,
        method: method.toUpperCase(),
        path,
        parameters: it.parameters ?? [],
        requestBody: it.requestBody,
        responses: it.responses,
        security: it.security ?? document.security ?? [],
        isWrite: (it.parameters ?? []).some(({ name }: Json) => name === 'idempotency-key'),
      })
    }
  }
  const validators = new Map<string, ValidateFunction>()
  const validatorOf = (pointer: string): ValidateFunction => {
    const known = validators.get(pointer) ?? ajv.compile({ $ref: `api#${pointer}` })
    validators.set(pointer, known)
    return known
  }
  const everywhere = Object.keys(document['x-headers-of-every-answer'] ?? {})

  /** @returns what about the answer is not as it is described; nothing when all is */
  function faultsOf(operation: Operation, answer: Received, isHead = false): string[] {
    const said = operation.responses[String(answer.status)]
    if (said === undefined) return [`status ${answer.status} is not described`]
    const response = resolve(said)
    return [...headerFaults(response, answer), ...(isHead ? [] : bodyFaults(operation, said, answer))]
  }

  function headerFaults(response: Json, answer: Received): string[] {
    const described = Object.entries<Json>(response.headers ?? {})
    const known = new Set([...described.map(([name]) => name.toLowerCase()), ...everywhere, ...OF_HTTP])
    const unknown = Object.keys(answer.headers).filter((name) => !known.has(name))
    const missing = described.filter(
      ([name, header]) =>
        resolve(header).required === true && answer.headers[name.toLowerCase()] === undefined,
    )
    return [
      ...unknown.map((name) => `${answer.status}: header ${name} is not described`),
      ...missing.map(([name]) => `${answer.status}: header ${name} is missing`),
    ]
  }

  function bodyFaults(operation: Operation, said: Json, answer: Received): string[] {
    const response = resolve(said)
    const { content } = response
    if (content === undefined)
      return answer.bytes.length === 0 ? [] : [`${answer.status}: a body of which nothing is said`]
    const type = String(answer.headers['content-type'] ?? '')
      .split(';')[0]!
      .trim()
    const media = Object.keys(content).find((name) => name.split(';')[0]!.trim() === type)
    if (media === undefined) return [`${answer.status}: media type ${type || 'none'} is not described`]
    if (!/json$/.test(type)) return []
    let body: Json
    try {
      body = JSON.parse(answer.bytes.toString('utf8'))
    } catch {
      return [`${answer.status}: the body is not JSON`]
    }
    const pointer =
      said.$ref === undefined
        ? `/paths/${escaped(operation.path)}/${operation.method.toLowerCase()}/responses/${answer.status}`
        : said.$ref.slice(1)
    const validate = validatorOf(`${pointer}/content/${escaped(media)}/schema`)
    if (validate(body)) return []
    const { instancePath, message, params } = validate.errors![0]!
    return [`${answer.status}: ${instancePath || 'body'} ${message} ${JSON.stringify(params)}`]
  }

  return {
    document,
    operations,
    resolve,
    faultsOf,
    /** @throws Error for an operation that is not described */
    operation(id: string): Operation {
      const found = operations.get(id)
      if (found === undefined) throw new Error(`the description has no operation ${id}`)
      return found
    },
    /** True when the operation has a refusal of its own, besides those that any operation has. */
    canRefuse: ({ responses }: Operation) =>
      Object.keys(responses).some((status) => Number(status) >= 400 && !OF_ANY.includes(Number(status))),
  }
}

export type Description = ReturnType<typeof readDescription>

/** @returns why a value does not fit a schema; undefined when it does */
export function misfitOf(schema: Json, value: Json): string | undefined {
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  const validate = ajv.compile(schema)
  return validate(value) ? undefined : ajv.errorsText(validate.errors)
}

const escaped = (name: string) =>
  encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1')).replaceAll('%7E', '~')
