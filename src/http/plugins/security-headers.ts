import helmet from '@fastify/helmet'
import fp from 'fastify-plugin'

/**
 * Headers that make a browser careful.
 *
 * Pages may use style sheets, pictures, forms and event streams of the hub itself, and no script. A page
 * that needs a script says so at its route: `helmet: { contentSecurityPolicy: … }`.
 */
export const securityHeaders = fp(
  async (app, options: { readonly publicUrl: string }) => {
    const overTls = options.publicUrl.startsWith('https:')
    await app.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          formAction: ["'self'"],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
          ...(overTls ? { upgradeInsecureRequests: [] } : {}),
        },
      },
      // The address of a patient's page is a secret: no other site may learn it.
      referrerPolicy: { policy: 'no-referrer' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
      strictTransportSecurity: overTls ? { maxAge: 31_536_000, includeSubDomains: true } : false,
      xFrameOptions: { action: 'deny' },
    })
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=()')
      // Routes that may be cached say so themselves.
      reply.header('cache-control', 'no-store')
    })
  },
  { name: 'security-headers' },
)
