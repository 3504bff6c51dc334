import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../../usecases/deps.ts'
import type { PatientSession } from '../../usecases/patient/open-session.ts'
import { hashOf } from '../../usecases/secrets.ts'

/** Links have a cookie each, so that two prescriptions can be open on one phone. */
function nameOf(deps: Deps, token: string): string {
  const name = `patient-${hashOf(token).toString('hex').slice(0, 12)}`
  return isSecure(deps) ? `__Secure-${name}` : name
}

function isSecure(deps: Deps): boolean {
  return deps.settings.publicUrl.startsWith('https:')
}

function attributes(deps: Deps) {
  return { path: '/p', httpOnly: true, sameSite: 'strict', secure: isSecure(deps) } as const
}

/** The value of the link's cookie; undefined when there is none. */
export function readSession(deps: Deps, request: FastifyRequest, token: string): string | undefined {
  const value = request.cookies[nameOf(deps, token)]
  return value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined
}

/** Gives the session to the browser for as long as it lives. */
export function giveSession(deps: Deps, reply: FastifyReply, token: string, session: PatientSession): void {
  const maxAge = deps.settings.sessionMinutes * 60
  reply.setCookie(nameOf(deps, token), session.session, { ...attributes(deps), maxAge })
}

/** Takes it back. */
export function dropSession(deps: Deps, reply: FastifyReply, token: string): void {
  reply.clearCookie(nameOf(deps, token), attributes(deps))
}
