import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Html, render } from './html.ts'

/** Sends a page that nobody keeps, indexes or is referred from. */
export function sendPage(reply: FastifyReply, page: Html): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .headers({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow, noarchive' })
    .send(render(page))
}

/** True when a person's browser asks: it names pages among what it takes, and carries no token. */
export function wantsPage({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return headers.authorization === undefined && headers.accept?.includes('text/html') === true
}
