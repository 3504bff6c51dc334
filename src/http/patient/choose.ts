import { Problem } from '../../domain/problems.ts'
import type { Deps } from '../../usecases/deps.ts'
import { chooseFromPage } from '../../usecases/patient/choose.ts'
import { visitOf } from '../../usecases/patient/find-patient.ts'
import { isSameSecret } from '../../usecases/secrets.ts'
import type { Hub } from '../plugins/hub.ts'
import { backTo, linkParams, seeOther } from './link-page.ts'
import { NOTICES } from './pages/words.ts'
import { readSession } from './session-cookie.ts'

const body = {
  type: 'object',
  additionalProperties: false,
  required: ['form', 'pharmacy'],
  properties: {
    form: { type: 'string', maxLength: 100, description: 'From the form of the session' },
    pharmacy: { type: 'string', pattern: '^[A-Z][0-9]{11}$', examples: ['P44140200001'] },
  },
} as const

/** `POST /p/{token}/choice`: the patient chooses a pharmacy, or another one. */
export function choiceRoute(app: Hub, deps: Deps): void {
  app.post(
    '/p/:token/choice',
    {
      schema: {
        operationId: 'choosePharmacy',
        tags: ['patient'],
        summary: 'Choose a pharmacy, or another one · 选择药店',
        consumes: ['application/x-www-form-urlencoded'],
        params: linkParams,
        body,
        response: { 303: seeOther },
      } as const,
      config: { refusals: ['link-unknown'] },
    },
    async (request, reply) => {
      const { token } = request.params
      const { patient } = await visitOf(deps, token, readSession(deps, request, token))
      if (patient === undefined) return backTo(reply, token, 'session-ended')
      if (!isSameSecret(request.body.form, patient.formToken)) return backTo(reply, token, 'form-old')
      try {
        await chooseFromPage(deps, patient, request.body.pharmacy)
        return backTo(reply, token, 'chosen')
      } catch (error) {
        if (!(error instanceof Problem) || !Object.hasOwn(NOTICES, error.code)) throw error
        request.problemCode = error.code
        return backTo(reply, token, error.code)
      }
    },
  )
}
