import { uncollected, uncollectedQuery } from '../../../schemas/uncollected.ts'
import type { Deps } from '../../usecases/deps.ts'
import { readUncollected } from '../../usecases/read-uncollected.ts'
import { limitOf } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'
import { SUPPLIERS, supplierOf } from './guard.ts'

/** `GET /pharmacy/uncollected`: what the supplier has settled and not handed over. */
export function uncollectedRoute(app: Hub, deps: Deps): void {
  app.get(
    '/pharmacy/uncollected',
    {
      schema: {
        operationId: 'listOwnUncollected',
        tags: ['pharmacy'],
        summary: 'Settled and not handed over, with the time left · 已结算待取药',
        querystring: uncollectedQuery,
        response: { 200: uncollected },
      } as const,
      onRequest: app.authenticate(SUPPLIERS, 'dispense:read'),
    },
    async (request) => {
      const { regionCode, institutionId } = supplierOf(request)
      const { after, limit } = request.query
      return await readUncollected(deps, regionCode, institutionId, after, limitOf(limit))
    },
  )
}
