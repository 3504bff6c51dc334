import {
  payerDifferenceQuery,
  payerDifferences,
  payerResolution,
  payerResolved,
  payerSettlementParams,
} from '../../../schemas/payer.ts'
import type { Deps } from '../../usecases/deps.ts'
import { readPayerDifferences } from '../../usecases/payer/reconcile-payer.ts'
import { resolveUnanswered } from '../../usecases/payer/resolve-unanswered.ts'
import { marked } from '../plugins/answer.ts'
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

  app.post(
    '/agency/payer-settlements/:settlementId/resolution',
    {
      schema: {
        operationId: 'resolveUnansweredSettlement',
        tags: ['agency'],
        summary:
          'Clear up a settlement that was deferred without an answer of the payer · 处理未获答复的结算',
        description:
          'For settlements that `GET /agency/payer-differences` lists as `answer-unreadable` or `deferred-unanswered`: the ' +
          'payer may have paid them, so the hub cancels none of them by itself. And for `refused-anew`, whose goods are with ' +
          'the patient.',
        params: payerSettlementParams,
        body: payerResolution,
        response: { 202: payerResolved },
      },
      config: { refusals: ['settlement-unknown', 'wrong-state'] },
      onRequest: app.authenticate('agency', 'money:write'),
      preHandler: app.idempotent(),
    },
    async ({ caller, params, body, write }, reply) => {
      const answer = await resolveUnanswered(deps, caller, write, params.settlementId, body.action)
      return marked(reply, answer).code(202).send(answer.body)
    },
  )
}
