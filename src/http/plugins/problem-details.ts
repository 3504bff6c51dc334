import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { fieldFaults, type SchemaError } from '../../domain/field-fault.ts'
import { PROBLEMS, Problem, type ProblemCode, type ProblemFamily } from '../../domain/problems.ts'
import { saidOnce } from '../../domain/told-findings.ts'
import { isPassingFault } from '../../storage/database-fault.ts'
import { refusalPage } from '../pages/refusal-page.ts'
import { sendPage, wantsPage } from '../pages/send-page.ts'
import { KnownAddresses } from './known-addresses.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Code of the refusal that was answered, for log and metrics. */
    problemCode: ProblemCode | null
  }
}

/** The only place where a family of refusals becomes a status. */
const STATUS: Record<ProblemFamily, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  unknown: 404,
  'wrong-method': 405,
  conflict: 409,
  changed: 412,
  unconditional: 428,
  expired: 410,
  refused: 422,
  'too-large': 413,
  'too-slow': 408,
  unsupported: 415,
  'too-many': 429,
  unavailable: 503,
  internal: 500,
}

/** Seconds after which a caller may try again when the hub can't say better. */
export const RETRY_AFTER_SECONDS = 5
/** The same for what is counted by the day. */
const LONG_WAIT_SECONDS = 3_600

/** The status of a code. */
export function statusOf(code: ProblemCode): number {
  return STATUS[PROBLEMS[code].family]
}

/** The RFC 9457 document of a refusal. @param requestId names the request for the operator */
export function problemDocument(problem: Problem, publicUrl: string, requestId: string) {
  const entry = PROBLEMS[problem.code]
  return {
    type: `${publicUrl}/problems/${problem.code}`,
    title: entry.title.zh,
    titleEn: entry.title.en,
    status: statusOf(problem.code),
    code: problem.code,
    detail: entry.remedy.zh,
    detailEn: entry.remedy.en,
    retry: problem.retry,
    instance: `urn:uuid:${requestId}`,
    ...(problem.findings.length > 0 ? { findings: saidOnce(problem.findings) } : {}),
    ...(problem.fields.length > 0 ? { fields: problem.fields } : {}),
    ...(Object.keys(problem.details).length > 0 ? { details: problem.details } : {}),
  }
}

/**
 * Says what a thrown thing is to the caller.
 *
 * @returns the refusal; `internal-error` or `unavailable` for whatever nobody expected
 */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const { code, statusCode, validation, validationContext } = (error ?? {}) as Partial<FastifyError>
  if (validation !== undefined) {
    const fields = fieldFaults(validation as readonly SchemaError[], `/${validationContext ?? 'body'}`)
    return new Problem('malformed', { fields })
  }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem('too-large')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem('unsupported-media-type')
  if (isPassingFault(error)) return new Problem('unavailable')
  if (typeof code === 'string' && code.startsWith('FST_') && statusCode !== undefined && statusCode < 500)
    return new Problem(statusCode === 404 ? 'not-found' : 'malformed')
  return new Problem('internal-error')
}

/**
 * Answers every refusal and every fault as RFC 9457; faults without a word of detail. A person whose browser asks for
 * what is no part of the API is answered by a page.
 */
export const problemDetails = fp(
  async (app, options: { readonly publicUrl: string; readonly isSandbox: boolean }) => {
    app.decorateRequest('problemCode', null)

    function answer(error: unknown, request: FastifyRequest, reply: FastifyReply) {
      const problem = asProblem(error)
      const status = statusOf(problem.code)
      request.problemCode = problem.code
      if (status >= 500 && !(error instanceof Problem)) request.log.error({ err: error }, 'request failed')
      if (status === 401 && !reply.hasHeader('www-authenticate'))
        reply.header('www-authenticate', 'Bearer error="invalid_token"')
      if (status === 503 && problem.retry === 'later' && !reply.hasHeader('retry-after'))
        reply.header('retry-after', RETRY_AFTER_SECONDS)
      if (status === 429 && !reply.hasHeader('retry-after')) reply.header('retry-after', LONG_WAIT_SECONDS)
      if (isOutsideTheApi(request) && wantsPage(request))
        return sendPage(
          reply.code(status).header('vary', 'accept'),
          refusalPage(problem.code, options.isSandbox, request.id),
        )
      // As a string: the schema of the route must not cut members off.
      return reply
        .code(status)
        .type('application/problem+json')
        .header('cache-control', 'no-store')
        .send(JSON.stringify(problemDocument(problem, options.publicUrl, request.id)))
    }

    const addresses = new KnownAddresses()
    app.addHook('onRoute', ({ url, method }) => addresses.add(url, [method].flat()))
    app.setErrorHandler(answer)
    app.setNotFoundHandler((request, reply) => {
      const methods = addresses.methodsOf(request.url)
      if (methods.length === 0) return answer(new Problem('not-found'), request, reply)
      return answer(new Problem('method-not-allowed'), request, reply.header('allow', methods.join(', ')))
    })
  },
  { name: 'problem-details' },
)

/** An unknown address, or one that the API description leaves out because it is for browsers. */
function isOutsideTheApi({ routeOptions, is404 }: FastifyRequest): boolean {
  return is404 || (routeOptions.schema as { hide?: boolean } | undefined)?.hide === true
}
