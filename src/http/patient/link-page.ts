import type { FastifyReply } from 'fastify'

/** The secret of the link, as it stands in the address. Any text is taken: what is no link is answered as a page. */
export const linkParams = {
  type: 'object',
  additionalProperties: false,
  required: ['token'],
  properties: {
    token: {
      type: 'string',
      maxLength: 200,
      description: 'Secret of the link',
      examples: ['0123456789abcdefghijklmnopqrstuv'],
    },
  },
} as const

/** What opens a link: the second factor. */
export const secondFactorBody = {
  type: 'object',
  additionalProperties: false,
  required: ['ending'],
  properties: {
    ending: {
      type: 'string',
      maxLength: 200,
      description:
        'Last six characters of the identity number of the patient, as printed on the paper; the whole number is taken too',
      examples: ['04123X'],
    },
  },
} as const

/** Messengers add parameters of their own to links; they are ignored. */
export const noticeQuery = {
  type: 'object',
  properties: { notice: { type: 'string', description: 'What the page says first' } },
} as const

/** A page, as the API description tells it. */
export const pageAnswer = {
  description: 'A page in Chinese',
  content: { 'text/html': { schema: { type: 'string' } } },
} as const

/** The redirect after a form. */
export const seeOther = {
  description: 'Back to the page',
  headers: { location: { type: 'string' } },
  type: 'null',
} as const

/** The address of a link's page. */
export function addressOf(token: string): string {
  return `/p/${encodeURIComponent(token)}`
}

/** Answers a form. @param notice what the page says first */
export function backTo(reply: FastifyReply, token: string, notice?: string): FastifyReply {
  const query = notice === undefined ? '' : `?notice=${encodeURIComponent(notice)}`
  return reply.header('x-robots-tag', 'noindex').redirect(`${addressOf(token)}${query}`, 303)
}
