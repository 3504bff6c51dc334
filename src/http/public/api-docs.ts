import { createHash } from 'node:crypto'
import swaggerUi from '@fastify/swagger-ui'
import { eventCatalogue } from '../description/events.ts'
import type { Hub } from '../plugins/hub.ts'

/**
 * The page needs its own scripts and inline styles; it shows nothing but the public description.
 * `connect-src` allows trying calls out against this hub only.
 */
const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** The bar on top would offer to read the description of somebody else. */
const OWN_STYLE = '.swagger-ui .topbar { display: none }'

export interface ApiDocsOptions {
  readonly mode: 'sandbox' | 'production'
  readonly publicUrl: string
  readonly version: string
}

/**
 * `GET /openapi.json`, `GET /asyncapi.json` with the events of callbacks, and in a sandbox the readable page at `/docs`, with assets of our own. A production has no such page:
 * its visitors are people, who have pages of their own.
 */
export async function apiDocsRoutes(app: Hub, options: ApiDocsOptions): Promise<void> {
  const { mode, publicUrl, version } = options
  // The routes are fixed once the application is ready, so one description serves the life of the process.
  let made: { readonly bytes: Buffer; readonly etag: string } | undefined
  app.get('/openapi.json', { schema: { hide: true } }, async (request, reply) => {
    made ??= tagged(JSON.stringify(app.swagger()))
    void reply.header('cache-control', 'public, max-age=300').header('etag', made.etag)
    if (names(request.headers['if-none-match'], made.etag)) return reply.code(304).send()
    return reply.type('application/json; charset=utf-8').send(made.bytes)
  })
  const events = tagged(JSON.stringify(eventCatalogue(publicUrl, version)))
  app.get('/asyncapi.json', { schema: { hide: true } }, async (request, reply) => {
    void reply.header('cache-control', 'public, max-age=300').header('etag', events.etag)
    if (names(request.headers['if-none-match'], events.etag)) return reply.code(304).send()
    return reply.type('application/json; charset=utf-8').send(events.bytes)
  })
  if (mode === 'production') return
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: DOCS_POLICY,
    logLevel: 'warn',
    uiConfig: {
      docExpansion: 'none',
      deepLinking: true,
      validatorUrl: null,
      tagsSorter: 'alpha',
      showExtensions: true,
    },
    theme: {
      title: 'Dual-channel e-prescription hub · API',
      css: [{ filename: 'own.css', content: OWN_STYLE }],
    },
  })
}

function tagged(text: string): { bytes: Buffer; etag: string } {
  const bytes = Buffer.from(text)
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url')}"` }
}

/** True when `If-None-Match` names the tag, strong or weak (RFC 9110, 13.1.2). */
function names(condition: string | undefined, etag: string): boolean {
  if (condition === undefined) return false
  return condition.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')))
}
