import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import { paidBackBody, refundParams } from '../../../schemas/refund.ts'
import { Problem } from '../../domain/problems.ts'
import type { Fields } from '../../domain/text/form-text.ts'
import type { Deps } from '../../usecases/deps.ts'
import { closeRefund, readRefunds } from '../../usecases/refunds.ts'
import type { Hub } from '../plugins/hub.ts'
import { statusOf } from '../plugins/problem-details.ts'
import { checkedBy } from './checked.ts'
import { atCounter, formBody, sendCounterPage, writeOf } from './counter.ts'
import { type Refusal, refusalOf } from './fault-words.ts'
import { refundsPage } from './pages/refunds-page.ts'

/** Refunds of a page. */
const PAGE = 50

const query = {
  type: 'object',
  properties: { notice: { type: 'string', maxLength: 40 }, after: { type: 'string', format: 'uuid' } },
} as const
const payingBack = checkedBy<FromSchema<typeof paidBackBody>>(paidBackBody)

/** `/counter/refunds`: what the pharmacy owes patients, and that it was paid back. */
export function refundRoutes(app: Hub, deps: Deps): void {
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    asked: { after?: string; notice?: string },
    refusal?: Refusal,
  ) => {
    const person = atCounter(request)
    const { regionCode, institutionId } = person.supplier
    const refunds = await readRefunds(deps, regionCode, { pharmacyId: institutionId }, asked.after, PAGE)
    const shown = {
      title: refusal === undefined ? '退费' : '错误：退费',
      current: '/counter/refunds',
      told: asked.notice,
    }
    return await sendCounterPage(reply, deps, person, shown, refundsPage(person, refunds, refusal))
  }

  app.get(
    '/counter/refunds',
    { schema: { hide: true, querystring: query } as const },
    async (request, reply) => show(request, reply, request.query),
  )
  app.post(
    '/counter/refunds/:refundId',
    { schema: { hide: true, params: refundParams, body: formBody } as const },
    async (request, reply) => {
      const person = atCounter(request)
      const { state, reference = '' } = request.body as Fields
      try {
        const closing =
          state === 'nothing-taken'
            ? ({ state } as const)
            : ({ state: 'paid-back', ...payingBack({ reference: reference.trim() }) } as const)
        await closeRefund(deps, person.supplier, writeOf(person, request), request.params.refundId, closing)
        return reply.redirect('/counter/refunds?notice=refunded', 303)
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        request.problemCode = error.code
        return await show(request, reply.code(statusOf(error.code)), {}, refusalOf(error))
      }
    },
  )
}
