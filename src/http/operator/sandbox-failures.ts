import { regionCode } from '../../../schemas/common.ts'
import { outboxId } from '../../../schemas/operator.ts'
import type { Deps } from '../../usecases/deps.ts'
import { failOnPurpose } from '../../usecases/operator/fail-on-purpose.ts'
import type { Hub } from '../plugins/hub.ts'

const body = {
  type: 'object',
  additionalProperties: false,
  required: ['regionCode'],
  properties: { regionCode },
  examples: [{ regionCode: '441400' }],
} as const

const made = {
  type: 'object',
  additionalProperties: false,
  required: ['regionCode', 'outboxId'],
  properties: { regionCode, outboxId },
} as const

/** `POST /sandbox/failures`: something for `/operator/failed-jobs` to show. Register it in sandbox mode only. */
export function sandboxFailuresRoute(app: Hub, deps: Deps): void {
  app.post(
    '/sandbox/failures',
    {
      schema: {
        operationId: 'makeSandboxFailure',
        tags: ['sandbox'],
        summary: 'Leave work that fails, for operators to try their hand at · 制造失败任务',
        body,
        response: { 202: made },
      } as const,
    },
    async (request, reply) => await reply.code(202).send(await failOnPurpose(deps, request.body.regionCode)),
  )
}
