import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../../domain/problems.ts'
import type { Fields } from '../../domain/text/form-text.ts'
import type { Deps } from '../../usecases/deps.ts'
import { readShelf } from '../../usecases/pharmacy/shelf.ts'
import { uploadStock } from '../../usecases/stock/upload-stock.ts'
import type { Hub } from '../plugins/hub.ts'
import { statusOf } from '../plugins/problem-details.ts'
import { atCounter, formBody, sendCounterPage } from './counter.ts'
import { stockPage } from './pages/stock-page.ts'

/** Drugs of a page. */
const PAGE = 100

const query = {
  type: 'object',
  properties: { notice: { type: 'string', maxLength: 40 }, after: { type: 'string', maxLength: 40 } },
} as const

/** `/counter/stock`: what the pharmacy last reported, and its books as a table to paste or choose. */
export function stockRoutes(app: Hub, deps: Deps): void {
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    asked: { after?: string; notice?: string },
    failed: { problem?: Problem; typed?: string; tried?: number } = {},
  ) => {
    const person = atCounter(request)
    const shelf = await readShelf(deps, person.supplier, { after: asked.after, limit: PAGE })
    const shown = {
      title: failed.problem === undefined ? '库存' : '错误：库存',
      current: '/counter/stock',
      told: asked.notice,
    }
    return await sendCounterPage(reply, deps, person, shown, stockPage(person, shelf, failed))
  }

  app.get('/counter/stock', { schema: { hide: true, querystring: query } as const }, async (request, reply) =>
    show(request, reply, request.query),
  )
  app.post('/counter/stock', { schema: { hide: true, body: formBody } as const }, async (request, reply) => {
    const { supplier } = atCounter(request)
    const { table = '', only = '' } = request.body as Fields
    const dryRun = only === 'try'
    try {
      const source = Readable.from([Buffer.from(table, 'utf8')])
      const { repeated, lines } = await uploadStock(deps, supplier, 'csv', source, { dryRun })
      if (dryRun) return await show(request, reply, {}, { typed: table, tried: lines })
      return reply.redirect(`/counter/stock?notice=${repeated ? 'stock-repeated' : 'stock-taken'}`, 303)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      request.problemCode = error.code
      return await show(request, reply.code(statusOf(error.code)), {}, { problem: error, typed: table })
    }
  })
}
