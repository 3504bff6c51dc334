import type { Socket } from 'node:net'
import { normalizeIP } from '@fastify/rate-limit'
import fp from 'fastify-plugin'
import { Counter } from 'prom-client'

/** Connections that may be open at once; 0 is no limit. */
export interface ConnectionCaps {
  readonly inAll: number
  readonly perAddress: number
}

/**
 * Bounds the connections of the process, and of each address, so that nobody holds all of them by opening them and
 * saying nothing. One too many is closed at once: to answer it would cost what the cap is to save.
 *
 * Of IPv6 the network counts, because a caller has a whole one.
 */
export const connectionCaps = fp(
  async (app, { inAll, perAddress }: ConnectionCaps) => {
    const refused = new Counter({
      name: 'hub_connections_refused_total',
      help: 'Connections closed at once because as many as allowed were open, by whose cap it was',
      labelNames: ['cap'],
      registers: [app.metrics],
    })
    if (inAll > 0) app.server.maxConnections = inAll
    app.server.on('drop', () => refused.inc({ cap: 'process' }))
    if (perAddress === 0) return
    const open = new Map<string, number>()
    app.server.on('connection', (socket: Socket) => {
      if (socket.remoteAddress === undefined) return
      const address = normalizeIP(socket.remoteAddress)
      const count = (open.get(address) ?? 0) + 1
      if (count > perAddress) {
        refused.inc({ cap: 'address' })
        socket.destroy()
        return
      }
      open.set(address, count)
      socket.once('close', () => {
        const left = (open.get(address) ?? 1) - 1
        if (left === 0) open.delete(address)
        else open.set(address, left)
      })
    })
  },
  { name: 'connection-caps', dependencies: ['request-metrics'] },
)
