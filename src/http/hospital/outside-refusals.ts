import { pageLimit } from '../../../schemas/common.ts'
import { refusalPage, refusalRecord, refusalReport } from '../../../schemas/hospital.ts'
import { codeSchema } from '../../domain/codes.ts'
import type { Deps } from '../../usecases/deps.ts'
import { readRefusals, reportRefusal } from '../../usecases/hospital/outside-refusals.ts'
import { institutionOf, limitOf, marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'

const body = {
  type: 'object',
  additionalProperties: false,
  required: ['physicianId', 'drugCode', 'refusedOn', 'reasonCode'],
  properties: { ...refusalReport, reasonCode: codeSchema('outside-refusal-reasons') },
  examples: [
    {
      physicianId: 'D441402000001',
      drugCode: 'XN07XXD130E002010102774',
      refusedOn: '2026-11-20',
      reasonCode: 'not-indicated',
    },
  ],
} as const

/** `…/hospital/outside-prescription-refusals`: refused requests for outside prescriptions. @see MZ-9.3 */
export function outsideRefusalRoutes(app: Hub, deps: Deps): void {
  app.post(
    '/hospital/outside-prescription-refusals',
    {
      schema: {
        operationId: 'reportOutsideRefusal',
        tags: ['hospital'],
        summary: 'Report a refused request for an outside prescription · 登记拒绝外配处方',
        body,
        response: { 201: refusalRecord },
      } as const,
      onRequest: app.authenticate('hospital', 'prescription:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const caller = institutionOf(request.caller)
      const answer = await reportRefusal(deps, caller, request.write, request.body)
      return marked(reply, answer).code(201).send(answer.body)
    },
  )
  app.get(
    '/hospital/outside-prescription-refusals',
    {
      schema: {
        operationId: 'listOwnOutsideRefusals',
        tags: ['hospital'],
        summary: "The hospital's own reports of refused outside prescriptions · 本院拒绝外配处方记录",
        querystring: {
          type: 'object',
          additionalProperties: false,
          properties: { after: { type: 'string', format: 'uuid' }, limit: pageLimit },
        },
        response: { 200: refusalPage },
      } as const,
      onRequest: app.authenticate('hospital', 'prescription:read'),
    },
    async (request) => {
      const { after, limit } = request.query
      return await readRefusals(deps, request.caller, {
        limit: limitOf(limit),
        ...(after === undefined ? {} : { after }),
      })
    },
  )
}
