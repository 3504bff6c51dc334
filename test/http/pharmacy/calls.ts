import { randomUUID } from 'node:crypto'
import { scopesOf } from '../../../schemas/access.ts'
import { buildApp } from '../../../src/app.ts'
import { readConfig } from '../../../src/config.ts'
import type { Hub } from '../../../src/http/plugins/hub.ts'
import type { Client } from '../../../src/storage/access/clients.ts'
import { signingKeys } from '../../../src/usecases/access/signing-keys.ts'
import { accessToken } from '../../support/access-token.ts'
import type { Scope } from '../../support/database.ts'
import { type TestHub, testHub } from '../../support/hub.ts'
import { walker } from '../../support/journey.ts'

/** An answer of the hub. */
export interface Said {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any
}

/** The routes over a test hub, and its institutions as callers. */
export interface PharmacyTest {
  readonly hub: TestHub
  readonly app: Hub
  readonly walk: ReturnType<typeof walker>
  /** An access token of an institution. */
  token(institutionId?: string, kind?: Client['kind'], seconds?: number): Promise<string>
  get(url: string, institutionId?: string): Promise<Said>
  post(url: string, body?: object, institutionId?: string, key?: string): Promise<Said>
  put(url: string, body: object, institutionId?: string): Promise<Said>
}

/** @param options as `testHub` takes them */
export async function pharmacyTest(
  t: Scope,
  options: Parameters<typeof testHub>[1] = {},
): Promise<PharmacyTest> {
  const hub = await testHub(t, options)
  const config = readConfig({ PUBLIC_URL: 'https://hub.example', LOG_LEVEL: 'silent' })
  const app = await buildApp({
    config,
    pool: hub.deps.pool,
    usecases: hub.deps,
    signingKeys: signingKeys(hub.deps.pool, config.keyEncryptionKey),
    machineClock: () => new Date(),
    probes: [],
    gauges: [],
    version: '0.0.0-test',
    logStream: { write: () => {} },
  })
  t.teardown(async () => await app.close())
  const own = hub.world.cast.designatedPharmacy.institutionId
  const tokens = new Map<string, Promise<string>>()
  const token: PharmacyTest['token'] = async (institutionId = own, kind = 'pharmacy', seconds = 600) =>
    await accessToken(
      app,
      hub.deps.pool,
      { id: `sandbox-${kind}-${institutionId}`, kind, institutionId, regionCode: hub.world.regionCode },
      scopesOf(kind),
      seconds,
    )
  const call = async (
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    institutionId = own,
    body?: object,
    key: string = randomUUID(),
  ): Promise<Said> => {
    const known = tokens.get(institutionId) ?? token(institutionId)
    tokens.set(institutionId, known)
    const answer = await app.inject({
      method,
      url,
      headers: {
        authorization: `Bearer ${await known}`,
        ...(method === 'GET' ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { payload: body }),
    })
    return { status: answer.statusCode, body: answer.json() }
  }
  return {
    hub,
    app,
    walk: walker(hub),
    token,
    get: (url, institutionId) => call('GET', url, institutionId),
    post: (url, body, institutionId, key) => call('POST', url, institutionId, body, key),
    put: (url, body, institutionId) => call('PUT', url, institutionId, body),
  }
}
