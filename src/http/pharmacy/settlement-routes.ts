import { numberParams } from '../../../schemas/pharmacy.ts'
import { handedOver, quoted, settlementRequested } from '../../../schemas/pharmacy-supply.ts'
import { deferred, goodsReturned, ownSettlements, reversed, statement } from '../../../schemas/statement.ts'
import { deferSettlement } from '../../usecases/defer-settlement.ts'
import type { Deps } from '../../usecases/deps.ts'
import { handOver } from '../../usecases/hand-over.ts'
import { quoteForPharmacy } from '../../usecases/pharmacy/quote.ts'
import { listOwnSettlements, readStatement } from '../../usecases/pharmacy/statement.ts'
import { requestSettlement } from '../../usecases/request-settlement.ts'
import { returnGoods, returnSupplied } from '../../usecases/return-goods.ts'
import { reverseSettlement } from '../../usecases/reverse-settlement.ts'
import { marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'
import {
  deferBody,
  handOverBody,
  RETURN_REFUSALS,
  returnBody,
  reverseBody,
  supplyParams,
  supplyReturnBody,
} from './bodies.ts'
import { concerned, SUPPLIERS, supplierOf } from './guard.ts'
import { supplyBody } from './supply-body.ts'

/** What can be wrong with the packs of a supply. */
const PACK_REFUSALS = [
  'trace-code-used',
  'trace-code-unreadable',
  'trace-code-contradicts',
  'trace-code-twice',
  'pack-of-another-drug',
  'pack-size-unknown',
  'pack-size-contradicts',
  'pack-overdrawn',
  'packs-implausible',
] as const

/** From the quote to the hand-over, and the ways back. */
export function settlementRoutes(app: Hub, deps: Deps): void {
  const reads = { onRequest: app.authenticate(SUPPLIERS, 'dispense:read') }
  const writes = {
    onRequest: app.authenticate(SUPPLIERS, 'dispense:write'),
    preHandler: [concerned(deps), app.idempotent()],
  }

  app.post(
    '/pharmacy/prescriptions/:no/quote',
    {
      schema: {
        operationId: 'quoteSettlement',
        tags: ['pharmacy'],
        summary: 'What a settlement would come to now; it binds nobody · 预结算',
        params: numberParams,
        body: supplyBody,
        response: { 200: quoted },
      },
      config: {
        refusals: [
          'prescription-unknown',
          'price-not-reported',
          'quantity-exceeded',
          'line-priced-twice',
          'line-unknown',
          'amount-exceeded',
          'price-unclear',
          'policy-missing',
          'policy-not-cited',
          'settlement-facts-missing',
        ],
      },
      ...reads,
    },
    async (request) => await quoteForPharmacy(deps, supplierOf(request), request.params.no, request.body),
  )

  app.post(
    '/pharmacy/prescriptions/:no/settlement',
    {
      schema: {
        operationId: 'requestSettlement',
        tags: ['pharmacy'],
        summary: 'Ask for the settlement; the statement follows · 申请结算',
        params: numberParams,
        body: supplyBody,
        response: { 202: settlementRequested },
      },
      config: {
        refusals: [
          'prescription-unknown',
          'hold-lost',
          'wrong-state',
          'cancel-pending',
          'prescription-expired',
          'rules-failed',
          'quantity-exceeded',
          'line-priced-twice',
          'price-unclear',
          ...PACK_REFUSALS,
          'line-unknown',
          'amount-exceeded',
          'certificate-revoked',
          'policy-missing',
          'policy-not-cited',
        ],
      },
      ...writes,
    },
    async (request, reply) => {
      const { no } = request.params
      const answer = await requestSettlement(deps, supplierOf(request), request.write, no, request.body)
      return marked(reply, answer).code(202).send(answer.body)
    },
  )

  app.get(
    '/pharmacy/prescriptions/:no/settlement',
    {
      schema: {
        operationId: 'getStatement',
        tags: ['pharmacy'],
        summary: 'The statement: each amount with its layer, rule, figures and reason · 结算单',
        params: numberParams,
        response: { 200: statement },
      },
      config: { refusals: ['prescription-unknown', 'settlement-unknown'] },
      ...reads,
    },
    async (request) => await readStatement(deps, supplierOf(request), request.params.no),
  )

  app.get(
    '/pharmacy/prescriptions/:no/settlements',
    {
      schema: {
        operationId: 'listOwnSettlements',
        tags: ['pharmacy'],
        summary: 'Own settlements of a prescription with their papers, newest first · 历次结算及单据',
        params: numberParams,
        response: { 200: ownSettlements },
      },
      config: { refusals: ['prescription-unknown'] },
      ...reads,
    },
    async (request) => {
      const { no } = request.params
      return { prescriptionNo: no, settlements: await listOwnSettlements(deps, supplierOf(request), no) }
    },
  )

  app.post(
    '/pharmacy/prescriptions/:no/defer',
    {
      schema: {
        operationId: 'deferSettlement',
        tags: ['pharmacy'],
        summary: 'Hand over against full payment when settling takes too long · 转手工报销',
        params: numberParams,
        body: deferBody,
        response: { 200: deferred },
      },
      config: {
        refusals: ['prescription-unknown', 'hold-lost', 'wrong-state', 'settlement-not-overdue'],
      },
      ...writes,
    },
    async (request, reply) => {
      const { no } = request.params
      const { reasonCode } = request.body
      const answer = await deferSettlement(deps, supplierOf(request), request.write, no, reasonCode)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )

  app.post(
    '/pharmacy/prescriptions/:no/reverse',
    {
      schema: {
        operationId: 'reverseSettlement',
        tags: ['pharmacy'],
        summary: 'Take the settlement back before the hand-over · 冲正结算',
        params: numberParams,
        body: reverseBody,
        response: { 200: reversed },
      },
      config: { refusals: ['prescription-unknown', 'hold-lost', 'wrong-state'] },
      ...writes,
    },
    async (request, reply) => {
      const { no } = request.params
      const { reasonCode, patientPaid } = request.body
      const caller = supplierOf(request)
      const answer = await reverseSettlement(deps, caller, request.write, no, reasonCode, patientPaid)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )

  app.post(
    '/pharmacy/prescriptions/:no/hand-over',
    {
      schema: {
        operationId: 'handOver',
        tags: ['pharmacy'],
        summary: 'Hand over against the signed statement, with batches and trace codes · 交付',
        params: numberParams,
        body: handOverBody,
        response: { 200: handedOver },
      },
      config: {
        refusals: [
          'prescription-unknown',
          'hold-lost',
          'wrong-state',
          'prescription-expired',
          'collection-over',
          'rules-failed',
          'quantity-exceeded',
          'not-as-settled',
          ...PACK_REFUSALS,
        ],
      },
      ...writes,
    },
    async (request, reply) => {
      const { no } = request.params
      const answer = await handOver(deps, supplierOf(request), request.write, no, request.body)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )

  app.post(
    '/pharmacy/prescriptions/:no/return',
    {
      schema: {
        operationId: 'returnGoods',
        tags: ['pharmacy'],
        summary: 'Take back the only supply of a prescription; the settlement is reversed · 退药',
        params: numberParams,
        body: returnBody,
        response: { 200: goodsReturned },
      },
      config: { refusals: ['prescription-unknown', 'supply-ambiguous', ...RETURN_REFUSALS] },
      ...writes,
    },
    async (request, reply) => {
      const { no } = request.params
      const answer = await returnGoods(deps, supplierOf(request), request.write, no, request.body)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )

  app.post(
    '/pharmacy/dispenses/:dispenseId/returns',
    {
      schema: {
        operationId: 'returnSupply',
        tags: ['pharmacy'],
        summary: 'Take back a supply or some of it, whatever became of the prescription · 按次退药',
        description:
          'The settlement is reversed whole, and what the patient keeps is settled anew at the same prices, by the same policy.',
        params: supplyParams,
        body: supplyReturnBody,
        response: { 200: goodsReturned },
      },
      config: { refusals: RETURN_REFUSALS },
      onRequest: app.authenticate(SUPPLIERS, 'dispense:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const goods = { ...request.body, dispenseId: request.params.dispenseId }
      const answer = await returnSupplied(deps, supplierOf(request), request.write, goods)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )
}
