import type { FastifyReply, FastifyRequest } from 'fastify'
import { paperParams } from '../../../schemas/clearing.ts'
import type { PaperKind } from '../../usecases/clearing/papers.ts'
import type { Deps } from '../../usecases/deps.ts'
import { visitOf } from '../../usecases/patient/find-patient.ts'
import { patientPaper } from '../../usecases/patient/patient-papers.ts'
import { paperAnswer, sendFile } from '../clearing/readings.ts'
import type { Hub } from '../plugins/hub.ts'
import { backTo, linkParams, seeOther } from './link-page.ts'
import { readSession } from './session-cookie.ts'

const params = {
  type: 'object',
  additionalProperties: false,
  required: ['token', 'paper'],
  properties: { ...linkParams.properties, paper: paperParams.properties.paper },
} as const

const paramsOfSettlement = {
  type: 'object',
  additionalProperties: false,
  required: ['token', 'settlementId', 'paper'],
  properties: { ...linkParams.properties, ...paperParams.properties },
} as const

const response = { 200: paperAnswer, 303: seeOther } as const
const config = { refusals: ['link-unknown', 'paper-unavailable'] } as const

/**
 * `GET /p/{token}/papers/{settlementId}/{paper}`: 结算单, 费用清单 or 收据 of one supply of the session's own
 * prescription; without a settlement, of the newest. Changes nothing.
 */
export function papersRoute(app: Hub, deps: Deps): void {
  app.get(
    '/p/:token/papers/:paper',
    {
      schema: {
        operationId: 'readPatientPaper',
        tags: ['patient'],
        summary: "The patient's settlement statement, fee list or receipt as PDF · 患者单据",
        params,
        response,
      } as const,
      config: { refusals: [...config.refusals] },
    },
    async (request, reply) => await send(deps, request, reply, request.params),
  )
  app.get(
    '/p/:token/papers/:settlementId/:paper',
    {
      schema: {
        operationId: 'readPatientPaperOfSettlement',
        tags: ['patient'],
        summary: 'The same of an earlier supply · 历次取药单据',
        params: paramsOfSettlement,
        response,
      } as const,
      config: { refusals: [...config.refusals] },
    },
    async (request, reply) => await send(deps, request, reply, request.params),
  )
}

async function send(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: {
    readonly token: string
    readonly paper: PaperKind
    readonly settlementId?: string
  },
) {
  const { token, paper, settlementId } = asked
  const { patient } = await visitOf(deps, token, readSession(deps, request, token))
  if (patient === undefined) return backTo(reply, token, 'session-ended')
  reply.header('x-robots-tag', 'noindex, nofollow, noarchive')
  const file = await patientPaper(deps, patient, paper, settlementId)
  return await sendFile(reply, file, 'application/pdf', `${paper}.pdf`)
}
