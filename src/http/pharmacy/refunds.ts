import { paidBackBody, refund, refundPage, refundParams, refundQuery } from '../../../schemas/refund.ts'
import type { Deps } from '../../usecases/deps.ts'
import { closeRefund, readRefunds } from '../../usecases/refunds.ts'
import { limitOf, marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'
import { SUPPLIERS, supplierOf } from './guard.ts'

/** What the supplier owes patients. */
export function refundRoutes(app: Hub, deps: Deps): void {
  const writes = {
    onRequest: app.authenticate(SUPPLIERS, 'dispense:write'),
    preHandler: app.idempotent(),
    config: { refusals: ['refund-unknown', 'refund-closed-already'] as const },
  }
  app.get(
    '/pharmacy/refunds',
    {
      schema: {
        operationId: 'listOwnRefunds',
        tags: ['pharmacy'],
        summary: 'What is owed to patients, and what was paid back · 应退患者款项',
        querystring: refundQuery,
        response: { 200: refundPage },
      } as const,
      onRequest: app.authenticate(SUPPLIERS, 'dispense:read'),
    },
    async (request) => {
      const { regionCode, institutionId } = supplierOf(request)
      const { after, limit, ...filter } = request.query
      return await readRefunds(
        deps,
        regionCode,
        { ...filter, pharmacyId: institutionId },
        after,
        limitOf(limit),
      )
    },
  )
  app.post(
    '/pharmacy/refunds/:refundId/paid-back',
    {
      schema: {
        operationId: 'payRefundBack',
        tags: ['pharmacy'],
        summary: 'The patient has the money back · 已退款',
        params: refundParams,
        body: paidBackBody,
        response: { 200: refund },
      } as const,
      ...writes,
    },
    async (request, reply) => {
      const { reference } = request.body
      const { refundId } = request.params
      const closing = { state: 'paid-back', reference } as const
      const answer = await closeRefund(deps, supplierOf(request), request.write, refundId, closing)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )
  app.post(
    '/pharmacy/refunds/:refundId/nothing-taken',
    {
      schema: {
        operationId: 'denyRefund',
        tags: ['pharmacy'],
        summary: 'Nothing was paid at the till, so nothing is owed · 未收款',
        params: refundParams,
        response: { 200: refund },
      } as const,
      ...writes,
    },
    async (request, reply) => {
      const { refundId } = request.params
      const closing = { state: 'nothing-taken' } as const
      const answer = await closeRefund(deps, supplierOf(request), request.write, refundId, closing)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )
}
