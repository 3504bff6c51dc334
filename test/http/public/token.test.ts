import { randomUUID } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT } from 'jose'
import t from 'tap'
import { sweepJti } from '../../../src/storage/access/assertions.ts'
import { disableClient } from '../../../src/storage/access/clients.ts'
import { makeKeyPair } from '../../../src/trust/key-pair.ts'
import { weaknessOf } from '../../../src/usecases/access/key-strength.ts'
import { aClient, anAssertion, askToken, PUBLIC_URL, testApp } from '../../support/app.ts'
import { RANDOM_KEYS } from '../../support/random-keys.ts'

const codeOf = (answer: { json(): { error?: string } }) => answer.json().error

t.test('assertions of each algorithm get a token of five minutes at most', async (t) => {
  const { app, pool } = await testApp(t)
  for (const algorithm of ['ES256', 'ES384', 'PS256', 'RS256'] as const) {
    const client = await aClient(pool, { algorithm })
    const answer = await askToken(app, await anAssertion(client))
    t.equal(answer.statusCode, 200, algorithm)
    t.equal(answer.headers['cache-control'], 'no-store')
    const { access_token: token, expires_in: seconds } = answer.json()
    const claims = decodeJwt(token)
    t.match(claims, { iss: PUBLIC_URL, aud: PUBLIC_URL, sub: client.clientId, kind: 'pharmacy' })
    t.equal(claims.exp! - claims.iat!, seconds)
    t.ok(seconds <= 300)
    t.match(decodeProtectedHeader(token), { alg: 'ES256', typ: 'at+jwt', kid: /.{20}/ })
  }
})

t.test('an assertion counts once, of ten at once exactly one', async (t) => {
  const { app, pool } = await testApp(t)
  const client = await aClient(pool)
  const assertion = await anAssertion(client)
  const answers = await Promise.all(Array.from({ length: 10 }, () => askToken(app, assertion)))
  t.equal(answers.filter((answer) => answer.statusCode === 200).length, 1)
  t.ok(answers.filter((answer) => answer.statusCode !== 200).every((a) => codeOf(a) === 'invalid_client'))
  t.equal(await sweepJti(pool, new Date()), 0, 'and is remembered while it could be used')
  t.equal(codeOf(await askToken(app, assertion)), 'invalid_client')
  t.equal(await sweepJti(pool, new Date(Date.now() + 300_000)), 1)
})

t.test('a wrong assertion gets invalid_client, whatever is wrong', async (t) => {
  const { app, pool } = await testApp(t)
  const client = await aClient(pool)
  const other = await aClient(pool)
  const small = makeKeyPair({ rsaBits: 1024 })
  // A key that came into the table by another way than registration.
  const smallJwk = { ...small.publicKey.export({ format: 'jwk' }), kid: 'small' }
  await pool.query(`update client set jwks = jsonb_insert(jwks, '{keys,0}', $2) where client_id = $1`, [
    client.clientId,
    JSON.stringify(smallJwk),
  ])
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await anAssertion(client)).split('.')[1]}.`
  const hs256 = (await anAssertion(client)).replace(
    /^[^.]+/,
    Buffer.from(JSON.stringify({ alg: 'HS256', kid: client.kid })).toString('base64url'),
  )
  const now = Math.floor(Date.now() / 1000)
  const wrong: Record<string, string> = {
    'another audience': await anAssertion(client, { audience: 'https://elsewhere.example' }),
    'expired beyond the tolerance': await anAssertion(client, { expiresIn: -121 }),
    'a life of more than five minutes': await anAssertion(client, { expiresIn: 430 }),
    'another key id': await anAssertion(client, { kid: 'nobody' }),
    'the key of another client': await anAssertion(client, { key: other.privateKey }),
    'another subject': await anAssertion(client, { subject: other.clientId }),
    'an unknown client': await anAssertion(client, { issuer: 'nobody', subject: 'nobody' }),
    'alg none': none,
    'alg HS256': hs256,
    'a short jti': await anAssertion(client, { jti: 'x' }),
    'a NUL in jti': await anAssertion(client, { jti: 'a-good-jti\u0000' }),
    'a NUL in iss': await anAssertion(client, { issuer: 'nobody\u0000', subject: 'nobody\u0000' }),
    'no JWT': 'aaaa',
    'half a signature': (await anAssertion(client)).slice(0, -10),
  }
  for (const [name, assertion] of Object.entries(wrong)) {
    const answer = await askToken(app, assertion)
    t.equal(answer.statusCode, 401, name)
    t.equal(codeOf(answer), 'invalid_client', name)
    t.same(Object.keys(answer.json()).sort(), ['error', 'error_description'], 'in the form of RFC 6749')
  }
  const tooSmall = await smallAssertion(client.clientId, now, small.privateKey)
  t.equal(codeOf(await askToken(app, tooSmall)), 'invalid_client', 'RS256 with a small key')
  t.equal((await askToken(app, await anAssertion(client))).statusCode, 200, 'the right one is accepted')
})

/** Signed by hand, because the library refuses to. */
async function smallAssertion(clientId: string, now: number, key: import('node:crypto').KeyObject) {
  const { createSign } = await import('node:crypto')
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const input = `${part({ alg: 'RS256', kid: 'small' })}.${part({
    iss: clientId,
    sub: clientId,
    aud: PUBLIC_URL,
    jti: 'a-jti-of-its-own',
    exp: now + 60,
  })}`
  return `${input}.${createSign('sha256').update(input).sign(key, 'base64url')}`
}

t.test('the tolerance and the longest life hold on both sides', async (t) => {
  const { app, pool } = await testApp(t)
  const client = await aClient(pool)
  t.equal((await askToken(app, await anAssertion(client, { expiresIn: -60 }))).statusCode, 200)
  t.equal((await askToken(app, await anAssertion(client, { expiresIn: 400 }))).statusCode, 200)
  t.equal((await askToken(app, await anAssertion(client, { expiresIn: 430 }))).statusCode, 401)
})

t.test('a claim whose time is wrong is named, with the time of the hub', async (t) => {
  const { app, pool } = await testApp(t)
  const client = await aClient(pool)
  for (const [expiresIn, words] of [
    [-150, /^exp has passed; the time of the hub is \d{4}-/],
    [430, /^exp is more than five minutes ahead; the time of the hub is \d{4}-/],
  ] as const) {
    const answer = await askToken(app, await anAssertion(client, { expiresIn }))
    t.match(answer.json().error_description, words)
  }
  const claims = { iss: client.clientId, sub: client.clientId, aud: PUBLIC_URL, jti: randomUUID() }
  const exp = Math.floor(Date.now() / 1000) + 100
  for (const [given, words] of [
    [claims, 'exp is missing'],
    [{ ...claims, jti: undefined, exp }, 'jti is missing'],
    [{ ...claims, exp: String(exp) }, /^exp must be a number of seconds/],
    [{ ...claims, exp, nbf: 'now' }, /^nbf must be a number of seconds/],
  ] as const) {
    const header = { alg: client.algorithm, kid: client.kid }
    const assertion = await new SignJWT(given as JWTPayload)
      .setProtectedHeader(header)
      .sign(client.privateKey)
    t.match((await askToken(app, assertion)).json().error_description, words)
  }
})

t.test(
  'the token endpoint as audience is still taken, marked and counted, until a setting refuses it',
  async (t) => {
    const audience = `${PUBLIC_URL}/oauth/token`
    const { app, pool } = await testApp(t)
    const client = await aClient(pool)
    const old = await askToken(app, await anAssertion(client, { audience }))
    t.match(old, { statusCode: 200, headers: { deprecation: /^@\d+$/ } })
    const right = await askToken(app, await anAssertion(client))
    t.equal(right.headers['deprecation'], undefined)
    t.match(await app.metrics.metrics(), 'hub_token_endpoint_audience_total 1')
    const strict = await testApp(t, { environment: { ACCEPT_ENDPOINT_AUDIENCE: 'false' } })
    const same = await aClient(strict.pool)
    t.equal((await askToken(strict.app, await anAssertion(same, { audience }))).statusCode, 401)
    t.equal((await askToken(strict.app, await anAssertion(same))).statusCode, 200)
  },
)

t.test('a key that proves nothing is not registered', async (t) => {
  const { publicKey } = makeKeyPair({ rsaBits: 2048 })
  const jwk = publicKey.export({ format: 'jwk' })
  t.equal(weaknessOf(jwk), undefined)
  for (const e of ['AQ', 'Ag', 'BA']) t.match(weaknessOf({ ...jwk, e }), /exponent/, e)
  const weak = makeKeyPair({ curve: 'secp256k1' }).publicKey.export({ format: 'jwk' })
  t.type(weaknessOf(weak), 'string')
  t.type(weaknessOf({ kty: 'RSA', n: 'x' }), 'string')
})

t.test('a disabled client gets nothing', async (t) => {
  const { app, pool } = await testApp(t)
  const client = await aClient(pool)
  await disableClient(pool, client.clientId, new Date())
  t.equal(codeOf(await askToken(app, await anAssertion(client))), 'invalid_client')
})

t.test('production refuses sandbox clients', async (t) => {
  const production = {
    MODE: 'production',
    DATABASE_URL: 'postgresql://unused',
    KEY_ENCRYPTION_KEY: RANDOM_KEYS[0],
    LINK_KEY: RANDOM_KEYS[1],
    METRICS_TOKEN: 'a-token-of-16-and-more',
    TRUST_DIR: '/trust',
    NOTIFIER_URL: 'https://notifier.example',
    NOTIFIER_SECRET: 'a-secret-of-16-chars',
  }
  const { app, pool } = await testApp(t, { environment: production })
  const sandboxed = await aClient(pool, { sandbox: true })
  t.equal(codeOf(await askToken(app, await anAssertion(sandboxed))), 'invalid_client')
  t.equal((await askToken(app, await anAssertion(await aClient(pool)))).statusCode, 200)
})

t.test('scopes can be narrowed, not widened', async (t) => {
  const { app, pool } = await testApp(t)
  const client = await aClient(pool, { scopes: ['dispense:read', 'stock:write'] })
  const ask = async (scope: string) => await askToken(app, await anAssertion(client), { scope })
  t.equal((await ask('stock:write')).json().scope, 'stock:write')
  for (const scope of ['dispense:write', 'stock:write prescription:write', 'constructor']) {
    const answer = await ask(scope)
    t.equal(answer.statusCode, 400)
    t.equal(codeOf(answer), 'invalid_scope')
  }
})

t.test('a wrong request has the error that RFC 6749 names', async (t) => {
  const { app, pool } = await testApp(t)
  const client = await aClient(pool)
  const grant = await askToken(app, await anAssertion(client), { grant_type: 'password' })
  t.same([grant.statusCode, codeOf(grant)], [400, 'unsupported_grant_type'])
  const type = await askToken(app, await anAssertion(client), { client_assertion_type: 'saml' })
  t.same([type.statusCode, codeOf(type)], [400, 'invalid_request'])
  const id = await askToken(app, await anAssertion(client), { client_id: 'another' })
  t.same([id.statusCode, codeOf(id)], [401, 'invalid_client'])
  const json = await app.inject({ method: 'POST', url: '/oauth/token', payload: { grant_type: 'x' } })
  t.same([json.statusCode, codeOf(json)], [415, 'invalid_request'])
  const twice = await app.inject({
    method: 'POST',
    url: '/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload:
      'grant_type=client_credentials&grant_type=client_credentials&client_assertion_type=a&client_assertion=b',
  })
  t.same([twice.statusCode, codeOf(twice)], [400, 'invalid_request'])
  const large = await app.inject({
    method: 'POST',
    url: '/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: `grant_type=${'x'.repeat(20_000)}`,
  })
  t.same([large.statusCode, codeOf(large)], [413, 'invalid_request'])
})

t.test('token requests of one address are limited, in the form of RFC 6749', async (t) => {
  const { app } = await testApp(t, { environment: { TOKEN_RATE_PER_ADDRESS: '3' } })
  const answers = []
  for (let n = 0; n < 4; n++) answers.push(await askToken(app, 'x'))
  t.same(
    answers.map((answer) => answer.statusCode),
    [401, 401, 401, 429],
  )
  t.equal(codeOf(answers[3]!), 'temporarily_unavailable')
  t.ok(Number(answers[3]!.headers['retry-after']) > 0)
})
