import { setTimeout as sleep } from 'node:timers/promises'
import { decodeJwt, SignJWT } from 'jose'
import t from 'tap'
import type { Hub } from '../../../src/http/plugins/hub.ts'
import { disableClient } from '../../../src/storage/access/clients.ts'
import { makeKeyPair } from '../../../src/trust/key-pair.ts'
import { signingKeys } from '../../../src/usecases/access/signing-keys.ts'
import { aClient, aToken, PUBLIC_URL, testApp } from '../../support/app.ts'

function routes(app: Hub): void {
  app.get(
    '/who',
    { onRequest: app.authenticate(['pharmacy', 'operator'], 'register:read') },
    async (request) => request.caller,
  )
  app.get('/forgotten', async (request) => request.caller)
}

const ask = (app: Hub, token: string, url = '/who') =>
  app.inject({ url, headers: { authorization: `Bearer ${token}` } })

/** The first other status within a second: an announcement takes a moment. */
async function statusOnceNot(status: number, asked: () => Promise<{ statusCode: number }>): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { statusCode } = await asked()
    if (statusCode !== status) return statusCode
    await sleep(10)
  }
  return status
}

t.test('the caller is what the token says', async (t) => {
  const { app, pool } = await testApp(t, { routes })
  const client = await aClient(pool)
  const answer = await ask(app, await aToken(app, client, 'register:read stock:write'))
  t.same(answer.json(), {
    id: client.clientId,
    kind: 'pharmacy',
    regionCode: '441400',
    institutionId: 'P44140200001',
    scopes: ['register:read', 'stock:write'],
    clientRevision: 1,
  })
  const operator = await aClient(pool, { kind: 'operator' })
  t.match((await ask(app, await aToken(app, operator))).json(), { kind: 'operator', regionCode: '' })
})

t.test('another kind, or a token without the scope, is refused with 403', async (t) => {
  const { app, pool } = await testApp(t, { routes })
  for (const token of [
    await aToken(app, await aClient(pool, { kind: 'hospital' })),
    await aToken(app, await aClient(pool), 'stock:write'),
  ]) {
    const answer = await ask(app, token)
    t.equal(answer.statusCode, 403)
    t.match(answer.json(), { code: 'scope-missing', details: { scope: 'register:read' } })
  }
})

t.test('a token that is not right is refused with 401, whatever is wrong', async (t) => {
  const { app, pool } = await testApp(t, { routes })
  const client = await aClient(pool)
  const good = await aToken(app, client)
  t.equal((await ask(app, good)).statusCode, 200)
  const key = await signingKeys(pool, Buffer.from('prescription-hub sandbox key 00!')).current(new Date())
  const { createPrivateKey } = await import('node:crypto')
  const privateKey = createPrivateKey(key.privatePem)
  const other = makeKeyPair({ curve: 'P-256' }).privateKey
  const now = Math.floor(Date.now() / 1000)
  const sign = (
    change: {
      kid?: string
      typ?: string
      iss?: string
      aud?: string
      exp?: number
      key?: typeof other
      revision?: number | null
    } = {},
  ) =>
    new SignJWT({
      kind: 'pharmacy',
      scope: 'register:read',
      ...(change.revision === null ? {} : { client_revision: change.revision ?? 1 }),
    })
      .setProtectedHeader({ alg: 'ES256', kid: change.kid ?? key.kid, typ: change.typ ?? 'at+jwt' })
      .setIssuer(change.iss ?? PUBLIC_URL)
      .setAudience(change.aud ?? PUBLIC_URL)
      .setSubject(client.clientId)
      .setIssuedAt(now)
      .setExpirationTime(change.exp ?? now + 60)
      .sign(change.key ?? privateKey)
  t.equal((await ask(app, await sign())).statusCode, 200, 'the forge of this test is right')
  const [head, body] = good.split('.')
  const none = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${body}.`
  const wrong: Record<string, string> = {
    expired: await sign({ exp: now - 1 }),
    'another issuer': await sign({ iss: 'https://elsewhere.example' }),
    'another audience': await sign({ aud: 'https://elsewhere.example' }),
    'unknown key id': await sign({ kid: 'nobody' }),
    'another key under the same id': await sign({ key: other }),
    'an assertion in place of a token': await sign({ typ: 'JWT' }),
    'of another revision': await sign({ revision: 2 }),
    'of no revision': await sign({ revision: null }),
    'alg none': none,
    'no signature': `${head}.${body}.`,
    'no JWT': 'aaaa',
    empty: '',
  }
  for (const [name, token] of Object.entries(wrong)) {
    const answer = await ask(app, token)
    t.equal(answer.statusCode, 401, name)
    t.equal(answer.json().code, 'unauthenticated', name)
    t.match(answer.headers['www-authenticate'], /^Bearer/)
  }
  t.equal((await app.inject('/who')).statusCode, 401, 'no token at all')
})

t.test('the token of a client that was ended is refused at once, before it runs out', async (t) => {
  const { app, pool } = await testApp(t, { routes })
  const client = await aClient(pool)
  const token = await aToken(app, client)
  const other = await aToken(app, await aClient(pool))
  for (let times = 0; times < 3; times += 1) t.equal((await ask(app, token)).statusCode, 200)
  await disableClient(pool, client.clientId, new Date())
  t.equal(await statusOnceNot(200, () => ask(app, token)), 401)
  t.equal((await ask(app, token)).json().code, 'unauthenticated')
  t.equal((await ask(app, other)).statusCode, 200, 'others go on')
})

t.test(
  'a token ends at once with the scopes and the keys of its client, and the next one is good',
  async (t) => {
    const { app, pool } = await testApp(t, { routes })
    const client = await aClient(pool)
    const token = await aToken(app, client)
    t.equal(decodeJwt(token).iss, PUBLIC_URL, 'every token names who gave it')
    t.equal((await ask(app, token)).statusCode, 200)
    await pool.query(`update client set scopes = '{register:read}' where client_id = $1`, [client.clientId])
    const narrower = await aToken(app, client)
    t.equal((await ask(app, narrower)).statusCode, 200, 'before the change is heard of, too')
    t.equal(await statusOnceNot(200, () => ask(app, token)), 401)
    await pool.query(`update client set jwks = '{"keys":[]}' where client_id = $1`, [client.clientId])
    t.equal(await statusOnceNot(200, () => ask(app, narrower)), 401)
  },
)

t.test('a handler that asks for the caller without the hook fails', async (t) => {
  const { app } = await testApp(t, { routes })
  t.equal((await app.inject('/forgotten')).statusCode, 500)
})

t.test('a database that is away is not the fault of the token', async (t) => {
  const { app, pool } = await testApp(t, {
    routes,
    parts: {
      signingKeys: {
        current: () => Promise.reject(new Error('never asked')),
        find: () => Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' })),
        list: async () => [],
      },
    },
  })
  t.ok(pool)
  const head = Buffer.from('{"alg":"ES256","kid":"k","typ":"at+jwt"}').toString('base64url')
  const answer = await ask(app, `${head}.${Buffer.from('{}').toString('base64url')}.AAAA`)
  t.same([answer.statusCode, answer.json().code], [503, 'unavailable'])
  t.ok(answer.headers['retry-after'])
})
