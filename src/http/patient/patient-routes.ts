import cookie from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../../usecases/deps.ts'
import { isOwnForm } from '../pages/own-form.ts'
import { sendPage } from '../pages/send-page.ts'
import { takeForms } from '../plugins/bodies.ts'
import type { Hub } from '../plugins/hub.ts'
import { asProblem, statusOf } from '../plugins/problem-details.ts'
import { choiceRoute } from './choose.ts'
import { decisionRoutes } from './decision.ts'
import { leaveRoute } from './leave.ts'
import { refusalPage } from './pages/refusal.ts'
import { STYLE, STYLE_PATH } from './pages/style.ts'
import { papersRoute } from './papers.ts'
import { secondFactorRoute } from './second-factor.ts'
import { viewRoute } from './view.ts'

/** Enough for any of the forms. */
const FORM_LIMIT = 4096

/**
 * The patient's pages. Plain forms that answer with a redirect, no script; refusals are pages too, because a person
 * reads them. Nothing but a POST changes anything: robots open links to make previews.
 */
export async function patientRoutes(app: Hub, deps: Deps): Promise<void> {
  await app.register(cookie)
  takeForms(app, FORM_LIMIT)
  app.setErrorHandler((error, request: FastifyRequest, reply: FastifyReply) => {
    const problem = asProblem(error)
    const status = statusOf(problem.code)
    request.problemCode = problem.code
    if (problem.code === 'internal-error') request.log.error({ err: error }, 'request failed')
    return sendPage(reply.code(status), refusalPage(problem.code, deps.mode === 'sandbox'))
  })
  // A person reads the refusals, so they are pages, too.
  app.addHook('onRoute', (route) => {
    const always = ['x-robots-tag'] as const
    route.config = {
      ...route.config,
      refusalType: 'text/html',
      answerHeaders: { ...route.config?.answerHeaders, always },
    }
  })
  app.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'POST' || isOwnForm(request.headers)) return
    const { token } = request.params as { token: string }
    const page = request.url.startsWith('/d/') ? 'd' : 'p'
    return reply.redirect(`/${page}/${encodeURIComponent(token)}?notice=form-old`, 303)
  })
  viewRoute(app, deps)
  secondFactorRoute(app, deps)
  choiceRoute(app, deps)
  papersRoute(app, deps)
  leaveRoute(app, deps)
  decisionRoutes(app, deps)
  app.get(STYLE_PATH, { schema: { hide: true } }, async (_request, reply) =>
    reply
      .type('text/css; charset=utf-8')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(STYLE),
  )
}
