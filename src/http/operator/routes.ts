import { pageLimit, regionCode } from '../../../schemas/common.ts'
import { failedJobPage, failureClosed, outboxId, outboxLag } from '../../../schemas/operator.ts'
import { codeSchema } from '../../domain/codes.ts'
import type { Deps } from '../../usecases/deps.ts'
import { readFailedWork, readOutboxLag, resolveWork, retryWork } from '../../usecases/operator/failed-work.ts'
import { limitOf, marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'

const params = {
  type: 'object',
  additionalProperties: false,
  required: ['region', 'outboxId'],
  properties: { region: regionCode, outboxId },
} as const

const resolveRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['resolution'],
  properties: { resolution: codeSchema('failure-resolutions') },
  examples: [{ resolution: 'done-by-hand' }],
} as const

/** What operators of the hub see and decide: failed work and the lag of the outbox. @see MZ-6.7 */
export function operatorRoutes(app: Hub, deps: Deps): void {
  app.get(
    '/operator/failed-jobs',
    {
      schema: {
        operationId: 'listFailedJobs',
        tags: ['operator'],
        summary: 'Work that was refused or failed too often, newest first · 失败任务清单',
        querystring: {
          type: 'object',
          additionalProperties: false,
          properties: {
            region: regionCode,
            queue: { type: 'string', pattern: '^[a-z][a-z-]{1,40}$', examples: ['settlement'] },
            resolved: { type: 'string', const: 'include', description: 'Also those that were closed' },
            after: { type: 'string', pattern: '^[1-9]\\d{0,17}$' },
            limit: pageLimit,
          },
        },
        response: { 200: failedJobPage },
      } as const,
      onRequest: app.authenticate('operator', 'operation:read'),
    },
    async (request) => {
      const { region, resolved, limit, ...query } = request.query
      return await readFailedWork(deps, request.caller, {
        ...query,
        ...(region === undefined ? {} : { regionCode: region }),
        withResolved: resolved === 'include',
        limit: limitOf(limit),
      })
    },
  )
  app.post(
    '/operator/failed-jobs/:region/:outboxId/retry',
    {
      schema: {
        operationId: 'retryFailedJob',
        tags: ['operator'],
        summary: 'Send failed work again · 重试失败任务',
        params,
        response: { 200: failureClosed },
      } as const,
      config: { refusals: ['not-yours'] },
      onRequest: app.authenticate('operator', 'operation:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const { region, outboxId } = request.params
      const key = { regionCode: region, outboxId }
      const answer = await retryWork(deps, request.caller, request.write, key)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )
  app.post(
    '/operator/failed-jobs/:region/:outboxId/resolve',
    {
      schema: {
        operationId: 'resolveFailedJob',
        tags: ['operator'],
        summary: 'Close failed work without trying again · 关闭失败任务',
        params,
        body: resolveRequest,
        response: { 200: failureClosed },
      } as const,
      config: { refusals: ['not-yours'] },
      onRequest: app.authenticate('operator', 'operation:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const { region, outboxId } = request.params
      const key = { regionCode: region, outboxId }
      const answer = await resolveWork(deps, request.caller, request.write, key, request.body.resolution)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )
  app.get(
    '/operator/outbox',
    {
      schema: {
        operationId: 'readOutboxLag',
        tags: ['operator'],
        summary: 'How far relay and workers are behind · 待发任务积压',
        response: { 200: outboxLag },
      } as const,
      onRequest: app.authenticate('operator', 'operation:read'),
    },
    async () => await readOutboxLag(deps),
  )
}
