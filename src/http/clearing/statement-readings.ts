import {
  clearingStatement,
  type exportParams,
  linesQuery,
  type monthParams,
  type statementExportParams,
  statementLinesAnswer,
  type statementParams,
} from '../../../schemas/clearing.ts'
import { differencesAnswer, differencesQuery } from '../../../schemas/clearing-files.ts'
import { stayAnswer, stayQuery } from '../../../schemas/clearing-stays.ts'
import { NO_STATEMENT, readStatement } from '../../usecases/clearing/statement.ts'
import type { Deps } from '../../usecases/deps.ts'
import type { Hub } from '../plugins/hub.ts'
import { statementAnswer } from './answers.ts'
import {
  csvAnswer,
  exportAnswer,
  readDifferencePage,
  readLines,
  readStays,
  sendExport,
  sendStays,
} from './readings.ts'

/** Where a caller finds a statement. The agency names the institution in the path, an institution reads its own. */
export interface StatementPlace {
  readonly path: string
  readonly params: typeof monthParams | typeof statementParams
  readonly exportParams: typeof exportParams | typeof statementExportParams
  readonly tags: readonly string[]
  readonly onRequest: ReturnType<Hub['authenticate']>
  readonly operationIds: Readonly<Record<'statement' | 'lines' | 'differences' | 'export', string>>
  /** Absent for those that have no stays. */
  readonly stayOperationIds?: { readonly page: string; readonly csv: string }
}

/** What agency and institutions read of one statement, in the same way. */
export function statementReadings(app: Hub, deps: Deps, place: StatementPlace): void {
  const { path, params, tags, operationIds, stayOperationIds } = place
  const reads = { config: { refusals: NO_STATEMENT }, onRequest: place.onRequest }

  app.get(
    path,
    {
      schema: {
        operationId: operationIds.statement,
        tags,
        summary: 'One statement with its rows and disputes · 清算单',
        params,
        response: { 200: clearingStatement },
      },
      ...reads,
    },
    async ({ caller, params }) => {
      const { month, institutionId }: { month: string; institutionId?: string } = params
      return statementAnswer(await readStatement(deps, caller, month, institutionId))
    },
  )

  app.get(
    `${path}/lines`,
    {
      schema: {
        operationId: operationIds.lines,
        tags,
        summary: 'Entries of a statement · 清算明细',
        params,
        querystring: linesQuery,
        response: { 200: statementLinesAnswer },
      },
      ...reads,
    },
    async ({ caller, params, query }) => await readLines(deps, { caller, ...params, ...query }),
  )

  if (stayOperationIds !== undefined) {
    app.get(
      `${path}/stays`,
      {
        schema: {
          operationId: stayOperationIds.page,
          tags,
          summary: 'Amounts that count into hospital stays · 住院费用计入清单',
          params,
          querystring: stayQuery,
          response: { 200: stayAnswer },
        },
        ...reads,
      },
      async ({ caller, params, query }) => await readStays(deps, { caller, ...params, ...query }),
    )

    app.get(
      `${path}/stays/csv`,
      {
        schema: {
          operationId: stayOperationIds.csv,
          tags,
          summary: 'All amounts that count into hospital stays as CSV · 导出住院费用计入清单',
          params,
          response: { 200: csvAnswer },
        },
        ...reads,
      },
      async ({ caller, params }, reply) => await sendStays(deps, { caller, ...params }, reply),
    )
  }

  app.get(
    `${path}/differences`,
    {
      schema: {
        operationId: operationIds.differences,
        tags,
        summary: "Differences between ledger, dispenses and the institution's file · 三方对账差异",
        params,
        querystring: differencesQuery,
        response: { 200: differencesAnswer },
      },
      config: { refusals: [...NO_STATEMENT, 'clearing-file-missing'] },
      onRequest: place.onRequest,
    },
    async ({ caller, params, query }) => await readDifferencePage(deps, { caller, ...params, ...query }),
  )

  app.get(
    `${path}/export/:form`,
    {
      schema: {
        operationId: operationIds.export,
        tags,
        summary: 'The statement as CSV, XLSX or PDF · 导出清算单',
        params: place.exportParams,
        response: { 200: exportAnswer },
      },
      ...reads,
    },
    async ({ caller, params }, reply) => await sendExport(deps, { caller, ...params }, params.form, reply),
  )
}
