import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import { disputeBody, exportParams, monthParams } from '../../../schemas/clearing.ts'
import { Problem } from '../../domain/problems.ts'
import type { Fields } from '../../domain/text/form-text.ts'
import { disputeLine } from '../../usecases/clearing/dispute.ts'
import {
  confirmStatement,
  ownStatements,
  pageOfLines,
  readStatement,
} from '../../usecases/clearing/statement.ts'
import type { Deps } from '../../usecases/deps.ts'
import { sendExport } from '../clearing/readings.ts'
import type { Hub } from '../plugins/hub.ts'
import { statusOf } from '../plugins/problem-details.ts'
import { checkedBy } from './checked.ts'
import { atCounter, formBody, noticeQuery, sendCounterPage, writeOf } from './counter.ts'
import { type Refusal, refusalOf } from './fault-words.ts'
import { monthPage, monthsPage } from './pages/months-page.ts'

/** Lines of a page. */
const PAGE = 100

const lineQuery = {
  type: 'object',
  properties: { ...noticeQuery.properties, after: { type: 'string', format: 'uuid' } },
} as const
const disputing = checkedBy<FromSchema<typeof disputeBody>>(disputeBody)

/** `/counter/months`: the pharmacy's statements; confirm one, or dispute a line of it. */
export function monthRoutes(app: Hub, deps: Deps): void {
  const current = '/counter/months'
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    month: string,
    asked: { after?: string; notice?: string },
    failed: { refusal?: Refusal; typed?: Fields } = {},
  ) => {
    const person = atCounter(request)
    const [view, lines] = await Promise.all([
      readStatement(deps, person.caller, month),
      pageOfLines(deps, person.caller, month, undefined, asked.after, PAGE),
    ])
    const next = lines.length === PAGE ? lines.at(-1)!.postingId : undefined
    const shown = {
      title: `${failed.refusal === undefined ? '' : '错误：'}${month} 清算单`,
      current,
      told: asked.notice,
    }
    return await sendCounterPage(
      reply,
      deps,
      person,
      shown,
      monthPage(person, view, { lines, next, ...failed }),
    )
  }
  const trying = async (
    request: FastifyRequest,
    reply: FastifyReply,
    month: string,
    told: string,
    work: () => Promise<unknown>,
  ) => {
    try {
      await work()
      return reply.redirect(`/counter/months/${month}?notice=${told}`, 303)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      request.problemCode = error.code
      const typed = request.body as Fields
      reply.code(statusOf(error.code))
      return await show(request, reply, month, {}, { refusal: refusalOf(error), typed })
    }
  }

  app.get('/counter/months', { schema: { hide: true } }, async (request, reply) => {
    const person = atCounter(request)
    const statements = await ownStatements(deps, person.supplier)
    return await sendCounterPage(reply, deps, person, { title: '对账', current }, monthsPage(statements))
  })
  app.get(
    '/counter/months/:month',
    { schema: { hide: true, params: monthParams, querystring: lineQuery } as const },
    async (request, reply) => show(request, reply, request.params.month, request.query),
  )
  app.get(
    '/counter/months/:month/export/:form',
    { schema: { hide: true, params: exportParams } as const },
    async (request, reply) => {
      const { month, form } = request.params
      return await sendExport(deps, { caller: atCounter(request).caller, month }, form, reply)
    },
  )
  const schema = { hide: true, params: monthParams, body: formBody } as const
  app.post('/counter/months/:month/confirm', { schema }, async (request, reply) => {
    const person = atCounter(request)
    const { month } = request.params
    return await trying(request, reply, month, 'confirmed', () =>
      confirmStatement(deps, writeOf(person, request), { caller: person.caller, month }),
    )
  })
  app.post('/counter/months/:month/disputes', { schema }, async (request, reply) => {
    const person = atCounter(request)
    const { month } = request.params
    const { line = '', reason = '', words = '' } = request.body as Fields
    return await trying(request, reply, month, 'disputed', () =>
      disputeLine(
        deps,
        writeOf(person, request),
        { caller: person.caller, month },
        disputing({ postingId: line, reasonCode: reason, reason: words.trim() }),
      ),
    )
  })
}
