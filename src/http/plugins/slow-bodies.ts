import { PassThrough, type Readable } from 'node:stream'
import fp from 'fastify-plugin'
import { Problem } from '../../domain/problems.ts'

/** What the plugin is given. */
export interface BodyPatience {
  /** The largest body of a route that does not set its own limit, in bytes: those that take more are uploads. */
  readonly ordinaryBytes: number
  /** How long the body of an ordinary route may take to come. */
  readonly seconds: number
  /** The same of an upload. */
  readonly uploadSeconds: number
}

/**
 * Ends bodies that come too slowly: a request whose body is not there in time is answered 408 and its connection is
 * closed. Nothing was done by then, because no route begins to work before its body is read; uploads are stored only
 * when they have come whole.
 */
export const slowBodies = fp(
  async (app, { ordinaryBytes, seconds, uploadSeconds }: BodyPatience) => {
    app.addHook('preParsing', async (request, reply, payload) => {
      // Most bodies came with their head.
      if (request.raw.complete) return payload
      const isUpload = request.routeOptions.bodyLimit > ordinaryBytes
      const { body, stopWaiting } = inTime(
        payload as Readable,
        (isUpload ? uploadSeconds : seconds) * 1000,
        () => void reply.header('connection', 'close'),
      )
      // A body that was refused by its announced length is never read to its end.
      reply.raw.once('finish', stopWaiting)
      reply.raw.once('close', stopWaiting)
      return body
    })
  },
  { name: 'slow-bodies' },
)

/** The same bytes; fails with `request-too-slow` when they have not all come within `ms` milliseconds. */
function inTime(
  body: Readable,
  ms: number,
  onLate: () => void,
): { readonly body: Readable; stopWaiting(): void } {
  const passed = new PassThrough()
  // A route that never looks at its body must not end the process with an error that nobody hears.
  passed.on('error', () => {})
  const timer = setTimeout(() => {
    onLate()
    body.unpipe(passed)
    passed.destroy(new Problem('request-too-slow'))
  }, ms)
  const stopWaiting = () => clearTimeout(timer)
  body.once('end', stopWaiting)
  body.once('close', stopWaiting)
  body.once('error', (error) => passed.destroy(error))
  passed.once('close', stopWaiting)
  return { body: body.pipe(passed), stopWaiting }
}
