import { Problem } from '../../domain/problems.ts'
import type { Deps } from '../../usecases/deps.ts'
import { openSession } from '../../usecases/patient/open-session.ts'
import type { Hub } from '../plugins/hub.ts'
import { backTo, linkParams, secondFactorBody, seeOther } from './link-page.ts'
import { giveSession } from './session-cookie.ts'

/** `POST /p/{token}`: the second factor. Right or wrong, the answer leads back to the page, which says which it was. */
export function secondFactorRoute(app: Hub, deps: Deps): void {
  app.post(
    '/p/:token',
    {
      schema: {
        operationId: 'openPatientSession',
        tags: ['patient'],
        summary: 'Pass the second factor of a patient link · 验证身份',
        consumes: ['application/x-www-form-urlencoded'],
        params: linkParams,
        body: secondFactorBody,
        response: { 303: seeOther },
      } as const,
      config: {
        refusals: ['link-unknown', 'link-locked'],
        answerHeaders: { success: ['set-cookie'] },
      },
    },
    async (request, reply) => {
      const { token } = request.params
      try {
        const session = await openSession(deps, token, request.body.ending)
        giveSession(deps, reply, token, session)
        return backTo(reply, token)
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        request.problemCode = error.code
        if (error.code === 'malformed') return backTo(reply, token, 'six-needed')
        if (error.code === 'second-factor-wrong') return backTo(reply, token)
        throw error
      }
    },
  )
}
