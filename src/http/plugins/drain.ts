import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    /** True from the moment the process was told to end: readiness says no, streams should end. */
    isDraining(): boolean
    /** Says so before `close`, so that balancers look away while the server still answers. */
    startDraining(): void
  }
}

/** Lets the process end without a request lost. */
export const drain = fp(
  async (app) => {
    let draining = false
    app.decorate('isDraining', () => draining)
    app.decorate('startDraining', () => {
      draining = true
    })
    // Else an answer that was under way at the end leaves its connection open, and `close` waits for it.
    app.addHook('onSend', async (_request, reply) => {
      if (draining) reply.header('connection', 'close')
    })
    app.addHook('preClose', async () => {
      draining = true
    })
  },
  { name: 'drain' },
)
