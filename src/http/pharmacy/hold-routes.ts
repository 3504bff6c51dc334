import {
  buyerChecked,
  dossier,
  holdRenewed,
  inbox,
  inboxQuery,
  numberParams,
  released,
  reviewed,
  takeBody,
  taken,
} from '../../../schemas/pharmacy.ts'
import { checkBuyer } from '../../usecases/check-buyer.ts'
import type { Deps } from '../../usecases/deps.ts'
import { readDossier } from '../../usecases/pharmacy/dossier.ts'
import { readInbox } from '../../usecases/pharmacy/inbox.ts'
import { releasePrescription } from '../../usecases/release-prescription.ts'
import { renewHold } from '../../usecases/renew-hold.ts'
import { reviewPrescription } from '../../usecases/review-prescription.ts'
import { takePrescription } from '../../usecases/take-prescription.ts'
import { marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'
import { buyerBody, releaseBody, reviewBody } from './bodies.ts'
import { concerned, SUPPLIERS, supplierOf } from './guard.ts'

/** Entries of a page when the caller names no number. */
const PAGE = 50

/** From the inbox to the pharmacist's review: see, take, renew, review, release. */
export function holdRoutes(app: Hub, deps: Deps): void {
  const reads = { onRequest: app.authenticate(SUPPLIERS, 'dispense:read') }
  const writes = {
    onRequest: app.authenticate(SUPPLIERS, 'dispense:write'),
    preHandler: [concerned(deps), app.idempotent()],
  }

  app.get(
    '/pharmacy/inbox',
    {
      schema: {
        operationId: 'listPharmacyInbox',
        tags: ['pharmacy'],
        summary: 'What waits for the pharmacy, without personal data · 待配处方列表',
        querystring: inboxQuery,
        response: { 200: inbox },
      },
      ...reads,
    },
    async (request) => {
      const { after, state, limit } = request.query
      return await readInbox(deps, supplierOf(request), { after, state, limit: Number(limit ?? PAGE) })
    },
  )

  app.get(
    '/pharmacy/prescriptions/:no',
    {
      schema: {
        operationId: 'getPharmacyPrescription',
        tags: ['pharmacy'],
        summary: 'Balances, hold, review and money; the document while held or once supplied · 处方详情',
        params: numberParams,
        response: { 200: dossier },
      },
      config: { refusals: ['prescription-unknown'] },
      ...reads,
    },
    async (request) => await readDossier(deps, supplierOf(request), request.params.no),
  )

  app.post(
    '/pharmacy/takes',
    {
      schema: {
        operationId: 'takePrescription',
        tags: ['pharmacy'],
        summary: 'Take and hold, by number or pick-up code; of many at once one wins · 接收并锁定处方',
        body: takeBody,
        response: { 200: taken },
      },
      config: {
        refusals: [
          'prescription-unknown',
          'pickup-code-wrong',
          'held-by-another',
          'prescription-expired',
          'wrong-state',
          'rules-failed',
          'policy-missing',
          'policy-not-cited',
        ],
      },
      onRequest: writes.onRequest,
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const answer = await takePrescription(deps, supplierOf(request), request.write, request.body)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )

  app.post(
    '/pharmacy/prescriptions/:no/renew-hold',
    {
      schema: {
        operationId: 'renewHold',
        tags: ['pharmacy'],
        summary: 'Hold on, as often as the policy allows · 续锁',
        params: numberParams,
        response: { 200: holdRenewed },
      },
      config: {
        refusals: [
          'prescription-unknown',
          'hold-lost',
          'wrong-state',
          'cancel-pending',
          'prescription-expired',
          'hold-not-renewable',
        ],
      },
      ...writes,
    },
    async (request, reply) => {
      const answer = await renewHold(deps, supplierOf(request), request.write, request.params.no)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )

  app.post(
    '/pharmacy/prescriptions/:no/review',
    {
      schema: {
        operationId: 'reviewPrescription',
        tags: ['pharmacy'],
        summary: "The licensed pharmacist's review; a refusal ends the prescription · 药师审方",
        params: numberParams,
        body: reviewBody,
        response: { 200: reviewed },
      },
      config: {
        refusals: [
          'prescription-unknown',
          'hold-lost',
          'wrong-state',
          'cancel-pending',
          'prescription-expired',
          'rules-failed',
        ],
      },
      ...writes,
    },
    async (request, reply) => {
      const { no } = request.params
      const answer = await reviewPrescription(deps, supplierOf(request), request.write, no, request.body)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )

  app.post(
    '/pharmacy/prescriptions/:no/buyer',
    {
      schema: {
        operationId: 'checkBuyer',
        tags: ['pharmacy'],
        summary: 'Record who buys, checked before the settlement; the newest check counts · 核对购药人',
        params: numberParams,
        body: buyerBody,
        response: { 200: buyerChecked },
      },
      config: {
        refusals: [
          'prescription-unknown',
          'hold-lost',
          'wrong-state',
          'cancel-pending',
          'prescription-expired',
          'rules-failed',
        ],
      },
      ...writes,
    },
    async (request, reply) => {
      const { no } = request.params
      const answer = await checkBuyer(deps, supplierOf(request), request.write, no, request.body)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )

  app.post(
    '/pharmacy/prescriptions/:no/release',
    {
      schema: {
        operationId: 'releasePrescription',
        tags: ['pharmacy'],
        summary: 'Give it back; a cancel that waits takes effect · 退回处方',
        params: numberParams,
        body: releaseBody,
        response: { 200: released },
      },
      config: { refusals: ['prescription-unknown', 'hold-lost', 'wrong-state', 'prescription-expired'] },
      ...writes,
    },
    async (request, reply) => {
      const { no } = request.params
      const { reasonCode } = request.body
      const answer = await releasePrescription(deps, supplierOf(request), request.write, no, reasonCode)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )
}
