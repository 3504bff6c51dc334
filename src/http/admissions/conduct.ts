import { institutionId } from '../../../schemas/admissions.ts'
import { pageLimit } from '../../../schemas/common.ts'
import {
  complaintFiled,
  complaintId,
  complaintPage,
  complaintRequest,
  creditAnswer,
  handlingAnswer,
  handlingRequest,
  liftAnswer,
  liftRequest,
  sanctionAnswer,
  sanctionRequest,
} from '../../../schemas/conduct.ts'
import { fileComplaint, handleComplaint, listComplaints } from '../../usecases/admissions/complaints.ts'
import { readCreditRecord } from '../../usecases/admissions/credit-record.ts'
import { imposeSanction, liftSanction, type NewSanction } from '../../usecases/admissions/sanctions.ts'
import type { Deps } from '../../usecases/deps.ts'
import { limitOf, marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'

const BOTH = ['hospital', 'agency'] as const

/** `/admissions/sanctions`, `/complaints`, `/credit`: conduct and what follows. @see CQ-5.3, SC-P1, FS-4.2b */
export function conductRoutes(app: Hub, deps: Deps): void {
  app.post(
    '/admissions/sanctions',
    {
      schema: {
        operationId: 'imposeSanction',
        tags: ['admission'],
        summary: 'Put an institution, practitioner or person under a sanction · 作出处理',
        body: sanctionRequest,
        response: { 201: sanctionAnswer },
      } as const,
      config: { refusals: ['sanction-unknown', 'reference-unknown', 'register-conflict', 'policy-missing'] },
      onRequest: app.authenticate('agency', 'register:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const answer = await imposeSanction(deps, request.caller, request.write, request.body as NewSanction)
      return marked(reply, answer).code(201).send(answer.body)
    },
  )
  app.post(
    '/admissions/sanctions/lift',
    {
      schema: {
        operationId: 'liftSanction',
        tags: ['admission'],
        summary: 'End a sanction · 解除处理',
        body: liftRequest,
        response: { 200: liftAnswer },
      } as const,
      config: { refusals: ['entry-unknown'] },
      onRequest: app.authenticate('agency', 'register:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const answer = await liftSanction(deps, request.caller, request.write, request.body)
      return marked(reply, answer).send(answer.body)
    },
  )
  app.post(
    '/admissions/complaints',
    {
      schema: {
        operationId: 'fileComplaint',
        tags: ['admission'],
        summary: 'File a complaint or report · 登记投诉举报',
        body: complaintRequest,
        response: { 201: complaintFiled },
      } as const,
      config: { refusals: ['reference-unknown'] },
      onRequest: app.authenticate(BOTH, 'admission:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const answer = await fileComplaint(deps, request.caller, request.write, request.body)
      return marked(reply, answer).code(201).send(answer.body)
    },
  )
  app.get(
    '/admissions/complaints',
    {
      schema: {
        operationId: 'listComplaints',
        tags: ['admission'],
        summary: 'Complaints: all for the agency, else those the caller filed · 投诉举报清单',
        querystring: {
          type: 'object',
          additionalProperties: false,
          properties: { open: { type: 'string', enum: ['true', 'false'] }, limit: pageLimit },
        },
        response: { 200: complaintPage },
      } as const,
      onRequest: app.authenticate(BOTH, 'admission:read'),
    },
    async (request) => {
      const { open, limit } = request.query
      return await listComplaints(deps, request.caller, {
        ...(open === undefined ? {} : { isOpen: open === 'true' }),
        limit: limitOf(limit),
      })
    },
  )
  app.post(
    '/admissions/complaints/:id/handling',
    {
      schema: {
        operationId: 'handleComplaint',
        tags: ['admission'],
        summary: 'Record how a complaint was handled · 办理投诉举报',
        params: {
          type: 'object',
          additionalProperties: false,
          required: ['id'],
          properties: { id: complaintId },
        },
        body: handlingRequest,
        response: { 200: handlingAnswer },
      } as const,
      config: { refusals: ['not-yours', 'complaint-handled'] },
      onRequest: app.authenticate('agency', 'admission:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const { caller, params, body } = request
      const answer = await handleComplaint(deps, caller, request.write, params.id, body)
      return marked(reply, answer).send(answer.body)
    },
  )
  app.get(
    '/admissions/credit/:institutionId',
    {
      schema: {
        operationId: 'readCreditRecord',
        tags: ['admission'],
        summary: 'The credit record of an institution, for itself and the agency · 信用记录',
        params: {
          type: 'object',
          additionalProperties: false,
          required: ['institutionId'],
          properties: { institutionId },
        },
        response: { 200: creditAnswer },
      } as const,
      config: { refusals: ['not-yours'] },
      onRequest: app.authenticate(['hospital', 'pharmacy', 'agency'], 'register:read'),
    },
    async (request) => await readCreditRecord(deps, request.caller, request.params.institutionId),
  )
}
