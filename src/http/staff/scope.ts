import cookie from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../../domain/problems.ts'
import { STAFF_ROLES, type StaffRole } from '../../domain/staff/roles.ts'
import { isSameSecret } from '../../usecases/secrets.ts'
import { personOf, type StaffPerson } from '../../usecases/staff/session.ts'
import type { StaffDeps } from '../../usecases/staff/staff-deps.ts'
import { isOwnForm } from '../pages/own-form.ts'
import { refusalPage } from '../pages/refusal-page.ts'
import { sendPage } from '../pages/send-page.ts'
import type { ShellPerson } from '../pages/shell.ts'
import { takeForms } from '../plugins/bodies.ts'
import type { Hub } from '../plugins/hub.ts'
import { asProblem, statusOf } from '../plugins/problem-details.ts'
import { readStaffSession } from './staff-cookie.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in, on the pages of staff; null while nobody is. */
    person: StaffPerson | null
  }
}

/** The rights of scripts on these pages: the hub's own modules, and only they. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/**
 * What all pages of staff have: forms and nothing else come in, from the hub's own pages only; the person of the
 * session is known; refusals are pages.
 *
 * @param formLimit bytes
 */
export async function staffScope(app: Hub, staff: StaffDeps, formLimit: number): Promise<void> {
  await app.register(cookie)
  takeForms(app, formLimit)
  app.decorateRequest('person', null)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('content-security-policy', POLICY)
    if (request.method === 'POST' && !isOwnForm(request.headers)) throw new Problem('form-outdated')
    // What a module of a page fetches is no use of the session (Fetch Metadata: no document is asked for).
    const isUse = request.headers['sec-fetch-dest'] !== 'empty'
    request.person = (await personOf(staff, readStaffSession(request, staff.publicUrl), isUse)) ?? null
  })
  app.addHook('preHandler', async ({ method, person, body }) => {
    if (method !== 'POST' || person === null) return
    const { form = '' } = (body ?? {}) as { form?: string }
    if (!isSameSecret(form, person.formToken)) throw new Problem('form-outdated')
  })
  app.setErrorHandler((error, request: FastifyRequest, reply: FastifyReply) => {
    const problem = asProblem(error)
    request.problemCode = problem.code
    if (problem.code === 'internal-error') request.log.error({ err: error }, 'request failed')
    if (problem.code === 'sign-in-needed') {
      // A form is not sent again after signing in: whoever signs in may be somebody else.
      const next = request.method === 'GET' ? request.url : ''
      return reply.redirect(`/staff/sign-in?next=${encodeURIComponent(next)}`, 303)
    }
    return sendPage(
      reply.code(statusOf(problem.code)),
      refusalPage(problem.code, staff.mode === 'sandbox', request.id),
    )
  })
}

/**
 * Who is signed in, with one of these roles.
 *
 * @throws Problem sign-in-needed, role-lacking
 */
export function signedIn(
  { person }: Pick<FastifyRequest, 'person'>,
  roles: readonly StaffRole[],
): StaffPerson {
  if (person === null) throw new Problem('sign-in-needed')
  if (!roles.includes(person.role)) throw new Problem('role-lacking')
  return person
}

/** The person as the top of a page shows it. @param place name of the institution */
export function shellPerson(
  person: StaffPerson,
  place: string,
  places: ShellPerson['places'],
  current?: string,
): ShellPerson {
  return {
    name: person.name,
    role: STAFF_ROLES[person.role].zh,
    place,
    formToken: person.formToken,
    places,
    ...(current === undefined ? {} : { current }),
  }
}
