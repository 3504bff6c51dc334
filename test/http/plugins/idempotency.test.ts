import t from 'tap'
import type { Hub } from '../../../src/http/plugins/hub.ts'
import { aClient, aToken, testApp } from '../../support/app.ts'

function routes(app: Hub): void {
  for (const url of ['/things/:no', '/others/:no'])
    app.post(
      url,
      { onRequest: app.authenticate('pharmacy', 'stock:write'), preHandler: app.idempotent() },
      async ({ write }) => ({ ...write, digest: write.digest.toString('hex') }),
    )
  app.post('/link', { preHandler: app.idempotent(() => 'link-1') }, async ({ write }) => write.callerId)
}

const KEY = 'a-key-of-16-char'

t.test('the digest differs with caller, route, parameter, query and content, not with order', async (t) => {
  const { app, pool } = await testApp(t, { routes })
  const client = await aClient(pool)
  const token = await aToken(app, client)
  const otherToken = await aToken(app, await aClient(pool))
  const digestOf = async (url: string, payload: object, as = token, key = KEY): Promise<string> => {
    const headers = { authorization: `Bearer ${as}`, 'idempotency-key': key }
    const answer = await app.inject({ method: 'POST', url, headers, payload })
    t.equal(answer.statusCode, 200)
    t.equal(answer.json().key, key)
    return answer.json().digest
  }
  const first = await digestOf('/things/1', { a: 1, b: { c: 2.5, d: ['x', 'y'] } })
  t.equal(await digestOf('/things/1', { b: { d: ['x', 'y'], c: 2.5 }, a: 1 }), first)
  t.equal(await digestOf('/things/1', { a: 1, b: { c: 2.5, d: ['x', 'y'] } }, token, `${KEY}2`), first)
  const others = await Promise.all([
    digestOf('/things/2', { a: 1, b: { c: 2.5, d: ['x', 'y'] } }),
    digestOf('/others/1', { a: 1, b: { c: 2.5, d: ['x', 'y'] } }),
    digestOf('/things/1?x=1', { a: 1, b: { c: 2.5, d: ['x', 'y'] } }),
    digestOf('/things/1', { a: 1, b: { c: 2.5, d: ['y', 'x'] } }),
    digestOf('/things/1', { a: 1, b: { c: 2.5, d: ['x', 'y'] } }, otherToken),
  ])
  t.equal(new Set([first, ...others]).size, 6)
})

t.test('the key has 16 to 255 visible characters', async (t) => {
  const { app } = await testApp(t, { routes })
  const codeFor = async (key?: string) => {
    const headers = key === undefined ? {} : { 'idempotency-key': key }
    const answer = await app.inject({ method: 'POST', url: '/link', headers, payload: {} })
    return answer.statusCode === 200 ? 'ok' : answer.json<{ code: string }>().code
  }
  t.equal(await codeFor(), 'idempotency-key-missing')
  t.equal(await codeFor(''), 'idempotency-key-missing')
  t.equal(await codeFor('x'.repeat(15)), 'malformed')
  t.equal(await codeFor('x'.repeat(16)), 'ok')
  t.equal(await codeFor('x'.repeat(255)), 'ok')
  t.equal(await codeFor('x'.repeat(256)), 'malformed')
  t.equal(await codeFor('x x x x x x x x x'), 'malformed')
})

t.test('a route without authentication says whose key it is', async (t) => {
  const { app } = await testApp(t, { routes })
  const headers = { 'idempotency-key': KEY }
  t.equal((await app.inject({ method: 'POST', url: '/link', headers, payload: {} })).body, 'link-1')
})
