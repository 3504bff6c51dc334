import {
  disputeParams,
  monthClosed,
  monthMoved,
  monthOverview,
  monthParams,
  pageQuery,
  resolutionBody,
  statementExportParams,
  statementList,
  statementMoved,
  statementParams,
} from '../../../schemas/clearing.ts'
import { closeMonth, listMonth, readMonth } from '../../usecases/clearing/close-month.ts'
import { resolveDispute } from '../../usecases/clearing/dispute.ts'
import { NO_STATEMENT, payStatement, sendStatement } from '../../usecases/clearing/statement.ts'
import { payMonth, sendMonth } from '../../usecases/clearing/whole-month.ts'
import type { Deps } from '../../usecases/deps.ts'
import { limitOf, marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'
import { overviewAnswer, summaryAnswer } from './answers.ts'
import { statementReadings } from './statement-readings.ts'

const MONTH = '/agency/clearing/:month'
const STATEMENT = `${MONTH}/statements/:institutionId`
const tags = ['agency']

/** Monthly clearing as the agency does it: close, send, answer disputes, pay. */
export function agencyClearingRoutes(app: Hub, deps: Deps): void {
  const reads = { onRequest: app.authenticate('agency', 'money:read') }
  const writes = { onRequest: app.authenticate('agency', 'money:write'), preHandler: app.idempotent() }

  app.post(
    `${MONTH}/close`,
    {
      schema: {
        operationId: 'closeMonth',
        tags,
        summary: 'Close a month for good and draft its statements · 关账并汇总清算单',
        params: monthParams,
        response: { 202: monthClosed },
      },
      config: {
        refusals: [
          'month-not-over',
          'month-closed',
          'month-before-clearing',
          'month-out-of-order',
          'clearing-unfinished',
        ],
      },
      ...writes,
    },
    async (request, reply) => {
      const answer = await closeMonth(deps, request.caller, request.write, request.params.month)
      return marked(reply, answer).code(202).send(answer.body)
    },
  )

  app.get(
    MONTH,
    {
      schema: {
        operationId: 'readClearingMonth',
        tags,
        summary: 'Progress of a month, its statements by state, and the trial balance · 清算进度与试算平衡',
        params: monthParams,
        response: { 200: monthOverview },
      },
      config: { refusals: ['month-open', 'month-before-clearing'] },
      ...reads,
    },
    async (request) => overviewAnswer(await readMonth(deps, request.caller, request.params.month)),
  )

  app.get(
    `${MONTH}/statements`,
    {
      schema: {
        operationId: 'listClearingStatements',
        tags,
        summary: 'Statements of a month by institution · 清算单列表',
        params: monthParams,
        querystring: pageQuery,
        response: { 200: statementList },
      },
      config: { refusals: ['month-open', 'month-before-clearing'] },
      ...reads,
    },
    async (request) => {
      const limit = limitOf(request.query.limit)
      const { caller, params, query } = request
      const found = await listMonth(deps, caller, params.month, query.after ?? '', limit)
      const last = found.length === limit ? found.at(-1) : undefined
      return {
        statements: found.map(summaryAnswer),
        ...(last === undefined ? {} : { next: last.institutionId }),
      }
    },
  )

  for (const [verb, move, summary] of [
    ['send', sendMonth, 'Send all drafts of a month · 批量发送清算单'],
    ['pay', payMonth, 'Pay all confirmed statements of a month · 批量拨付'],
  ] as const) {
    app.post(
      `${MONTH}/${verb}`,
      {
        schema: {
          operationId: `${verb}ClearingMonth`,
          tags,
          summary,
          description:
            'Each statement moves by itself; statements in another state stay and are listed. A call that was cut off ' +
            'goes on where it was when it is made again with its key.',
          params: monthParams,
          response: { 200: monthMoved },
        },
        config: { refusals: ['month-open', 'month-before-clearing', 'clearing-unfinished'] },
        ...writes,
      },
      async ({ caller, params, write }, reply) => {
        const answer = await move(deps, caller, write, params.month)
        return marked(reply, answer).code(200).send(answer.body)
      },
    )
  }

  statementReadings(app, deps, {
    path: STATEMENT,
    params: statementParams,
    exportParams: statementExportParams,
    tags,
    onRequest: reads.onRequest,
    operationIds: {
      statement: 'readClearingStatement',
      lines: 'readClearingLines',
      differences: 'readClearingDifferences',
      export: 'exportClearingStatement',
    },
    stayOperationIds: { page: 'readClearingStays', csv: 'exportClearingStays' },
  })

  app.post(
    `${STATEMENT}/send`,
    {
      schema: {
        operationId: 'sendClearingStatement',
        tags,
        summary: 'Send a draft to its institution · 发送清算单',
        params: statementParams,
        response: { 200: statementMoved },
      },
      config: { refusals: [...NO_STATEMENT, 'statement-wrong-state'] },
      ...writes,
    },
    async ({ caller, params, write }, reply) => {
      const answer = await sendStatement(deps, write, { caller, ...params })
      return marked(reply, answer).code(200).send(answer.body)
    },
  )

  app.post(
    `${STATEMENT}/pay`,
    {
      schema: {
        operationId: 'payClearingStatement',
        tags,
        summary: 'Pay a confirmed statement · 拨付',
        params: statementParams,
        response: { 200: statementMoved },
      },
      config: { refusals: [...NO_STATEMENT, 'statement-wrong-state'] },
      ...writes,
    },
    async ({ caller, params, write }, reply) => {
      const answer = await payStatement(deps, write, { caller, ...params })
      return marked(reply, answer).code(200).send(answer.body)
    },
  )

  app.post(
    `${STATEMENT}/disputes/:disputeNo/resolve`,
    {
      schema: {
        operationId: 'resolveClearingDispute',
        tags,
        summary: 'Answer a dispute; a correction is booked in the open month · 答复异议',
        params: disputeParams,
        body: resolutionBody,
        response: { 200: statementMoved },
      },
      config: {
        refusals: [
          ...NO_STATEMENT,
          'statement-wrong-state',
          'dispute-unknown',
          'correction-impossible',
          'correction-exceeds',
        ],
      },
      ...writes,
    },
    async ({ caller, params, write, body }, reply) => {
      const { disputeNo, ...where } = params
      const answer = await resolveDispute(deps, write, { caller, ...where }, Number(disputeNo), body)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )
}
