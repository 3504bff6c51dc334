import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Problem } from '../../domain/problems.ts'
import { type SharedCounts, sharedStore } from './shared-rates.ts'

/** Requests a minute; 0 is no limit. */
export interface RateLimits {
  readonly perClient: number
  readonly perAddress: number
  /** Where processes count together; without it each counts for itself. */
  readonly shared?: SharedCounts
}

const MINUTE_MS = 60_000
/** Keys that are remembered; the oldest go first. */
const REMEMBERED = 20_000

/** The address of the caller; of IPv6 the network, because a caller has a whole one. */
export function addressOf(request: FastifyRequest): string {
  return `ip:${normalizeIP(request.ip)}`
}

/**
 * Limits what one client, and what one address, may ask in a minute.
 *
 * The address is counted before authentication, so that guessing is limited too; the client after it.
 * Counted over all processes where they share counters, else per process. A route opts out with
 * `config: { rateLimit: false }` or sets its own `max`.
 */
export const rateLimits = fp(
  async (app, limits: RateLimits) => {
    await app.register(rateLimit, {
      global: limits.perClient > 0,
      max: limits.perClient,
      timeWindow: MINUTE_MS,
      cache: REMEMBERED,
      ...(limits.shared === undefined ? {} : { store: sharedStore(limits.shared) }),
      enableDraftSpec: true,
      keyGenerator: (request) => request.authenticated?.id ?? addressOf(request),
      errorResponseBuilder: () => new Problem('too-many-requests'),
    })
    if (limits.perAddress === 0) return
    const perAddress = app.createRateLimit({
      max: limits.perAddress,
      timeWindow: MINUTE_MS,
      keyGenerator: addressOf,
    })
    app.addHook('onRequest', async (request, reply) => {
      if (request.routeOptions.config.rateLimit === false) return
      const count = await perAddress(request)
      if (count.isAllowed || !count.isExceeded) return
      reply.headers({
        'ratelimit-limit': count.max,
        'ratelimit-remaining': 0,
        'ratelimit-reset': count.ttlInSeconds,
        'retry-after': count.ttlInSeconds,
      })
      throw new Problem('too-many-requests')
    })
  },
  { name: 'rate-limits', dependencies: ['authentication'] },
)
