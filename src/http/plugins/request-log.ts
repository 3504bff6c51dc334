import type { FastifyServerOptions } from 'fastify'
import fp from 'fastify-plugin'
import { Problem } from '../../domain/problems.ts'

/**
 * The logger of the application: structured, and unable to name a person.
 *
 * Bodies, headers, query and raw addresses are never given to it; errors go through `describeError`.
 *
 * @param stream where lines go instead of standard output
 */
export function loggerOptions(
  level: string,
  stream?: { write(line: string): void },
): NonNullable<FastifyServerOptions['logger']> {
  return {
    level,
    ...(stream === undefined ? {} : { stream }),
    base: null,
    messageKey: 'message',
    formatters: { level: (label) => ({ level: label }) },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    serializers: {
      err: describeError,
      error: describeError,
      // Fastify's own lines may carry these; the raw address can hold a patient's link.
      req: (request: { method?: string; id?: string; routeOptions?: { url?: string | undefined } }) => ({
        method: request.method ?? '',
        id: request.id ?? '',
        route: request.routeOptions?.url ?? 'none',
      }),
      res: (reply: { statusCode?: number }) => ({ status: reply.statusCode ?? 0 }),
    },
    redact: {
      paths: [
        'headers',
        'body',
        'query',
        'params',
        'url',
        'token',
        'secret',
        'authorization',
        'cookie',
      ].flatMap((name) => [name, `*.${name}`]),
      remove: true,
    },
  }
}

/** An error as it is logged. */
export interface ErrorFacts {
  type: string
  message: string
  stack: string
  [more: string]: unknown
}

/** What may be known of an error: its kind, code and place, and a message without anything a caller sent. */
export function describeError(error: unknown): ErrorFacts {
  return describe(error, 3)
}

function describe(error: unknown, depth: number): ErrorFacts {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' }
  const { code, table, constraint, routine } = error as Error & Record<string, unknown>
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    ...(table === undefined ? {} : { table }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(routine === undefined ? {} : { routine }),
    message: safeMessage(error),
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .join('\n'),
    ...(error.cause === undefined || depth === 0 ? {} : { cause: describe(error.cause, depth - 1) }),
  }
}

/**
 * The database and the JSON parser repeat what they were given; their sentences are dropped.
 * Of other messages everything quoted, long numbers, and everything outside ASCII goes.
 */
function safeMessage(error: Error): string {
  if (error instanceof Problem) return error.code
  if ('severity' in error || error instanceof SyntaxError) return ''
  return error.message
    .replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '"…"')
    .replace(/\d{5,}[\dXx]?/g, '#')
    .replace(/[^\x20-\x7e…]+/g, '·')
    .slice(0, 300)
}

/** One line per answered request: route pattern, status, duration, client, refusal code. */
export const requestLog = fp(
  async (app) => {
    app.addHook('onRequest', async (request, reply) => {
      reply.header('x-request-id', request.id)
    })
    app.addHook('onResponse', async (request, reply) => {
      const facts = {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        ...(request.authenticated === null
          ? {}
          : { client: request.authenticated.id, caller: request.authenticated.kind }),
        ...(request.problemCode === null ? {} : { code: request.problemCode }),
      }
      if (reply.statusCode >= 500) request.log.error(facts, 'answered')
      else request.log.info(facts, 'answered')
    })
  },
  { name: 'request-log', dependencies: ['problem-details', 'authentication'] },
)
