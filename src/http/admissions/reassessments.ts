import { reassessmentPage, reassessmentPlace } from '../../../schemas/admissions.ts'
import { civilDay, pageLimit } from '../../../schemas/common.ts'
import { listReassessments } from '../../usecases/admissions/reassessments.ts'
import type { Deps } from '../../usecases/deps.ts'
import { limitOf } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'

/** `/admissions/reassessments`: whose re-assessment falls due. @see SX-7 */
export function reassessmentRoutes(app: Hub, deps: Deps): void {
  app.get(
    '/admissions/reassessments',
    {
      schema: {
        operationId: 'listReassessments',
        tags: ['admission'],
        summary: 'Whose re-assessment is due or overdue · 到期复查评估清单',
        querystring: {
          type: 'object',
          additionalProperties: false,
          properties: {
            dueBy: { ...civilDay, description: 'Last day asked for; 30 days from today when absent' },
            after: reassessmentPlace,
            limit: pageLimit,
          },
        },
        response: { 200: reassessmentPage },
      } as const,
      config: { refusals: ['policy-missing', 'policy-not-cited'] },
      onRequest: app.authenticate(['hospital', 'agency'], 'admission:read'),
    },
    async (request) => {
      const { limit, ...query } = request.query
      return await listReassessments(deps, request.caller, { ...query, limit: limitOf(limit) })
    },
  )
}
