import swagger from '@fastify/swagger'
import type { FastifySchema, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import { SCOPES } from '../../../schemas/access.ts'
import { servedPrescriptionSchema } from '../../../schemas/prescription-schema.ts'
import { finding, problem } from '../../../schemas/problem.ts'
import { PROBLEMS, type ProblemCode } from '../../domain/problems.ts'
import { completeDescription } from '../description/complete.ts'
import { keptExamples } from '../description/examples.ts'
import { demandOf } from './authenticate.ts'
import type { AnswerFacts } from './described-answers.ts'
import type { HeaderName } from './described-headers.ts'
import { isIdempotencyHook } from './idempotency.ts'
import { statusOf } from './problem-details.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The refusals that this route has of its own; those of its hooks are added to the description by themselves. */
    refusals?: readonly ProblemCode[]
    /** Headers that its answers have besides those of every route: when it succeeds, and always. */
    answerHeaders?: { readonly success?: readonly HeaderName[]; readonly always?: readonly HeaderName[] }
    /** Media type of its refusals, where it is not that of RFC 9457: pages are for persons. */
    refusalType?: string
  }
}

const TAGS = [
  { name: 'hospital', description: 'For hospital systems · 医疗机构' },
  { name: 'national', description: 'The national interface (医保电子处方中心): SM2, SM4 · 国家接口' },
  { name: 'pharmacy', description: 'For pharmacy systems · 定点零售药店' },
  { name: 'patient', description: 'For patients, by link · 参保人员' },
  { name: 'agency', description: 'For insurance agencies · 医保经办机构' },
  { name: 'callback', description: 'Events sent to your system · 事件推送' },
  { name: 'admission', description: 'Admissions, sanctions, complaints · 准入、处理与信用' },
  { name: 'operator', description: 'For operators of the hub · 运维' },
  { name: 'access', description: 'Tokens and keys · 令牌与公钥' },
  { name: 'public', description: 'Health, metrics, problem catalogue · 公共' },
  { name: 'sandbox', description: 'Only in the sandbox · 沙箱' },
]

/** Collects every route that is registered after it into one OpenAPI 3.1 document. */
export const apiDescription = fp(
  async (app, options: { readonly publicUrl: string; readonly version: string }) => {
    const facts = new Map<string, AnswerFacts>()
    app.addSchema(finding)
    app.addSchema(problem)
    app.addSchema(servedPrescriptionSchema)
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Dual-channel e-prescription hub · 双通道电子处方流转平台',
          version: options.version,
          description:
            'Writes carry an `Idempotency-Key`; sending again with the same key is safe and gets the first answer. ' +
            'Refusals are RFC 9457 documents; decide by `code`. Unknown fields are refused, nothing is converted. ' +
            'Money is in fen. Days are civil days in Asia/Shanghai.\n\n' +
            'Begin with a token from [`POST /oauth/token`](#/access/issueToken). ' +
            'All refusals: [`/problems`](/problems). All code lists: [`/codes`](/codes). ' +
            'What a physician signs: [`/schemas/prescription-document`](/schemas/prescription-document). ' +
            'As a file: [`/openapi.json`](/openapi.json); the events as callbacks bring them: [`/asyncapi.json`](/asyncapi.json). ' +
            'A sandbox lists callers, keys and a sample at [`/sandbox`](/sandbox).',
          contact: { name: 'The operator of this hub · 平台运维', url: options.publicUrl },
          license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } as { name: string },
        },
        servers: [{ url: options.publicUrl }],
        tags: TAGS,
        components: {
          securitySchemes: {
            oauth: {
              type: 'oauth2',
              description: 'Client credentials with `private_key_jwt`',
              flows: {
                clientCredentials: {
                  tokenUrl: `${options.publicUrl}/oauth/token`,
                  scopes: Object.fromEntries(
                    Object.entries(SCOPES).map(([name, { purpose }]) => [name, purpose]),
                  ),
                },
              },
            },
            token: {
              type: 'http',
              scheme: 'bearer',
              bearerFormat: 'JWT',
              description: 'The access token itself, to be pasted where a page asks for it',
            },
          },
        },
      },
      refResolver: {
        buildLocalReference: (json, _base, _fragment, index) =>
          typeof json['$id'] === 'string' ? json['$id'] : `part-${index}`,
      },
      transform: ({ schema, url, route }) => {
        const { operationId } = schema ?? {}
        if (operationId !== undefined) facts.set(operationId, factsOf(route))
        return { schema: described(schema, route), url }
      },
      transformObject: (made) =>
        'openapiObject' in made
          ? completeDescription(made.openapiObject, facts, keptExamples(), options.publicUrl)
          : made.swaggerObject,
    })
  },
  { name: 'api-description', dependencies: ['authentication', 'idempotency'] },
)

/** What a route's hooks and settings add to its answers. */
function factsOf({ config, preHandler }: RouteOptions): AnswerFacts {
  return {
    isLimited: config?.rateLimit !== false,
    isWrite: [preHandler].flat().some(isIdempotencyHook),
    success: config?.answerHeaders?.success ?? [],
    always: config?.answerHeaders?.always ?? [],
  }
}

/** What any body can be refused for before it is read. */
const OF_BODIES = [
  'unsupported-media-type',
  'charset-unsupported',
  'content-encoding-unsupported',
] as const satisfies readonly ProblemCode[]

/** Adds to a route's schema what its hooks demand and refuse, so that the two cannot disagree. */
function described(schema: FastifySchema | undefined, route: RouteOptions): FastifySchema {
  if (schema === undefined || schema.hide === true) return { hide: true }
  const demand = [route.onRequest].flat().map(demandOf).find(Boolean)
  const isWrite = [route.preHandler].flat().some(isIdempotencyHook)
  const codes = new Set<ProblemCode>(route.config?.refusals ?? [])
  if (demand !== undefined) for (const code of ['unauthenticated', 'scope-missing'] as const) codes.add(code)
  if (isWrite)
    for (const code of ['idempotency-key-missing', 'idempotency-key-reused'] as const) codes.add(code)
  if (schema.body || schema.params || schema.querystring) codes.add('malformed')
  // Said of a body that does not come, too: a GET that announces one is refused.
  for (const code of OF_BODIES) codes.add(code)
  if (route.config?.rateLimit !== false) codes.add('too-many-requests')
  for (const code of ['unavailable', 'internal-error'] as const) codes.add(code)
  for (const code of ['too-large', 'request-too-slow'] as const) codes.add(code)
  return {
    ...schema,
    // Said expressly where nobody has to say who he is.
    ...(demand === undefined
      ? { security: [] }
      : { security: [{ oauth: [demand.scope] }, { token: [] }], 'x-callers': [...demand.kinds] }),
    ...(isWrite ? { headers: withKey(schema.headers) } : {}),
    response: {
      ...problemResponses(codes, route.config?.refusalType),
      ...answersOf(schema.response),
    },
  }
}

/** Media type of refusals. @see RFC 9457 */
const PROBLEM_TYPE = 'application/problem+json'

const ANSWERED: Readonly<Record<string, string>> = {
  200: 'Done · 成功',
  201: 'Taken in · 已受理并保存',
  202: 'Accepted; it goes on in the background · 已受理，后续处理中',
  303: 'Go there · 转到该地址',
  503: 'Not for now · 暂不可用',
}

/** The route's own answers, each with words of its own or those of its status. */
function answersOf(response: unknown): Record<string, object> {
  return Object.fromEntries(
    Object.entries((response ?? {}) as Record<string, object>).map(([status, answer]) => {
      const description = ANSWERED[status]
      return [status, description === undefined ? answer : { description, ...answer }]
    }),
  )
}

function withKey(headers: unknown): unknown {
  const own = headers as { required?: string[]; properties?: object } | undefined
  return {
    type: 'object',
    required: [...(own?.required ?? []), 'idempotency-key'],
    properties: {
      ...own?.properties,
      'idempotency-key': {
        type: 'string',
        minLength: 16,
        maxLength: 255,
        description: 'Of your own choice, one per write; keep it when sending again',
        examples: ['6f1c1b2e-8d5e-4f0e-9a64-2f6d1f0a7c11'],
      },
    },
  }
}

/** Refused before any route was found, so never as the route refuses: the head is too long or comes too slowly. */
const BEFORE_ROUTES = [408, 413]

function problemResponses(codes: ReadonlySet<ProblemCode>, ofRoute = PROBLEM_TYPE): Record<string, unknown> {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of codes) byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code])
  return Object.fromEntries(
    [...byStatus].map(([status, listed]) => [
      status,
      {
        description: listed
          .map((code) => `\`${code}\`: ${PROBLEMS[code].title.en} · ${PROBLEMS[code].title.zh}`)
          .join('\n\n'),
        content: {
          ...(ofRoute === PROBLEM_TYPE ? {} : { [ofRoute]: { schema: { type: 'string' } } }),
          ...(ofRoute === PROBLEM_TYPE || BEFORE_ROUTES.includes(status)
            ? { [PROBLEM_TYPE]: { schema: { $ref: 'Problem#' } } }
            : {}),
        },
      },
    ]),
  )
}
