import type { FastifyReply, FastifyRequest } from 'fastify'
import { Counter } from 'prom-client'
import { oauthError, tokenAnswer, tokenRequest } from '../../../schemas/access.ts'
import type { Queryable } from '../../storage/database.ts'
import { GrantRefused, type GrantTerms, grantToken } from '../../usecases/access/grant-token.ts'
import { takeForms } from '../plugins/bodies.ts'
import type { Hub } from '../plugins/hub.ts'
import { asProblem, RETRY_AFTER_SECONDS, statusOf } from '../plugins/problem-details.ts'
import { addressOf } from '../plugins/rate-limit.ts'

/** What the token endpoint needs. */
export interface TokenOptions {
  readonly pool: Queryable
  readonly terms: GrantTerms
  readonly accessTokenSeconds: number
  /** Requests a minute of one address; 0 is no limit. */
  readonly ratePerAddress: number
  /** The clock of the machine. */
  readonly now: () => Date
}

/** Bytes of a request: an assertion has at most 4,096. */
const FORM_LIMIT = 16_384

/** Since 2026-11-29 the audience is the issuer (RFC 9745). */
const ENDPOINT_AUDIENCE_DEPRECATED = `@${Date.UTC(2026, 10, 29) / 1000}`

const refusal = (description: string) => ({
  description,
  content: { 'application/json': { schema: oauthError } },
})

/** `POST /oauth/token`: an access token for a signed assertion. */
export async function tokenRoute(app: Hub, options: TokenOptions): Promise<void> {
  takeForms(app, FORM_LIMIT)
  const deprecated = new Counter({
    name: 'hub_token_endpoint_audience_total',
    help: 'Tokens for assertions whose aud is the token endpoint instead of the issuer',
    registers: [app.metrics],
  })
  app.post(
    '/oauth/token',
    {
      schema: {
        operationId: 'issueToken',
        tags: ['access'],
        summary: 'Get an access token · 获取访问令牌',
        description:
          'OAuth 2.0 client credentials with `private_key_jwt` (RFC 6749, RFC 7523). Form-encoded. ' +
          'Errors have the form of RFC 6749, not of RFC 9457.',
        consumes: ['application/x-www-form-urlencoded'],
        body: tokenRequest,
        response: {
          200: tokenAnswer,
          400: refusal('The request or the scope is not right'),
          401: refusal('The client is not accepted'),
          408: {
            ...refusal('The form, or the head of the request, came too slowly'),
            content: {
              'application/json': { schema: oauthError },
              'application/problem+json': { schema: { $ref: 'Problem#' } },
            },
          },
          413: {
            ...refusal('The form, or the head of the request, is too long'),
            content: {
              'application/json': { schema: oauthError },
              'application/problem+json': { schema: { $ref: 'Problem#' } },
            },
          },
          415: refusal('It is no form, or is compressed, or not in UTF-8'),
          429: refusal('Too many requests'),
          500: refusal('A fault of the hub'),
          503: refusal('Not available for now'),
        },
      } as const,
      config: {
        answerHeaders: { always: ['pragma'], success: ['deprecation'] },
        rateLimit:
          options.ratePerAddress === 0 ? false : { max: options.ratePerAddress, keyGenerator: addressOf },
      },
      errorHandler: answerOAuthError,
    },
    async (request, reply) => {
      const { client, scopes, isDeprecated } = await grantToken(
        options.pool,
        {
          grantType: request.body.grant_type,
          assertionType: request.body.client_assertion_type,
          assertion: request.body.client_assertion,
          clientId: request.body.client_id,
          scope: request.body.scope,
        },
        options.terms,
        options.now(),
      )
      if (isDeprecated) {
        deprecated.inc()
        reply.header('deprecation', ENDPOINT_AUDIENCE_DEPRECATED)
      }
      const seconds = options.accessTokenSeconds
      const token = await app.signAccessToken(client, scopes, seconds)
      return reply
        .header('pragma', 'no-cache')
        .send({ access_token: token, token_type: 'Bearer', expires_in: seconds, scope: scopes.join(' ') })
    },
  )
}

function answerOAuthError(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const { status, code, message } = oauthErrorOf(error)
  request.problemCode = error instanceof GrantRefused ? 'client-refused' : asProblem(error).code
  if (status >= 500) request.log.error({ err: error }, 'request failed')
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="token endpoint"')
  if (status === 503) reply.header('retry-after', RETRY_AFTER_SECONDS)
  return reply
    .code(status)
    .type('application/json')
    .header('pragma', 'no-cache')
    .send(JSON.stringify({ error: code, error_description: message }))
}

function oauthErrorOf(error: unknown): { status: number; code: string; message: string } {
  if (error instanceof GrantRefused)
    return { status: error.code === 'invalid_client' ? 401 : 400, code: error.code, message: error.message }
  const { code } = asProblem(error)
  const status = statusOf(code)
  if (status === 429)
    return { status, code: 'temporarily_unavailable', message: 'too many requests: wait for Retry-After' }
  if (status === 503) return { status, code: 'temporarily_unavailable', message: 'try again later' }
  if (status >= 500) return { status, code: 'server_error', message: 'try again later' }
  if (code === 'content-encoding-unsupported')
    return { status, code: 'invalid_request', message: 'send the form without a Content-Encoding' }
  if (code === 'charset-unsupported')
    return { status, code: 'invalid_request', message: 'send the form in UTF-8' }
  if (status === 408) return { status, code: 'invalid_request', message: 'send the form faster' }
  return {
    status: status === 413 || status === 415 ? status : 400,
    code: 'invalid_request',
    message:
      'send grant_type, client_assertion_type and client_assertion, each once, as application/x-www-form-urlencoded',
  }
}
