import { feedPage, feedQuery } from '../../../schemas/feed.ts'
import type { Deps } from '../../usecases/deps.ts'
import { readFeed } from '../../usecases/feed.ts'
import { institutionOf, limitOf } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'

/** `GET /hospital/events`: what happened to the hospital's prescriptions. */
export function hospitalEventsRoute(app: Hub, deps: Deps): void {
  app.get(
    '/hospital/events',
    {
      schema: {
        operationId: 'readHospitalEvents',
        tags: ['hospital'],
        summary: "Events of the hospital's prescriptions by cursor · 处方动态",
        description:
          'Ask again with `after` set to the last `next`. No event is ever skipped. The feed begins where the answer of ' +
          '`POST /hospital/prescriptions` ends: that the prescription was received (`submitted`, revision 1) is that answer ' +
          'and no entry.',
        querystring: feedQuery,
        response: { 200: feedPage },
      } as const,
      config: { refusals: ['cursor-unknown'] },
      onRequest: app.authenticate('hospital', 'prescription:read'),
    },
    async (request) => {
      return await readFeed(
        deps.pool,
        institutionOf(request.caller),
        request.query.after,
        limitOf(request.query.limit),
      )
    },
  )
}
