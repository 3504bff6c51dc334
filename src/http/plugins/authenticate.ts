import { randomUUID } from 'node:crypto'
import jwt from '@fastify/jwt'
import type { onRequestAsyncHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { isScope, type Scope } from '../../../schemas/access.ts'
import { Problem } from '../../domain/problems.ts'
import type { Client, ClientKind } from '../../storage/access/clients.ts'
import type { SigningKeys } from '../../usecases/access/signing-keys.ts'
import type { Caller } from '../../usecases/deps.ts'

/** Who asks, as the access token says. `id` is the client; operators have no region, so theirs is empty. */
export interface ClientCaller extends Caller {
  readonly kind: ClientKind
  readonly scopes: readonly Scope[]
  /** Of the client when the token was granted. */
  readonly clientRevision: number
}

/** The claims of an access token, after RFC 9068. */
interface AccessClaims {
  readonly sub: string
  readonly kind: ClientKind
  readonly institution?: string
  readonly region?: string
  readonly scope: string
  /** The revision of the client that the token was granted for. */
  readonly client_revision: number
}

declare module '@fastify/jwt' {
  interface FastifyJWT {
    payload: object
    user: AccessClaims
  }
}

declare module 'fastify' {
  interface FastifyInstance {
    /** An `onRequest` hook that lets in callers of these kinds who hold the scope, and fills `request.caller`. */
    authenticate(kinds: ClientKind | readonly ClientKind[], scope: Scope): onRequestAsyncHookHandler
    /** True while the client is what it was when its token was given out: not ended, with the same scopes and keys. */
    stillHolds(caller: ClientCaller): Promise<boolean>
    /** Signs an access token. @param scopes already checked */
    signAccessToken(client: Client, scopes: readonly Scope[], seconds: number): Promise<string>
  }
  interface FastifyRequest {
    /** The caller of a route that has an `authenticate` hook. */
    readonly caller: ClientCaller
    /** The caller, or null while nobody is authenticated. */
    authenticated: ClientCaller | null
  }
}

const demands = new WeakMap<object, { kinds: readonly ClientKind[]; scope: Scope }>()

/** What a hook of `app.authenticate` demands; the API description follows it. */
export function demandOf(hook: unknown): { kinds: readonly ClientKind[]; scope: Scope } | undefined {
  return typeof hook === 'function' ? demands.get(hook) : undefined
}

/** Verified tokens that a process remembers. */
const REMEMBERED_TOKENS = 5_000
/** A remembered token is checked anew after this long, should a key be withdrawn. */
const REMEMBERED_MS = 500

/** What the plugin is given. */
export interface AuthenticationOptions {
  readonly issuer: string
  readonly keys: SigningKeys
  /** The clock of the machine. */
  readonly now: () => Date
  /** Asked at every request, so it must be cheap. */
  readonly standing: { holds(clientId: string, revision: number): Promise<boolean> }
}

/**
 * Access tokens: signed here with rotating ES256 keys, verified at each route. A token ends with its client,
 * and with any change of what the client may do or proves itself with; then the client asks for another.
 *
 * Tokens live by the clock of the machine, not by the one of the sandbox, because their clients do.
 */
export const authentication = fp(
  async (app, options: AuthenticationOptions) => {
    const { issuer, keys, now, standing } = options
    await app.register(jwt, {
      secret: {
        public: async (_request: unknown, token: unknown): Promise<string> => {
          const { kid } = (token as { header: { kid?: unknown } }).header
          const key = typeof kid === 'string' ? await keys.find(kid, now()) : undefined
          if (key === undefined) throw new Problem('unauthenticated')
          return key.publicPem
        },
        private: async () => (await keys.current(now())).privatePem,
      },
      decode: { complete: true },
      verify: {
        algorithms: ['ES256'],
        allowedIss: issuer,
        allowedAud: issuer,
        requiredClaims: ['iss', 'aud', 'exp', 'iat', 'sub', 'scope', 'kind', 'client_revision'],
        checkTyp: 'at+jwt',
        cache: REMEMBERED_TOKENS,
        cacheTTL: REMEMBERED_MS,
      },
    })

    const stillHolds = (caller: ClientCaller) => standing.holds(caller.id, caller.clientRevision)
    app.decorate('stillHolds', stillHolds)
    app.decorateRequest('authenticated', null)
    app.decorateRequest('caller', {
      getter() {
        if (this.authenticated === null) throw new Error('the route has no app.authenticate() hook')
        return this.authenticated
      },
    })

    app.decorate('authenticate', (kinds: ClientKind | readonly ClientKind[], scope: Scope) => {
      const admitted = typeof kinds === 'string' ? [kinds] : [...kinds]
      const hook: onRequestAsyncHookHandler = async (request) => {
        let claims: AccessClaims
        try {
          claims = await request.jwtVerify<AccessClaims>()
        } catch (error) {
          if (isTokenFault(error)) throw new Problem('unauthenticated')
          throw error
        }
        const caller = callerOf(claims)
        if (!(await stillHolds(caller))) throw new Problem('unauthenticated')
        request.authenticated = caller
        if (!admitted.includes(caller.kind) || !caller.scopes.includes(scope))
          throw new Problem('scope-missing', { details: { scope, callers: admitted } })
      }
      demands.set(hook, { kinds: admitted, scope })
      return hook
    })

    app.decorate('signAccessToken', async (client: Client, scopes: readonly Scope[], seconds: number) => {
      const key = await keys.current(now())
      const claims: AccessClaims = {
        sub: client.clientId,
        kind: client.kind,
        ...(client.institutionId === null ? {} : { institution: client.institutionId }),
        ...(client.regionCode === null ? {} : { region: client.regionCode }),
        scope: scopes.join(' '),
        client_revision: client.revision,
      }
      return app.jwt.sign(claims, {
        key: key.privatePem,
        algorithm: 'ES256',
        kid: key.kid,
        header: { alg: 'ES256', typ: 'at+jwt' },
        iss: issuer,
        aud: issuer,
        jti: randomUUID(),
        expiresIn: seconds,
      })
    })
  },
  { name: 'authentication' },
)

function callerOf(claims: AccessClaims): ClientCaller {
  return {
    id: claims.sub,
    kind: claims.kind,
    regionCode: claims.region ?? '',
    ...(claims.institution === undefined ? {} : { institutionId: claims.institution }),
    scopes: claims.scope.split(' ').filter(isScope),
    clientRevision: claims.client_revision,
  }
}

/** Errors of the token itself, in contrast to a database that can't be asked for the key. */
function isTokenFault(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^(FST_JWT_|FAST_JWT_)/.test(code)
}
