import { paperParams } from '../../../schemas/clearing.ts'
import { settlementPaper } from '../../usecases/clearing/papers.ts'
import type { Deps } from '../../usecases/deps.ts'
import type { Hub } from '../plugins/hub.ts'
import { agencyClearingRoutes } from './agency-routes.ts'
import { institutionClearingRoutes } from './institution-routes.ts'
import { paperAnswer, sendFile } from './readings.ts'

/** Monthly clearing and the papers of settlements, for agency, pharmacy and hospital. */
export function clearingRoutes(app: Hub, deps: Deps): void {
  agencyClearingRoutes(app, deps)
  institutionClearingRoutes(app, deps, 'pharmacy')
  institutionClearingRoutes(app, deps, 'hospital')

  app.get(
    '/papers/settlements/:settlementId/:paper',
    {
      schema: {
        operationId: 'readSettlementPaper',
        tags: ['pharmacy'],
        summary: 'Settlement statement, fee list or receipt as PDF · 结算单、费用清单、收据',
        params: paperParams,
        response: { 200: paperAnswer },
      },
      config: { refusals: ['not-yours', 'paper-unavailable'] },
      onRequest: app.authenticate(['pharmacy', 'hospital', 'agency'], 'dispense:read'),
    },
    async ({ caller, params }, reply) => {
      const file = await settlementPaper(deps, caller, params.settlementId, params.paper)
      return await sendFile(reply, file, 'application/pdf', `${params.paper}-${params.settlementId}.pdf`)
    },
  )
}
