import { authorizationServerAnswer, jwksAnswer, SCOPES } from '../../../schemas/access.ts'
import { ASSERTION_ALGORITHMS } from '../../usecases/access/grant-token.ts'
import type { SigningKeys } from '../../usecases/access/signing-keys.ts'
import type { Hub } from '../plugins/hub.ts'

/** What the publication needs. */
export interface KeyPublicationOptions {
  readonly publicUrl: string
  readonly keys: SigningKeys
  /** The clock of the machine. */
  readonly now: () => Date
}

/** `GET /.well-known/…`: the public keys of the hub, and where its token endpoint is (RFC 7517, RFC 8414). */
export function keyPublicationRoutes(app: Hub, { publicUrl, keys, now }: KeyPublicationOptions): void {
  app.get(
    '/.well-known/jwks.json',
    {
      schema: {
        operationId: 'readKeys',
        tags: ['access'],
        summary: 'Public keys of the access tokens · 令牌公钥',
        response: { 200: jwksAnswer },
      } as const,
    },
    async (_request, reply) => {
      const published = await keys.list(now())
      return reply
        .header('cache-control', 'public, max-age=300')
        .send({ keys: published.map((key) => ({ ...key.publicJwk })) })
    },
  )
  app.get(
    '/.well-known/oauth-authorization-server',
    {
      schema: {
        operationId: 'readAuthorizationServer',
        tags: ['access'],
        summary: 'Where and how to get a token · 授权服务器元数据',
        response: { 200: authorizationServerAnswer },
      } as const,
    },
    async (_request, reply) =>
      reply.header('cache-control', 'public, max-age=300').send({
        issuer: publicUrl,
        token_endpoint: `${publicUrl}/oauth/token`,
        jwks_uri: `${publicUrl}/.well-known/jwks.json`,
        service_documentation: `${publicUrl}/docs`,
        grant_types_supported: ['client_credentials'],
        response_types_supported: [],
        token_endpoint_auth_methods_supported: ['private_key_jwt'],
        token_endpoint_auth_signing_alg_values_supported: [...ASSERTION_ALGORITHMS],
        scopes_supported: Object.keys(SCOPES),
      }),
  )
}
