import { type KeyObject, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import type { Pool } from 'pg'
import { type Scope, scopesOf } from '../../schemas/access.ts'
import { type AppParts, buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import type { Hub } from '../../src/http/plugins/hub.ts'
import type { ClientKind } from '../../src/storage/access/clients.ts'
import { makeKeyPair } from '../../src/trust/key-pair.ts'
import { registerClient } from '../../src/usecases/access/register-client.ts'
import { signingKeys } from '../../src/usecases/access/signing-keys.ts'
import { compiledAtUse } from './compiled-at-use.ts'
import { freshDatabase, type Scope as TestScope } from './database.ts'

export const PUBLIC_URL = 'https://hub.example'

/** The application on a database of its own, with what it logged. */
export interface TestApp {
  readonly app: Hub
  readonly pool: Pool
  readonly log: string[]
}

/** @param options.routes test routes, registered before the first request */
export async function testApp(
  t: TestScope,
  options: {
    environment?: Record<string, string>
    parts?: Partial<AppParts>
    routes?: (app: Hub) => void
  } = {},
): Promise<TestApp> {
  const { pool } = await freshDatabase(t)
  const log: string[] = []
  const config = readConfig({ PUBLIC_URL, ...options.environment })
  const app = await buildApp({
    config,
    pool,
    usecases: {} as AppParts['usecases'],
    signingKeys: signingKeys(pool, config.keyEncryptionKey),
    machineClock: () => new Date(),
    probes: [],
    gauges: [],
    schemaController: compiledAtUse,
    version: '0.0.0-test',
    logStream: { write: (line: string) => log.push(line) },
    ...options.parts,
  })
  options.routes?.(app)
  t.teardown(() => app.close())
  return { app, pool, log }
}

/** A client with its private key, registered. */
export interface TestClient {
  readonly clientId: string
  readonly kid: string
  readonly privateKey: KeyObject
  readonly algorithm: string
}

export async function aClient(
  pool: Pool,
  client: {
    kind?: ClientKind
    scopes?: readonly Scope[]
    algorithm?: 'ES256' | 'ES384' | 'PS256' | 'RS256'
    sandbox?: boolean
  } = {},
): Promise<TestClient> {
  const kind = client.kind ?? 'pharmacy'
  const clientId = `${kind}-${randomUUID()}`
  const { publicKey, privateKey } =
    client.algorithm === 'RS256' || client.algorithm === 'PS256'
      ? makeKeyPair({ rsaBits: 2048 })
      : makeKeyPair({ curve: client.algorithm === 'ES384' ? 'P-384' : 'P-256' })
  const kid = `${clientId}-key`
  await registerClient(
    pool,
    {
      clientId,
      kind,
      name: 'Test client',
      regionCode: kind === 'operator' ? null : '441400',
      institutionId: kind === 'hospital' ? 'H44140200001' : kind === 'pharmacy' ? 'P44140200001' : null,
      jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid }] },
      scopes: client.scopes ?? scopesOf(kind),
      sandbox: client.sandbox ?? false,
    },
    new Date(),
  )
  return { clientId, kid, privateKey, algorithm: client.algorithm ?? 'ES256' }
}

/** What an assertion says; every member can be set wrong. */
export interface AssertionOptions {
  readonly algorithm?: string
  readonly kid?: string
  readonly issuer?: string
  readonly subject?: string
  readonly audience?: string
  readonly jti?: string
  /** From now, in seconds. */
  readonly expiresIn?: number
  readonly key?: KeyObject
}

export async function anAssertion(client: TestClient, options: AssertionOptions = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  return await new SignJWT({})
    .setProtectedHeader({ alg: options.algorithm ?? client.algorithm, kid: options.kid ?? client.kid })
    .setIssuer(options.issuer ?? client.clientId)
    .setSubject(options.subject ?? client.clientId)
    .setAudience(options.audience ?? PUBLIC_URL)
    .setJti(options.jti ?? randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + (options.expiresIn ?? 120))
    .sign(options.key ?? client.privateKey)
}

export async function askToken(app: Hub, assertion: string, more: Record<string, string> = {}) {
  return await app.inject({
    method: 'POST',
    url: '/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
      ...more,
    }).toString(),
  })
}

/** An access token, by the way every client goes. */
export async function aToken(app: Hub, client: TestClient, scope?: string): Promise<string> {
  const answer = await askToken(app, await anAssertion(client), scope === undefined ? {} : { scope })
  if (answer.statusCode !== 200) throw new Error(`no token: ${answer.body}`)
  return answer.json<{ access_token: string }>().access_token
}
