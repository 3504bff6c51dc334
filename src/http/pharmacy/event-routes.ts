import { Readable } from 'node:stream'
import { feedPage, feedQuery, streamQuery } from '../../../schemas/feed.ts'
import type { FeedSignal } from '../../storage/feed-signal.ts'
import type { Deps } from '../../usecases/deps.ts'
import { readFeed, requireCursor } from '../../usecases/feed.ts'
import type { Hub } from '../plugins/hub.ts'
import { addressOf } from '../plugins/rate-limit.ts'
import { eventStream } from './event-stream.ts'
import { SUPPLIERS, supplierOf } from './guard.ts'
import { OpenStreams, type StreamCaps } from './open-streams.ts'

/** What event streams need beside the use cases. */
export interface EventParts {
  readonly signal: FeedSignal
  /** The clock by which tokens live. */
  readonly machineClock: () => Date
  readonly streamCaps: StreamCaps
  /** The longest silence; 10 seconds, well below the 15 that are promised and the patience of common proxies. */
  readonly heartbeatMs?: number
}

/** Entries of a page when the caller names no number, and of one read of a stream. */
const PAGE = 100
const HEARTBEAT_MS = 10_000
/** What a stream that was told to end may take to deliver what it had begun. */
const LAST_WORDS_MS = 2_000

/** What happens to prescriptions that concern the pharmacy: as pages, and as a stream. */
export function eventRoutes(app: Hub, deps: Deps, parts: EventParts): void {
  const onRequest = app.authenticate(SUPPLIERS, 'dispense:read')
  const streams = new OpenStreams(parts.streamCaps, () => app.isDraining())
  app.addHook('preClose', async () => streams.endAll())
  app.addHook('onClose', async () => parts.signal.close())

  app.get(
    '/pharmacy/events',
    {
      schema: {
        operationId: 'listPharmacyEvents',
        tags: ['pharmacy'],
        summary: 'What happened, oldest first, by cursor · 处方事件',
        description:
          'What happens to prescriptions that the patient brings to the pharmacy, or takes away from it. No event is ever ' +
          'skipped.',
        querystring: feedQuery,
        response: { 200: feedPage },
      },
      config: { refusals: ['cursor-unknown'] },
      onRequest,
    },
    async (request) => {
      const { after, limit } = request.query
      return await readFeed(deps.pool, supplierOf(request), after, Number(limit ?? PAGE))
    },
  )

  app.get(
    '/pharmacy/events/stream',
    {
      schema: {
        operationId: 'streamPharmacyEvents',
        tags: ['pharmacy'],
        summary: 'The same as server-sent events; resume by Last-Event-ID · 处方事件推送',
        description:
          'Each event carries its cursor as `id`, its type as `event` and the entry of `GET /pharmacy/events`, cursor ' +
          'included, as `data`. A comment comes at least every 15 seconds. The stream ends with the token or the ' +
          'process: connect again with a new token and the last `id`.',
        querystring: streamQuery,
        headers: {
          type: 'object',
          properties: {
            'last-event-id': {
              type: 'string',
              maxLength: 200,
              description: 'The `id` of the last event that was handled; goes before `after`',
              examples: ['7461.18'],
            },
          },
        },
        produces: ['text/event-stream'],
        response: {
          200: {
            description: 'A stream of events',
            content: { 'text/event-stream': { schema: { type: 'string' } } },
          },
        },
      },
      config: { refusals: ['cursor-unknown'], answerHeaders: { success: ['x-accel-buffering'] } },
      onRequest,
    },
    async (request, reply) => {
      const supplier = supplierOf(request)
      const resumedFrom = lastEventId(request.headers)
      if (resumedFrom !== undefined) requireCursor(resumedFrom, '/headers/last-event-id')
      const after = resumedFrom ?? request.query.after
      const { caller } = request
      const { signal, end, close } = streams.open({
        clientId: caller.id,
        institutionId: supplier.institutionId,
        address: addressOf(request),
      })
      const read = async (from: string | undefined) => {
        // A client that was ended or changed hears nothing more, whatever its token says.
        if (await app.stillHolds(caller)) return await readFeed(deps.pool, supplier, from, PAGE)
        end()
        return { entries: [], next: from ?? '' }
      }
      reply.raw.once('close', close)
      const stream = Readable.from(
        eventStream({
          first: await read(after).catch((error: unknown) => {
            close()
            throw error
          }),
          read,
          pageSize: PAGE,
          signal,
          subscribe: (wake) => parts.signal.subscribe(supplier.institutionId, wake),
          heartbeatMs: parts.heartbeatMs ?? HEARTBEAT_MS,
        }),
        { objectMode: false },
      )
      const expiry = setTimeout(end, msUntilEnd(request.user, parts.machineClock()))
      stream.once('close', () => clearTimeout(expiry))
      signal.addEventListener('abort', () => setTimeout(() => stream.destroy(), LAST_WORDS_MS).unref())
      return await reply
        .header('content-type', 'text/event-stream; charset=utf-8')
        // A proxy that compresses would keep events back until its block is full (RFC 9111 5.2.2.6).
        .header('cache-control', 'no-cache, no-store, no-transform')
        .header('x-accel-buffering', 'no')
        // Its type is that of the text that it delivers.
        .send(stream as unknown as string)
    },
  )
}

function lastEventId(headers: Readonly<Record<string, unknown>>): string | undefined {
  const id = headers['last-event-id']
  return typeof id === 'string' && id !== '' ? id : undefined
}

/** Milliseconds until the access token ends; a stream is not to outlive it. */
function msUntilEnd(claims: object, now: Date): number {
  const { exp } = claims as { exp?: number }
  return Math.max(0, (exp ?? 0) * 1000 - now.getTime())
}
