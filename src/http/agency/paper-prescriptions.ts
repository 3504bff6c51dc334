import { pageLimit } from '../../../schemas/common.ts'
import { paperPage, paperState } from '../../../schemas/paper.ts'
import type { Deps } from '../../usecases/deps.ts'
import { readPaperPrescriptions } from '../../usecases/read-paper-prescriptions.ts'
import { paperScanRoute } from '../hospital/paper-scan.ts'
import { limitOf } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'

/** `/agency/paper-prescriptions`: what was entered from paper, and what the hospitals said. @see MZ-7.5 */
export function agencyPaperRoutes(app: Hub, deps: Deps): void {
  app.get(
    '/agency/paper-prescriptions',
    {
      schema: {
        operationId: 'listPaperPrescriptions',
        tags: ['agency'],
        summary: 'Paper prescriptions, confirmed, objected to or neither · 纸质处方清单',
        querystring: {
          type: 'object',
          additionalProperties: false,
          properties: {
            state: paperState,
            after: { type: 'string', format: 'uuid', description: 'The `next` of the page before' },
            limit: pageLimit,
          },
        },
        response: { 200: paperPage },
      } as const,
      onRequest: app.authenticate('agency', 'prescription:read'),
    },
    async (request) => {
      const { limit, ...filter } = request.query
      return await readPaperPrescriptions(deps, request.caller, { ...filter, limit: limitOf(limit) })
    },
  )
  paperScanRoute(app, deps, 'agency')
}
