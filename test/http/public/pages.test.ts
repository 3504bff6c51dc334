import { createPublicKey, verify } from 'node:crypto'
import t from 'tap'
import { PROBLEMS } from '../../../src/domain/problems.ts'
import { aClient, aToken, PUBLIC_URL, testApp } from '../../support/app.ts'

t.test('the catalogue shows every code in both languages, without a script', async (t) => {
  const { app } = await testApp(t)
  const page = await app.inject('/problems')
  t.match(page.headers['content-type'], /^text\/html/)
  for (const [code, entry] of Object.entries(PROBLEMS)) {
    t.ok(page.body.includes(`id="${code}"`), code)
    t.ok(page.body.includes(entry.title.zh))
    const one = await app.inject(`/problems/${code}`)
    t.equal(one.statusCode, 200)
    t.ok(one.body.includes(entry.remedy.zh))
  }
  t.notMatch(page.body, /<script/i)
  t.equal((await app.inject('/problems.css')).statusCode, 200)
  t.equal((await app.inject('/problems/no-such-code')).json().code, 'not-found')
  t.equal((await app.inject('/problems/constructor')).json().code, 'not-found')
})

t.test('every answer has the headers that make browsers careful', async (t) => {
  const { app } = await testApp(t)
  for (const url of ['/problems', '/health/live', '/nowhere']) {
    const { headers } = await app.inject(url)
    t.match(headers['content-security-policy'], /default-src 'none'/, url)
    t.notMatch(headers['content-security-policy'], /script-src|unsafe/)
    t.match(headers, {
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'strict-transport-security': /max-age=31536000/,
      'x-request-id': /^[0-9a-f-]{36}$/,
    })
  }
  t.equal((await app.inject('/health/live')).headers['cache-control'], 'no-store')
  const plain = await testApp(t, { environment: { PUBLIC_URL: 'http://localhost:8080' } })
  const { headers } = await plain.app.inject('/problems')
  t.notOk(headers['strict-transport-security'], 'no HSTS without TLS')
  t.notMatch(headers['content-security-policy'], /upgrade-insecure/)
})

t.test('a browser gets a page for what is not there, a program a problem', async (t) => {
  const { app } = await testApp(t)
  const accept = 'text/html,application/xhtml+xml,*/*;q=0.8'
  const page = await app.inject({ url: '/nowhere', headers: { accept } })
  t.equal(page.statusCode, 404)
  t.match(page.headers, { 'content-type': /^text\/html/, vary: 'accept' })
  t.match(page.body, /没有这个页面/)
  t.match(page.body, new RegExp(page.headers['x-request-id'] as string), 'the operator can find it')
  for (const headers of [{}, { accept: 'application/json' }, { accept, authorization: 'Bearer x' }]) {
    const answer = await app.inject({ url: '/nowhere', headers })
    t.match(answer.headers['content-type'], /^application\/problem\+json/)
    t.equal(answer.json().code, 'not-found')
  }
  const api = await app.inject({ url: '/problems/no-such-code', headers: { accept } })
  t.match(api.headers['content-type'], /^application\/problem\+json/, 'as the description says')
})

t.test(
  'the first page leads each kind of person on; the components are shown in a sandbox only',
  async (t) => {
    const { app } = await testApp(t)
    const home = await app.inject('/')
    t.equal(home.statusCode, 200)
    t.match(home.body, /患者和家属[\s\S]*href="\/docs"/)
    const [, style] = /<link rel="stylesheet" href="([^"]+)"/.exec(home.body) ?? []
    const sheet = await app.inject(style!)
    t.match(sheet.headers, { 'content-type': /^text\/css/, 'cache-control': /immutable/ })
    t.match(sheet.body, /prefers-color-scheme:dark/)
    const design = await app.inject('/design')
    t.match(design.body, /页面组件/)
    t.notMatch(design.body, /<script|style=/)
  },
)

t.test('the docs page loads only from the hub', async (t) => {
  const { app } = await testApp(t)
  const page = await app.inject('/docs/')
  t.equal(page.statusCode, 200)
  t.match(page.headers['content-security-policy'], /script-src 'self';/)
  t.notMatch(page.headers['content-security-policy'], /https:|validator/)
  const assets = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!)
  t.ok(assets.length > 3)
  for (const asset of assets) {
    t.notMatch(asset, /^https?:/)
    t.equal((await app.inject(new URL(asset, 'http://x/docs/').pathname)).statusCode, 200, asset)
  }
})

t.test('the published key verifies a token by another library', async (t) => {
  const { app, pool } = await testApp(t)
  const token = await aToken(app, await aClient(pool))
  const { keys } = (await app.inject('/.well-known/jwks.json')).json()
  const [head, body, signature] = token.split('.')
  const { kid } = JSON.parse(Buffer.from(head!, 'base64url').toString())
  const jwk = keys.find((key: { kid: string }) => key.kid === kid)
  t.notOk(jwk.d)
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  t.ok(
    verify(
      'sha256',
      Buffer.from(`${head}.${body}`),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature!, 'base64url'),
    ),
  )
  const metadata = (await app.inject('/.well-known/oauth-authorization-server')).json()
  t.match(metadata, { issuer: PUBLIC_URL, token_endpoint: `${PUBLIC_URL}/oauth/token` })
  t.same(metadata.token_endpoint_auth_methods_supported, ['private_key_jwt'])
})
