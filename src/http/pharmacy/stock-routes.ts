import { shelf, shelfQuery, stockReport, stockReported } from '../../../schemas/pharmacy-stock.ts'
import type { Deps } from '../../usecases/deps.ts'
import { readShelf, reportStock } from '../../usecases/pharmacy/shelf.ts'
import { marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'
import { SUPPLIERS, supplierOf } from './guard.ts'

/** Entries of a page when the caller names no number. */
const PAGE = 100

/** What a pharmacy has, and at what price. */
export function stockRoutes(app: Hub, deps: Deps): void {
  app.put(
    '/pharmacy/stock',
    {
      schema: {
        operationId: 'reportStock',
        tags: ['pharmacy'],
        summary: 'Report stock and prices; drugs that are not named stay as they are · 上报库存和价格',
        body: stockReport,
        response: { 200: stockReported },
      },
      config: { refusals: ['drug-unknown'] },
      onRequest: app.authenticate(SUPPLIERS, 'stock:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const answer = await reportStock(deps, supplierOf(request), request.write, request.body)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )

  app.get(
    '/pharmacy/stock',
    {
      schema: {
        operationId: 'listStock',
        tags: ['pharmacy'],
        summary: 'What the pharmacy last reported · 查询本店库存',
        querystring: shelfQuery,
        response: { 200: shelf },
      },
      onRequest: app.authenticate(SUPPLIERS, 'dispense:read'),
    },
    async (request) => {
      const { after, limit } = request.query
      return await readShelf(deps, supplierOf(request), { after, limit: Number(limit ?? PAGE) })
    },
  )
}
