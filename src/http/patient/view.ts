import { Problem } from '../../domain/problems.ts'
import type { Deps } from '../../usecases/deps.ts'
import { visitOf } from '../../usecases/patient/find-patient.ts'
import { viewPrescription } from '../../usecases/patient/view-prescription.ts'
import { sendPage } from '../pages/send-page.ts'
import type { Hub } from '../plugins/hub.ts'
import { addressOf, linkParams, noticeQuery, pageAnswer } from './link-page.ts'
import { prescriptionPage } from './pages/prescription.ts'
import { secondFactorPage } from './pages/second-factor.ts'
import { readSession } from './session-cookie.ts'

/** `GET /p/{token}`: the prescription, or the question for the second factor. Changes nothing. */
export function viewRoute(app: Hub, deps: Deps): void {
  app.get(
    '/p/:token',
    {
      schema: {
        operationId: 'openPatientPage',
        tags: ['patient'],
        summary: 'The page of a patient link · 患者处方页',
        params: linkParams,
        querystring: noticeQuery,
        response: { 200: pageAnswer },
      } as const,
      config: { refusals: ['link-unknown', 'link-locked'] },
    },
    async (request, reply) => {
      const { token } = request.params
      const { notice } = request.query
      const { link, patient } = await visitOf(deps, token, readSession(deps, request, token))
      if (patient !== undefined) {
        const view = await viewPrescription(deps, patient)
        const form = { token: patient.formToken, address: addressOf(token), notice }
        return sendPage(reply, prescriptionPage(view, form))
      }
      if (link.isLocked) throw new Problem('link-locked')
      return sendPage(
        reply,
        secondFactorPage({
          isSandbox: deps.mode === 'sandbox',
          attemptsLeft: link.attemptsLeft,
          attempts: deps.settings.linkAttempts,
          notice,
        }),
      )
    },
  )
}
