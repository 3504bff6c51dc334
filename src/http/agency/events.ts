import { feedPage, feedQuery } from '../../../schemas/feed.ts'
import type { Deps } from '../../usecases/deps.ts'
import { readFeed } from '../../usecases/feed.ts'
import { limitOf } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'

/** `GET /agency/events`: what happened to the prescriptions of the region. */
export function agencyEventsRoute(app: Hub, deps: Deps): void {
  app.get(
    '/agency/events',
    {
      schema: {
        operationId: 'readAgencyEvents',
        tags: ['agency'],
        summary: 'Events of the prescriptions of the region by cursor · 统筹区处方动态',
        description:
          'Each change of each prescription of the region once, as the prescribing hospital is told it. Ask again with ' +
          '`after` set to the last `next`. No event is ever skipped.',
        querystring: feedQuery,
        response: { 200: feedPage },
      } as const,
      config: { refusals: ['cursor-unknown'] },
      onRequest: app.authenticate('agency', 'prescription:read'),
    },
    async (request) => {
      const { after, limit } = request.query
      return await readFeed(deps.pool, { regionCode: request.caller.regionCode }, after, limitOf(limit))
    },
  )
}
