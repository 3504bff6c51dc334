import { paperParams } from '../../../schemas/clearing.ts'
import type { Deps } from '../../usecases/deps.ts'
import { linkOf, patientOf } from '../../usecases/patient/find-patient.ts'
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

/** `GET /p/{token}/papers/{paper}`: 结算单, 费用清单 or 收据 of the session's own prescription. Changes nothing. */
export function papersRoute(app: Hub, deps: Deps): void {
  app.get(
    '/p/:token/papers/:paper',
    {
      schema: {
        operationId: 'readPatientPaper',
        tags: ['patient'],
        summary: "The patient's settlement statement, fee list or receipt as PDF · 患者单据",
        params,
        response: { 200: paperAnswer, 303: seeOther },
      } as const,
      config: { refusals: ['link-unknown', 'paper-unavailable'] },
    },
    async (request, reply) => {
      const { token, paper } = request.params
      const link = await linkOf(deps, token)
      const patient = await patientOf(deps, link, readSession(deps, request, link))
      if (patient === undefined) return backTo(reply, token, 'session-ended') as never
      reply.header('x-robots-tag', 'noindex, nofollow, noarchive')
      const file = await patientPaper(deps, patient, paper)
      return (await sendFile(reply, file, 'application/pdf', `${paper}.pdf`)) as never
    },
  )
}
