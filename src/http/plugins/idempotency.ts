import { createHash } from 'node:crypto'
import type { FastifyRequest, preHandlerAsyncHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { Problem } from '../../domain/problems.ts'
import type { WriteRequest } from '../../usecases/write.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * A `preHandler` that demands an `Idempotency-Key` and fills `request.write`.
     *
     * @param callerIdOf for routes without `authenticate`
     */
    idempotent(callerIdOf?: (request: FastifyRequest) => string): preHandlerAsyncHookHandler
  }
  interface FastifyRequest {
    /** Filled by `app.idempotent()`. */
    readonly write: WriteRequest
    /** What `write` gives out, or null before the hook ran. */
    writeClaim: WriteRequest | null
  }
}

const needsKey = new WeakSet<object>()

/** True for a hook that `app.idempotent` made; the API description follows it. */
export function isIdempotencyHook(hook: unknown): boolean {
  return typeof hook === 'function' && needsKey.has(hook)
}

/** Reads and checks the `Idempotency-Key` header of writes. */
export const idempotency = fp(
  async (app) => {
    app.decorateRequest('writeClaim', null)
    app.decorateRequest('write', {
      getter() {
        if (this.writeClaim === null) throw new Error('the route has no app.idempotent() hook')
        return this.writeClaim
      },
    })
    app.decorate('idempotent', (callerIdOf = (request: FastifyRequest) => request.caller.id) => {
      const hook: preHandlerAsyncHookHandler = async (request) => {
        const callerId = callerIdOf(request)
        request.writeClaim = { callerId, key: keyOf(request), digest: digestOf(request, callerId) }
      }
      needsKey.add(hook)
      return hook
    })
  },
  { name: 'idempotency', dependencies: ['authentication'] },
)

function keyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key']
  if (key === undefined || key === '') throw new Problem('idempotency-key-missing')
  if (typeof key === 'string' && /^[\x21-\x7e]{16,255}$/.test(key)) return key
  throw new Problem('malformed', {
    fields: [
      {
        path: '/headers/idempotency-key',
        keyword: 'pattern',
        message: {
          zh: '应为 16 至 255 个可见 ASCII 字符。',
          en: 'Must be 16 to 255 visible ASCII characters.',
        },
      },
    ],
  })
}

/** SHA-256 over caller, method, route, its parameters and the body. */
function digestOf(request: FastifyRequest, callerId: string): Buffer {
  const said = JSON.stringify(
    [
      callerId,
      request.method,
      request.routeOptions.url,
      request.params ?? null,
      request.query ?? null,
      Buffer.isBuffer(request.body) ? request.body.toString('base64') : (request.body ?? null),
    ],
    sortedKeys,
  )
  return createHash('sha256').update(said).digest()
}

/** The same content in another order of members is the same request. */
function sortedKeys(_name: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
