import {
  matchParams,
  matchQuery,
  overdueUploads,
  stockMatch,
  uploaded,
  uploadList,
  uploadQuery,
} from '../../../schemas/stock.ts'
import { Problem } from '../../domain/problems.ts'
import type { Caller, Deps } from '../../usecases/deps.ts'
import { listOverdue, listUploads, matchStock } from '../../usecases/stock/match-stock.ts'
import { stockCorrections, uploadStock } from '../../usecases/stock/upload-stock.ts'
import type { Hub } from '../plugins/hub.ts'
import {
  charsetIn,
  correctionsAnswer,
  formatOf,
  sendCorrections,
  sentTable,
  TABLE_HABITS,
  TABLE_LIMIT,
  takeTables,
  tryQuery,
} from '../plugins/uploaded-table.ts'

const SUPPLIERS = ['pharmacy', 'hospital'] as const
const PAGE = 50

/** Purchase, sale and stock lines in whole files, and what they show. */
export function stockUploadRoutes(app: Hub, deps: Deps): void {
  takeTables(app)

  app.post(
    '/pharmacy/stock-uploads',
    {
      schema: {
        operationId: 'uploadStock',
        tags: ['pharmacy'],
        summary: 'Upload purchase, sale and stock lines in one file · 上传购销存明细',
        description:
          `CSV with a header, or one JSON object a line. ${TABLE_HABITS} ` +
          'Members: `kind` (purchase, sale, stock), `reference` ' +
          '(the line in your books, used once), `on`, `drugCode`, `quantity`, `unitPriceFen` (up to six decimals), and optionally `batchNo` ' +
          'and `dispenseId`. The whole file is taken or refused with the numbers of the faulty lines. No ' +
          'Idempotency-Key: the same file has no second effect.',
        ...sentTable,
        querystring: tryQuery,
        response: { 200: uploaded },
      },
      config: { refusals: ['upload-faulty', 'not-yours'] },
      bodyLimit: TABLE_LIMIT,
      onRequest: app.authenticate(SUPPLIERS, 'stock:write'),
    },
    async (request) => {
      const contentType = request.headers['content-type']
      return await uploadStock(
        deps,
        supplierOf(request.caller),
        formatOf(contentType),
        request.body as AsyncIterable<Uint8Array>,
        { charset: charsetIn(contentType), dryRun: request.query.dryRun === 'true' },
      )
    },
  )

  app.post(
    '/pharmacy/stock-uploads/corrections',
    {
      schema: {
        operationId: 'listStockCorrections',
        tags: ['pharmacy'],
        summary: 'What is to be mended in a file, as a file · 下载购销存明细的更正清单',
        description: 'Reads a file as `uploadStock` does and keeps nothing of it.',
        ...sentTable,
        response: { 200: correctionsAnswer },
      },
      config: { refusals: ['not-yours'] },
      bodyLimit: TABLE_LIMIT,
      onRequest: app.authenticate(SUPPLIERS, 'stock:write'),
    },
    async (request, reply) => {
      const contentType = request.headers['content-type']
      const csv = await stockCorrections(
        deps,
        supplierOf(request.caller),
        formatOf(contentType),
        request.body as AsyncIterable<Uint8Array>,
        charsetIn(contentType),
      )
      return await sendCorrections(reply, csv)
    },
  )

  app.get(
    '/pharmacy/stock-uploads',
    {
      schema: {
        operationId: 'listStockUploads',
        tags: ['pharmacy'],
        summary: 'Own uploads, newest first · 查询上传记录',
        querystring: uploadQuery,
        response: { 200: uploadList },
      },
      config: { refusals: ['not-yours'] },
      onRequest: app.authenticate(SUPPLIERS, 'stock:write'),
    },
    async (request) => {
      const caller = supplierOf(request.caller)
      const limit = Number(request.query.limit ?? PAGE)
      return { uploads: await listUploads(deps, caller, caller.institutionId, limit) }
    },
  )

  app.get(
    '/pharmacy/stock-match',
    {
      schema: {
        operationId: 'matchOwnStock',
        tags: ['pharmacy'],
        summary: 'Own books against the dispenses · 本店购销存比对',
        querystring: matchQuery,
        response: { 200: stockMatch },
      },
      config: { refusals: ['not-yours'] },
      onRequest: app.authenticate(SUPPLIERS, 'stock:write'),
    },
    async (request) => {
      const caller = supplierOf(request.caller)
      const { from, to, after, limit } = request.query
      return await matchStock(deps, caller, caller.institutionId, from, to, after, sizeOf(limit))
    },
  )

  const supervises = { onRequest: app.authenticate('agency', 'report:read') }

  app.get(
    '/agency/stock-match/:institutionId',
    {
      schema: {
        operationId: 'matchStock',
        tags: ['agency'],
        summary: "A pharmacy's books against its dispenses · 药店购销存比对",
        params: matchParams,
        querystring: matchQuery,
        response: { 200: stockMatch },
      },
      ...supervises,
    },
    async (request) => {
      const { from, to, after, limit } = request.query
      const { institutionId } = request.params
      return await matchStock(deps, request.caller, institutionId, from, to, after, sizeOf(limit))
    },
  )

  app.get(
    '/agency/overdue-uploads',
    {
      schema: {
        operationId: 'listOverdueUploads',
        tags: ['agency'],
        summary: 'Pharmacies whose books are late · 逾期未上传购销存的药店',
        response: { 200: overdueUploads },
      },
      config: { refusals: ['policy-missing', 'policy-not-cited'] },
      ...supervises,
    },
    async (request) => await listOverdue(deps, request.caller),
  )
}

function supplierOf(caller: Caller): Caller & { readonly institutionId: string } {
  const { institutionId } = caller
  if (institutionId === undefined) throw new Problem('not-yours')
  return { ...caller, institutionId }
}

function sizeOf(limit: string | undefined): number | undefined {
  return limit === undefined ? undefined : Number(limit)
}
