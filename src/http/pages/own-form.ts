import type { FastifyRequest } from 'fastify'

/**
 * False for a form that another site made the browser send. The session's cookie would not come with it, and it could
 * not know the form's token; this also keeps others from spending somebody's tries at a door.
 */
export function isOwnForm(headers: FastifyRequest['headers']): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  // Browsers that don't say so; `null` is what they send where nothing is to be referred from, as here.
  const { origin } = headers
  return origin === undefined || origin === 'null' || origin.replace(/^https?:\/\//, '') === headers.host
}
