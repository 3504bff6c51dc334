import { prescriptionTrace } from '../../../schemas/agency.ts'
import { prescriptionNo } from '../../../schemas/common.ts'
import { cancelAnswer } from '../../../schemas/hospital.ts'
import { deferred, goodsReturned, reversed } from '../../../schemas/statement.ts'
import { codeSchema } from '../../domain/codes.ts'
import { tracePrescription } from '../../usecases/agency/trace-prescription.ts'
import { cancelPrescription } from '../../usecases/cancel-prescription.ts'
import { deferSettlement } from '../../usecases/defer-settlement.ts'
import type { Deps } from '../../usecases/deps.ts'
import { returnGoods, returnSupplied } from '../../usecases/return-goods.ts'
import { reverseSettlement } from '../../usecases/reverse-settlement.ts'
import {
  RETURN_REFUSALS,
  returnBody,
  reverseBody,
  supplyParams,
  supplyReturnBody,
} from '../pharmacy/bodies.ts'
import { marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'

const params = {
  type: 'object',
  additionalProperties: false,
  required: ['no'],
  properties: { no: prescriptionNo },
} as const

const cancelRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['reasonCode'],
  properties: { reasonCode: codeSchema('cancel-reasons') },
  examples: [{ reasonCode: 'duplicate' }],
} as const

const deferRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['reasonCode'],
  properties: { reasonCode: codeSchema('defer-reasons') },
  examples: [{ reasonCode: 'settlement-unavailable' }],
} as const

/** What an agency sees and does of a prescription of its region. @see MZ-6.7, MZ-10 */
export function agencyPrescriptionRoutes(app: Hub, deps: Deps): void {
  app.get(
    '/agency/prescriptions/:no',
    {
      schema: {
        operationId: 'tracePrescription',
        tags: ['agency'],
        summary: 'The whole story of a prescription, its events verified · 处方全程追溯',
        params,
        response: { 200: prescriptionTrace },
      } as const,
      config: { refusals: ['prescription-unknown'] },
      onRequest: app.authenticate('agency', 'prescription:read'),
    },
    async (request) => await tracePrescription(deps, request.caller, request.params.no),
  )
  app.post(
    '/agency/prescriptions/:no/cancel',
    {
      schema: {
        operationId: 'cancelAgencyPrescription',
        tags: ['agency'],
        summary: 'Cancel a prescription · 经办机构撤销处方',
        params,
        body: cancelRequest,
        response: { 200: cancelAnswer, 202: cancelAnswer },
      } as const,
      config: { refusals: ['prescription-unknown', 'prescription-expired', 'wrong-state'] },
      onRequest: app.authenticate('agency', 'prescription:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const { no } = request.params
      const answer = await cancelPrescription(
        deps,
        request.caller,
        request.write,
        no,
        request.body.reasonCode,
      )
      return marked(reply, answer)
        .code(answer.status as 200 | 202)
        .send(answer.body)
    },
  )
  app.post(
    '/agency/prescriptions/:no/defer',
    {
      schema: {
        operationId: 'deferAgencySettlement',
        tags: ['agency'],
        summary: 'Leave a settlement to manual reimbursement · 转手工报销',
        params,
        body: deferRequest,
        response: { 200: deferred },
      } as const,
      config: { refusals: ['prescription-unknown', 'prescription-expired', 'wrong-state', 'policy-missing'] },
      onRequest: app.authenticate('agency', 'money:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const { no } = request.params
      const answer = await deferSettlement(deps, request.caller, request.write, no, request.body.reasonCode)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )
  app.post(
    '/agency/prescriptions/:no/reverse',
    {
      schema: {
        operationId: 'reverseAgencySettlement',
        tags: ['agency'],
        summary: 'Reverse a settlement before the hand-over · 冲正结算',
        params,
        body: reverseBody,
        response: { 200: reversed },
      } as const,
      config: { refusals: ['prescription-unknown', 'prescription-expired', 'wrong-state', 'policy-missing'] },
      onRequest: app.authenticate('agency', 'money:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const { no } = request.params
      const { reasonCode, patientPaid } = request.body
      const answer = await reverseSettlement(deps, request.caller, request.write, no, reasonCode, patientPaid)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )
  app.post(
    '/agency/prescriptions/:no/return',
    {
      schema: {
        operationId: 'returnAgencyGoods',
        tags: ['agency'],
        summary: 'Record a return after the hand-over, for a pharmacy that cannot · 代录退药',
        params,
        body: returnBody,
        response: { 200: goodsReturned },
      } as const,
      config: { refusals: ['prescription-unknown', 'supply-ambiguous', ...RETURN_REFUSALS] },
      onRequest: app.authenticate('agency', 'money:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const { no } = request.params
      const answer = await returnGoods(deps, request.caller, request.write, no, request.body)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )
  app.post(
    '/agency/dispenses/:dispenseId/returns',
    {
      schema: {
        operationId: 'returnAgencySupply',
        tags: ['agency'],
        summary: 'Record that a supply or some of it came back, for a pharmacy that cannot · 代录按次退药',
        params: supplyParams,
        body: supplyReturnBody,
        response: { 200: goodsReturned },
      } as const,
      config: { refusals: RETURN_REFUSALS },
      onRequest: app.authenticate('agency', 'money:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const goods = { ...request.body, dispenseId: request.params.dispenseId }
      const answer = await returnSupplied(deps, request.caller, request.write, goods)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )
}
