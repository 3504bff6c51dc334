import { createHash, timingSafeEqual } from 'node:crypto'
import { Problem } from '../../domain/problems.ts'
import type { Hub } from '../plugins/hub.ts'

/** `GET /metrics`: numbers for Prometheus. @param token demanded as bearer token when given */
export function metricsRoute(app: Hub, token: string | undefined): void {
  app.get(
    '/metrics',
    {
      schema: {
        operationId: 'readMetrics',
        tags: ['public'],
        summary: 'Numbers for Prometheus · 监控指标',
        response: {
          200: {
            description: 'Prometheus text format',
            content: { 'text/plain': { schema: { type: 'string' } } },
          },
        },
      } as const,
      // Under the limits like every route: the page is long, and whoever guesses the token is slowed down.
      config: token === undefined ? {} : { refusals: ['unauthenticated'] },
    },
    async (request, reply) => {
      if (token !== undefined && !isSame(request.headers.authorization ?? '', `Bearer ${token}`))
        throw new Problem('unauthenticated')
      return reply.type(app.metrics.contentType).send(await app.metrics.metrics())
    },
  )
}

/** Compares in constant time. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
