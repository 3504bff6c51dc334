import { payerDifferenceQuery, payerDifferences } from '../../../schemas/payer.ts'
import type { Deps } from '../../usecases/deps.ts'
import { readPayerDifferences } from '../../usecases/payer/reconcile-payer.ts'
import type { Hub } from '../plugins/hub.ts'

/** Where the payer's book and the hub's disagree, for the agency. */
export function payerRoutes(app: Hub, deps: Deps): void {
  app.get(
    '/agency/payer-differences',
    {
      schema: {
        operationId: 'listPayerDifferences',
        tags: ['agency'],
        summary: "Differences from the payer's book of a day · 与医保核心系统的对账差异",
        querystring: payerDifferenceQuery,
        response: { 200: payerDifferences },
      },
      onRequest: app.authenticate('agency', 'money:read'),
    },
    async (request) => await readPayerDifferences(deps, request.caller, request.query.day),
  )
}
