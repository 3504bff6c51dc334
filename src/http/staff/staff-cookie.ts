import type { FastifyReply, FastifyRequest } from 'fastify'

/** Over TLS the name itself keeps other hosts and plain HTTP from setting it (RFC 6265bis, 4.1.3.2). */
function nameOf(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-staff' : 'staff'
}

function attributes(publicUrl: string) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: publicUrl.startsWith('https:') } as const
}

/** The value of the cookie; undefined when there is none. */
export function readStaffSession(request: FastifyRequest, publicUrl: string): string | undefined {
  const value = request.cookies[nameOf(publicUrl)]
  return value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined
}

/** Gives the session to the browser until it is closed; the hub ends it before. */
export function giveStaffSession(reply: FastifyReply, publicUrl: string, session: string): void {
  reply.setCookie(nameOf(publicUrl), session, attributes(publicUrl))
}

/** Takes it back. */
export function dropStaffSession(reply: FastifyReply, publicUrl: string): void {
  reply.clearCookie(nameOf(publicUrl), attributes(publicUrl))
}
