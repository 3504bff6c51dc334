import {
  amountsBody,
  amountsStated,
  amountsUploaded,
  amountsUploadQuery,
  personYear,
  personYearParams,
} from '../../../schemas/person-year.ts'
import type { Deps } from '../../usecases/deps.ts'
import { readPersonYear } from '../../usecases/person-year/read-year.ts'
import { stateAmounts } from '../../usecases/person-year/state-amounts.ts'
import { uploadAmounts } from '../../usecases/person-year/upload-amounts.ts'
import { marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'
import { charsetIn, TABLE_HABITS, tableBody } from '../plugins/uploaded-table.ts'

/** Amounts of a person's year from elsewhere, one by one or in a file, and what they come to. @see CQ-2.4b, MZ-7.2 */
export function personYearRoutes(app: Hub, deps: Deps): void {
  app.post(
    '/agency/year-amounts',
    {
      schema: {
        operationId: 'stateYearAmounts',
        tags: ['agency'],
        summary: 'State or correct what a person used up of a year elsewhere · 录入平台外年度累计',
        body: amountsBody,
        response: { 201: amountsStated },
      } as const,
      config: { refusals: ['reference-unknown', 'year-amounts-of-another'] },
      onRequest: app.authenticate('agency', 'money:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const answer = await stateAmounts(deps, request.caller, request.write, request.body)
      return marked(reply, answer).code(201).send(answer.body)
    },
  )
  if (!app.hasContentTypeParser('text/csv')) {
    app.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload))
  }
  app.post(
    '/agency/year-amounts/uploads',
    {
      schema: {
        operationId: 'uploadYearAmounts',
        tags: ['agency'],
        summary:
          'Upload a file of them: opening balances, or the feed of another system · 上传平台外年度累计',
        description:
          `CSV with a header. ${TABLE_HABITS} Columns: source, reference, person_id, on, and in yuan, zero when left ` +
          'out: deductible (with deductible_level), fund, large_amount, own, serious_illness, assistance, expense. At ' +
          'most 5,000 lines, all taken or none. No Idempotency-Key: the same file has no second effect.',
        consumes: ['text/csv'],
        body: { content: { 'text/csv': { schema: tableBody } } },
        querystring: amountsUploadQuery,
        response: { 200: amountsUploaded },
      } as const,
      bodyLimit: 4 * 1024 * 1024,
      config: { refusals: ['upload-faulty'] },
      onRequest: app.authenticate('agency', 'money:write'),
    },
    async (request) => {
      const { reason, dryRun } = request.query
      const bytes = request.body as AsyncIterable<Uint8Array>
      const charset = charsetIn(request.headers['content-type'])
      return await uploadAmounts(deps, request.caller, bytes, reason, { charset, dryRun: dryRun === 'true' })
    },
  )
  app.get(
    '/agency/persons/:personId/years/:year',
    {
      schema: {
        operationId: 'readPersonYear',
        tags: ['agency'],
        summary:
          "A person's year: balances, amounts from elsewhere, differences of late ones · 查询个人年度累计",
        params: personYearParams,
        response: { 200: personYear },
      } as const,
      config: { refusals: ['not-yours'] },
      onRequest: app.authenticate('agency', 'money:read'),
    },
    async ({ caller, params }) => await readPersonYear(deps, caller, params.personId, Number(params.year)),
  )
}
