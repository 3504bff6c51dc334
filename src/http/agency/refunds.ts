import { refundPage, refundQuery } from '../../../schemas/refund.ts'
import type { Deps } from '../../usecases/deps.ts'
import { readRefunds } from '../../usecases/refunds.ts'
import { limitOf } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'

/** `GET /agency/refunds`: what suppliers owe patients. */
export function agencyRefundRoute(app: Hub, deps: Deps): void {
  app.get(
    '/agency/refunds',
    {
      schema: {
        operationId: 'listRefunds',
        tags: ['agency'],
        summary: 'What suppliers owe patients · 应退患者款项清单',
        querystring: {
          ...refundQuery,
          properties: {
            ...refundQuery.properties,
            pharmacyId: {
              type: 'string',
              pattern: '^[HP]\\d{11}$',
              description: 'Only those of this supplier',
            },
            overdue: {
              type: 'string',
              enum: ['true'],
              description: '`true`: only those owed and past their day',
            },
          },
        },
        response: { 200: refundPage },
      } as const,
      onRequest: app.authenticate('agency', 'money:read'),
    },
    async (request) => {
      const { after, limit, overdue, ...filter } = request.query
      const wanted = { ...filter, overdue: overdue === 'true' }
      return await readRefunds(deps, request.caller.regionCode, wanted, after, limitOf(limit))
    },
  )
}
