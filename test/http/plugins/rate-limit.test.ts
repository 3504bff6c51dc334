import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { Hub } from '../../../src/http/plugins/hub.ts'
import { openRedisCounts } from '../../../src/queue/shared-counts.ts'
import { aClient, aToken, testApp } from '../../support/app.ts'

function routes(app: Hub): void {
  app.get('/who', { onRequest: app.authenticate('pharmacy', 'stock:write') }, async () => 'ok')
}

t.test('a client that asks too often waits, another one does not', async (t) => {
  const { app, pool } = await testApp(t, { routes, environment: { RATE_PER_CLIENT: '3' } })
  const tokens = [await aToken(app, await aClient(pool)), await aToken(app, await aClient(pool))]
  const ask = (n: number) => app.inject({ url: '/who', headers: { authorization: `Bearer ${tokens[n]}` } })
  const first = await ask(0)
  t.match(first.headers, { 'ratelimit-limit': '3', 'ratelimit-remaining': '2', 'ratelimit-reset': /^\d+$/ })
  await ask(0)
  t.equal((await ask(0)).statusCode, 200)
  const fourth = await ask(0)
  t.same([fourth.statusCode, fourth.json().code, fourth.json().retry], [429, 'too-many-requests', 'later'])
  t.ok(Number(fourth.headers['retry-after']) > 0 && Number(fourth.headers['retry-after']) <= 60)
  t.equal((await ask(1)).statusCode, 200)
})

t.test('guessing from one address is limited before any token is looked at', async (t) => {
  const { app } = await testApp(t, { routes, environment: { RATE_PER_ADDRESS: '2' } })
  const ask = (url: string, remoteAddress: string) =>
    app.inject({ url, remoteAddress, headers: { authorization: 'Bearer x' } })
  t.equal((await ask('/who', '10.0.0.1')).statusCode, 401)
  t.equal((await ask('/nowhere', '10.0.0.1')).statusCode, 404)
  const third = await ask('/who', '10.0.0.1')
  t.equal(third.statusCode, 429)
  t.ok(third.headers['retry-after'])
  t.equal((await ask('/who', '10.0.0.2')).statusCode, 401, 'another address')
  t.equal((await ask('/health/live', '10.0.0.1')).statusCode, 200, 'health is never limited')
})

t.test('X-Forwarded-For counts only from a trusted proxy', async (t) => {
  const environment = { RATE_PER_ADDRESS: '1', TRUST_PROXY: '10.0.0.0/8' }
  const { app } = await testApp(t, { routes, environment })
  const ask = (remoteAddress: string, from: string) =>
    app.inject({ url: '/problems', remoteAddress, headers: { 'x-forwarded-for': from } })
  t.equal((await ask('10.0.0.1', '198.51.100.1')).statusCode, 200)
  t.equal((await ask('10.0.0.1', '198.51.100.2')).statusCode, 200)
  t.equal((await ask('10.0.0.1', '198.51.100.1')).statusCode, 429)
  t.equal((await ask('203.0.113.9', '198.51.100.3')).statusCode, 200)
  t.equal((await ask('203.0.113.9', '198.51.100.4')).statusCode, 429, 'a stranger cannot change its address')
})

const redisUrl = process.env['TEST_REDIS_URL']

t.test(
  'where processes share counters, a limit holds over all of them',
  { skip: redisUrl === undefined ? 'no Redis' : false },
  async (t) => {
    const sharedCounts = openRedisCounts(redisUrl!, () => {}, `test-${randomUUID()}`)
    t.teardown(() => sharedCounts.close())
    while ((await sharedCounts.count('ready', 1)) === undefined) await sleep(10)
    const environment = { RATE_PER_ADDRESS: '4', TOKEN_RATE_PER_ADDRESS: '1' }
    const one = await testApp(t, { environment, parts: { sharedCounts } })
    const two = await testApp(t, { environment, parts: { sharedCounts } })
    const ask = async ({ app }: typeof one, url: string, remoteAddress: string) =>
      (await app.inject({ method: url === '/oauth/token' ? 'POST' : 'GET', url, remoteAddress })).statusCode
    t.equal(await ask(one, '/problems', '10.0.0.1'), 200)
    t.equal(await ask(two, '/problems', '10.0.0.1'), 200)
    t.equal(await ask(one, '/oauth/token', '10.0.0.1'), 400)
    t.equal(await ask(two, '/oauth/token', '10.0.0.1'), 429, 'the limit of a route is its own')
    t.equal(await ask(one, '/problems', '10.0.0.1'), 429, 'the fifth of the address')
    t.equal(await ask(two, '/problems', '10.0.0.2'), 200)
  },
)

t.test('while the shared counters are away each process counts for itself, and nothing waits', async (t) => {
  const sharedCounts = openRedisCounts('redis://127.0.0.1:1', () => {})
  t.teardown(() => sharedCounts.close())
  const { app } = await testApp(t, { environment: { RATE_PER_ADDRESS: '2' }, parts: { sharedCounts } })
  const ask = async (remoteAddress: string) =>
    (await app.inject({ url: '/problems', remoteAddress })).statusCode
  t.same([await ask('10.0.0.1'), await ask('10.0.0.1'), await ask('10.0.0.1')], [200, 200, 429])
  t.equal(await ask('10.0.0.2'), 200)
})
