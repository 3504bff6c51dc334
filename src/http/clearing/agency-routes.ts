import {
  clearingStatement,
  disputeParams,
  linesQuery,
  monthClosed,
  monthMoved,
  monthOverview,
  monthParams,
  pageQuery,
  resolutionBody,
  statementExportParams,
  statementLinesAnswer,
  statementList,
  statementMoved,
  statementParams,
} from '../../../schemas/clearing.ts'
import { differencesAnswer, differencesQuery } from '../../../schemas/clearing-files.ts'
import { stayAnswer, stayQuery } from '../../../schemas/clearing-stays.ts'
import { closeMonth, listMonth, readMonth } from '../../usecases/clearing/close-month.ts'
import { resolveDispute } from '../../usecases/clearing/dispute.ts'
import { payStatement, readStatement, sendStatement } from '../../usecases/clearing/statement.ts'
import { payMonth, sendMonth } from '../../usecases/clearing/whole-month.ts'
import type { Deps } from '../../usecases/deps.ts'
import { limitOf, marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'
import { overviewAnswer, statementAnswer, summaryAnswer } from './answers.ts'
import {
  csvAnswer,
  exportAnswer,
  readDifferencePage,
  readLines,
  readStays,
  sendExport,
  sendStays,
} from './readings.ts'

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
      config: { refusals: ['month-not-over', 'month-closed', 'month-out-of-order', 'clearing-unfinished'] },
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
      config: { refusals: ['not-yours'] },
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
      ...reads,
    },
    async (request) => {
      const limit = limitOf(request.query.limit)
      const found = await listMonth(
        deps,
        request.caller,
        request.params.month,
        request.query.after ?? '',
        limit,
      )
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
        config: { refusals: ['not-yours'] },
        ...writes,
      },
      async ({ caller, params, write }, reply) => {
        const answer = await move(deps, caller, write, params.month)
        return marked(reply, answer).code(200).send(answer.body)
      },
    )
  }

  app.get(
    STATEMENT,
    {
      schema: {
        operationId: 'readClearingStatement',
        tags,
        summary: 'One statement with its rows and disputes · 清算单',
        params: statementParams,
        response: { 200: clearingStatement },
      },
      config: { refusals: ['not-yours'] },
      ...reads,
    },
    async ({ caller, params }) =>
      statementAnswer(await readStatement(deps, caller, params.month, params.institutionId)),
  )

  app.get(
    `${STATEMENT}/lines`,
    {
      schema: {
        operationId: 'readClearingLines',
        tags,
        summary: 'Entries of a statement · 清算明细',
        params: statementParams,
        querystring: linesQuery,
        response: { 200: statementLinesAnswer },
      },
      config: { refusals: ['not-yours'] },
      ...reads,
    },
    async ({ caller, params, query }) => await readLines(deps, { caller, ...params, ...query }),
  )

  app.get(
    `${STATEMENT}/stays`,
    {
      schema: {
        operationId: 'readClearingStays',
        tags,
        summary: 'Amounts that count into hospital stays · 住院费用计入清单',
        params: statementParams,
        querystring: stayQuery,
        response: { 200: stayAnswer },
      },
      config: { refusals: ['not-yours'] },
      ...reads,
    },
    async ({ caller, params, query }) => await readStays(deps, { caller, ...params, ...query }),
  )

  app.get(
    `${STATEMENT}/stays/csv`,
    {
      schema: {
        operationId: 'exportClearingStays',
        tags,
        summary: 'All amounts that count into hospital stays as CSV · 导出住院费用计入清单',
        params: statementParams,
        response: { 200: csvAnswer },
      },
      config: { refusals: ['not-yours'] },
      ...reads,
    },
    async ({ caller, params }, reply) => await sendStays(deps, { caller, ...params }, reply),
  )

  app.get(
    `${STATEMENT}/differences`,
    {
      schema: {
        operationId: 'readClearingDifferences',
        tags,
        summary: "Differences from the institution's file · 三方对账差异",
        params: statementParams,
        querystring: differencesQuery,
        response: { 200: differencesAnswer },
      },
      config: { refusals: ['not-yours'] },
      ...reads,
    },
    async ({ caller, params, query }) => await readDifferencePage(deps, { caller, ...params, ...query }),
  )

  app.get(
    `${STATEMENT}/export/:form`,
    {
      schema: {
        operationId: 'exportClearingStatement',
        tags,
        summary: 'The statement as CSV, XLSX or PDF · 导出清算单',
        params: statementExportParams,
        response: { 200: exportAnswer },
      },
      config: { refusals: ['not-yours'] },
      ...reads,
    },
    async ({ caller, params }, reply) => await sendExport(deps, { caller, ...params }, params.form, reply),
  )

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
      config: { refusals: ['not-yours', 'statement-wrong-state'] },
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
      config: { refusals: ['not-yours', 'statement-wrong-state'] },
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
      config: { refusals: ['not-yours', 'statement-wrong-state', 'correction-impossible'] },
      ...writes,
    },
    async ({ caller, params, write, body }, reply) => {
      const { disputeNo, ...where } = params
      const answer = await resolveDispute(deps, write, { caller, ...where }, Number(disputeNo), body)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )
}
