import { randomUUID } from 'node:crypto'
import type { Scope } from '../../schemas/access.ts'
import { type AppParts, buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import type { Hub } from '../../src/http/plugins/hub.ts'
import { signingKeys } from '../../src/usecases/access/signing-keys.ts'
import type { Caller } from '../../src/usecases/deps.ts'
import { accessToken } from './access-token.ts'
import { PUBLIC_URL } from './app.ts'
import { compiledAtUse } from './compiled-at-use.ts'
import type { Scope as TestScope } from './database.ts'
import { type TestHub, testHub } from './hub.ts'

/** What a caller sends. Writes get a key of their own unless `key` is given; `null` sends none. */
export interface Sent {
  readonly body?: unknown
  readonly key?: string | null
  readonly scopes?: readonly Scope[]
}

export interface Got {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any
}

/** The HTTP application over a hub with its sandbox, and a way to call it as any client. */
export interface HubApp {
  readonly hub: TestHub
  readonly app: Hub
  as(caller: Caller, method: 'GET' | 'POST', url: string, sent?: Sent): Promise<Got>
  /** An access token of a caller. */
  token(caller: Caller, scopes?: readonly Scope[]): Promise<string>
}

export async function hubApp(
  t: TestScope,
  options: Parameters<typeof testHub>[1] & {
    readonly log?: string[]
    readonly environment?: Readonly<Record<string, string>>
    /** Of tokens and of the sessions of staff; that of the machine by default. */
    readonly machineClock?: () => Date
    readonly signatureServer?: (state: TestHub['state']) => NonNullable<AppParts['signatureServer']>
    readonly signatureChecker?: NonNullable<AppParts['usecases']['signatureChecker']>
    readonly nationalTables?: NonNullable<AppParts['nationalTables']>
    readonly credentials?: (state: TestHub['state']) => NonNullable<AppParts['credentials']>
  } = {},
): Promise<HubApp> {
  const hub = await testHub(t, options)
  const {
    log,
    environment,
    signatureServer,
    credentials,
    nationalTables,
    signatureChecker,
    machineClock = () => new Date(),
  } = options
  const config = readConfig({
    PUBLIC_URL,
    LOG_LEVEL: log === undefined ? 'silent' : 'debug',
    ...environment,
  })
  const app = await buildApp({
    config,
    pool: hub.deps.pool,
    usecases: signatureChecker === undefined ? hub.deps : { ...hub.deps, signatureChecker },
    signingKeys: signingKeys(hub.deps.pool, config.keyEncryptionKey),
    machineClock,
    probes: [],
    gauges: [],
    schemaController: compiledAtUse,
    version: '0.0.0-test',
    ...(signatureServer === undefined ? {} : { signatureServer: signatureServer(hub.state) }),
    ...(nationalTables === undefined ? {} : { nationalTables }),
    ...(credentials === undefined ? {} : { credentials: credentials(hub.state) }),
    ...(log === undefined ? {} : { logStream: { write: (line: string) => void log.push(line) } }),
  })
  // Before the pool ends: the later teardown runs first.
  t.teardown(() => app.close())
  await app.ready()
  const token: HubApp['token'] = async (caller, scopes) => {
    return await accessToken(app, hub.deps.pool, caller, scopes)
  }
  return {
    hub,
    app,
    token,
    async as(caller, method, url, { body, key = randomUUID(), scopes } = {}) {
      const answer = await app.inject({
        method,
        url,
        headers: {
          authorization: `Bearer ${await token(caller, scopes)}`,
          ...(method === 'POST' && key !== null ? { 'idempotency-key': key } : {}),
        },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: answer.body === '' ? undefined : JSON.parse(answer.body),
      }
    },
  }
}
