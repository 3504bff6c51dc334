import type { Deps } from '../../usecases/deps.ts'
import { visitOf } from '../../usecases/patient/find-patient.ts'
import { endSession } from '../../usecases/patient/open-session.ts'
import { isSameSecret } from '../../usecases/secrets.ts'
import type { Hub } from '../plugins/hub.ts'
import { backTo, linkParams, seeOther } from './link-page.ts'
import { dropSession, readSession } from './session-cookie.ts'

const body = {
  type: 'object',
  additionalProperties: false,
  required: ['form'],
  properties: { form: { type: 'string', maxLength: 100, description: 'From the form of the session' } },
} as const

/** `POST /p/{token}/leave`: ends the session, for a phone that others use too. */
export function leaveRoute(app: Hub, deps: Deps): void {
  app.post(
    '/p/:token/leave',
    {
      schema: {
        operationId: 'leavePatientPage',
        tags: ['patient'],
        summary: 'End the session · 安全退出',
        consumes: ['application/x-www-form-urlencoded'],
        params: linkParams,
        body,
        response: { 303: seeOther },
      } as const,
      config: { refusals: ['link-unknown'], answerHeaders: { success: ['set-cookie'] } },
    },
    async (request, reply) => {
      const { token } = request.params
      const session = readSession(deps, request, token)
      const { patient } = await visitOf(deps, token, session)
      if (patient === undefined || session === undefined) return backTo(reply, token, 'left')
      if (!isSameSecret(request.body.form, patient.formToken)) return backTo(reply, token, 'form-old')
      await endSession(deps, session)
      dropSession(deps, reply, token)
      return backTo(reply, token, 'left')
    },
  )
}
