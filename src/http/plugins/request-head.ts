import type { IncomingMessage } from 'node:http'
import fp from 'fastify-plugin'
import type { FieldFault } from '../../domain/field-fault.ts'
import { Problem } from '../../domain/problems.ts'

/** A host as RFC 3986 3.2.2 writes it, with its port; empty where the target has no authority (RFC 9112 3.2). */
const HOST = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~%!$&'()*+;=,-]*)(:\d{0,5})?$/

/**
 * Refuses heads that two readers could take for two different requests: another protocol than HTTP/1, more than one
 * `Host`, none in HTTP/1.1, or one that is no host (RFC 9112, 2.3 and 3.2).
 */
export const requestHead = fp(
  async (app) => {
    app.addHook('onRequest', async ({ raw }) => {
      const fault = faultOfHead(raw)
      if (fault !== undefined) throw new Problem('malformed', { fields: [fault] })
    })
  },
  { name: 'request-head' },
)

/** What is wrong with the head of a request; undefined when it can mean one thing only. */
export function faultOfHead(
  head: Pick<IncomingMessage, 'httpVersion' | 'rawHeaders'>,
): FieldFault | undefined {
  const { httpVersion, rawHeaders } = head
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return PROTOCOL
  const hosts = rawHeaders.filter((_, place) => rawHeaders[place - 1]?.toLowerCase() === 'host' && place % 2)
  if (hosts.length > 1 || (hosts.length === 0 && httpVersion === '1.1')) return ONE_HOST
  return hosts.every((host) => HOST.test(host)) ? undefined : NO_HOST
}

const PROTOCOL: FieldFault = {
  path: '/protocol',
  keyword: 'protocol',
  message: { zh: '须使用 HTTP/1.1。', en: 'Must be HTTP/1.1.' },
}
const ONE_HOST: FieldFault = {
  path: '/headers/host',
  keyword: 'once',
  message: { zh: 'Host 须恰好出现一次。', en: 'Host must be there exactly once.' },
}
const NO_HOST: FieldFault = {
  path: '/headers/host',
  keyword: 'host',
  message: {
    zh: 'Host 须为主机名及端口，例如 hub.example:443。',
    en: 'Host must be a host name with its port, such as hub.example:443.',
  },
}
