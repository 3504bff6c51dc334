import {
  capitationYear,
  grantBody,
  granted,
  yearOfInstitutionParams,
  yearParams,
  yearSettled,
} from '../../../schemas/capitation.ts'
import { grantBudget } from '../../usecases/capitation/grant-budget.ts'
import { readCapitationYear } from '../../usecases/capitation/read-year.ts'
import { settleCapitationYear } from '../../usecases/capitation/settle-year.ts'
import type { Deps } from '../../usecases/deps.ts'
import { marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'

/** Capitation: granted and settled by the agency, read by everybody concerned. */
export function capitationRoutes(app: Hub, deps: Deps): void {
  const writes = { onRequest: app.authenticate('agency', 'money:write'), preHandler: app.idempotent() }

  app.post(
    '/agency/capitation/:year/grants',
    {
      schema: {
        operationId: 'grantCapitation',
        tags: ['agency'],
        summary: 'Grant an institution its capitation budget, or more of it · 核定按人头付费预算',
        params: yearParams,
        body: grantBody,
        response: { 201: granted },
      },
      config: { refusals: ['reference-unknown', 'capitation-wrong-state'] },
      ...writes,
    },
    async ({ caller, params, body, write }, reply) => {
      const answer = await grantBudget(deps, caller, write, Number(params.year), body)
      return marked(reply, answer).code(201).send(answer.body)
    },
  )

  app.post(
    '/agency/capitation/:year/institutions/:institutionId/settle',
    {
      schema: {
        operationId: 'settleCapitationYear',
        tags: ['agency'],
        summary: 'Settle a capitation year: share surplus or over-run, set off advances · 按人头付费年度清算',
        params: yearOfInstitutionParams,
        response: { 200: yearSettled },
      },
      config: { refusals: ['capitation-wrong-state', 'month-not-over', 'policy-not-cited'] },
      ...writes,
    },
    async ({ caller, params, write }, reply) => {
      const { year, institutionId } = params
      const answer = await settleCapitationYear(deps, caller, write, Number(year), institutionId)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )

  for (const kind of ['agency', 'hospital', 'pharmacy'] as const) {
    app.get(
      `/${kind}/capitation/:year`,
      {
        schema: {
          operationId: `read${kind[0]!.toUpperCase()}${kind.slice(1)}Capitation`,
          tags: [kind],
          summary: 'Budget, use and balance of a capitation year · 按人头付费预算执行情况',
          params: yearParams,
          response: { 200: capitationYear },
        },
        onRequest: app.authenticate(kind, 'money:read'),
      },
      async ({ caller, params }) => ({
        year: Number(params.year),
        institutions: await readCapitationYear(deps, caller, Number(params.year)),
      }),
    )
  }
}
