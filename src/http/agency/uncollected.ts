import { uncollected, uncollectedQuery } from '../../../schemas/uncollected.ts'
import type { Deps } from '../../usecases/deps.ts'
import { readUncollected } from '../../usecases/read-uncollected.ts'
import { limitOf } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'

/** `GET /agency/uncollected`: what is settled in the region and not handed over. */
export function agencyUncollectedRoute(app: Hub, deps: Deps): void {
  app.get(
    '/agency/uncollected',
    {
      schema: {
        operationId: 'listUncollected',
        tags: ['agency'],
        summary: 'Settled and not handed over, with the time left · 已结算未取药清单',
        querystring: {
          ...uncollectedQuery,
          properties: {
            ...uncollectedQuery.properties,
            pharmacyId: {
              type: 'string',
              pattern: '^[HP]\\d{11}$',
              description: 'Only those of this supplier',
            },
          },
        },
        response: { 200: uncollected },
      } as const,
      onRequest: app.authenticate('agency', 'money:read'),
    },
    async (request) => {
      const { after, limit, pharmacyId } = request.query
      const { regionCode } = request.caller
      return await readUncollected(deps, regionCode, pharmacyId, after, limitOf(limit))
    },
  )
}
