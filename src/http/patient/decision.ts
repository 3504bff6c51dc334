import { Problem } from '../../domain/problems.ts'
import type { Deps } from '../../usecases/deps.ts'
import { decisionLink, readDecision } from '../../usecases/patient/read-decision.ts'
import { sendPage } from '../pages/send-page.ts'
import type { Hub } from '../plugins/hub.ts'
import { linkParams, noticeQuery, pageAnswer, secondFactorBody, seeOther } from './link-page.ts'
import { decisionGate, decisionPage } from './pages/decision.ts'

/** `/d/{token}`: a decision about a person, behind the second factor. Looking changes nothing. @see SX-4.2, FS-4.2b */
export function decisionRoutes(app: Hub, deps: Deps): void {
  app.get(
    '/d/:token',
    {
      schema: {
        operationId: 'openDecisionPage',
        tags: ['patient'],
        summary: 'The page of a decision, before the second factor · 办理结果页',
        params: linkParams,
        querystring: noticeQuery,
        response: { 200: pageAnswer },
      } as const,
      config: { refusals: ['link-unknown', 'link-locked'] },
    },
    async (request, reply) => {
      const { attemptsLeft } = await decisionLink(deps, request.params.token)
      return sendPage(
        reply,
        decisionGate({
          isSandbox: deps.mode === 'sandbox',
          attemptsLeft,
          attempts: deps.settings.linkAttempts,
          notice: request.query.notice,
        }),
      )
    },
  )
  app.post(
    '/d/:token',
    {
      schema: {
        operationId: 'readDecision',
        tags: ['patient'],
        summary: 'Read a decision after the second factor · 查看办理结果',
        consumes: ['application/x-www-form-urlencoded'],
        params: linkParams,
        body: secondFactorBody,
        response: { 200: pageAnswer, 303: seeOther },
      } as const,
      config: { refusals: ['link-unknown', 'link-locked'] },
    },
    async (request, reply) => {
      const { token } = request.params
      try {
        const view = await readDecision(deps, token, request.body.ending)
        return sendPage(reply, decisionPage(view, deps.mode === 'sandbox'))
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        request.problemCode = error.code
        if (error.code !== 'malformed' && error.code !== 'second-factor-wrong') throw error
        const query = error.code === 'malformed' ? '?notice=six-needed' : ''
        return reply
          .header('x-robots-tag', 'noindex')
          .redirect(`/d/${encodeURIComponent(token)}${query}`, 303)
      }
    },
  )
}
