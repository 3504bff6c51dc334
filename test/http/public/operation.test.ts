import t from 'tap'
import { PACKAGE_ROOT } from '../../../src/package-root.ts'
import { missingMigrations, pingDatabase } from '../../../src/storage/readiness.ts'
import { testApp } from '../../support/app.ts'
import { freshDatabase } from '../../support/database.ts'

const MIGRATIONS = new URL('migrations/', PACKAGE_ROOT)
const well = async () => {}
const ill = async () => {
  throw new Error('away')
}

t.test('readiness names the part that fails', async (t) => {
  let database = well
  let queue = well
  const { app } = await testApp(t, {
    parts: {
      probes: [
        { name: 'database', isRequired: true, check: () => database() },
        { name: 'queue', isRequired: false, check: () => queue() },
      ],
    },
  })
  const ask = async () => {
    const answer = await app.inject('/health/ready')
    return [answer.statusCode, answer.json()]
  }
  t.same(await ask(), [200, { status: 'ready', parts: { database: 'ok', queue: 'ok' } }])
  queue = ill
  t.same(await ask(), [200, { status: 'degraded', parts: { database: 'ok', queue: 'failing' } }])
  database = ill
  t.same(await ask(), [503, { status: 'not-ready', parts: { database: 'failing', queue: 'failing' } }])
  t.equal((await app.inject('/health/live')).statusCode, 200, 'alive all the same')
})

t.test('a part that never answers is failing', async (t) => {
  const check = () => new Promise<void>(() => {})
  const { app } = await testApp(t, { parts: { probes: [{ name: 'database', isRequired: true, check }] } })
  t.equal((await app.inject('/health/ready')).statusCode, 503)
})

t.test('a hub that is told to end is not ready, and still answers', async (t) => {
  const { app } = await testApp(t)
  t.equal((await app.inject('/health/ready')).statusCode, 200)
  app.startDraining()
  t.same((await app.inject('/health/ready')).json().status, 'draining')
  t.equal((await app.inject('/problems')).statusCode, 200)
})

t.test('closing lets a request that runs end, and turns readiness down', async (t) => {
  let release = () => {}
  const running = new Promise<void>((resolve) => {
    release = resolve
  })
  let enter = () => {}
  const entered = new Promise<void>((resolve) => {
    enter = resolve
  })
  const { app } = await testApp(t, {
    routes: (hub) =>
      hub.get('/slow', async () => {
        enter()
        await running
        return 'done'
      }),
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as { port: number }
  const slow = fetch(`http://127.0.0.1:${port}/slow`)
  await entered
  const closing = app.close()
  await new Promise((resolve) => setTimeout(resolve, 50))
  t.ok(app.isDraining())
  release()
  t.equal(await (await slow).text(), 'done')
  const before = Date.now()
  await closing
  t.ok(Date.now() - before < 5_000, 'and keeps no idle connection')
})

t.test('migrations that the database lacks are named', async (t) => {
  const { pool } = await freshDatabase(t)
  await pingDatabase(pool)
  t.same(await missingMigrations(pool, MIGRATIONS), [])
  await pool.query(`delete from migration where name = '0002_access.sql'`)
  t.same(await missingMigrations(pool, MIGRATIONS), ['0002_access.sql'])
})

t.test('metrics have the Prometheus form, requests by route, and gauges read at the scrape', async (t) => {
  let value = 1
  const { app } = await testApp(t, {
    parts: {
      gauges: [
        {
          name: 'hub_prescriptions',
          help: 'Prescriptions by state',
          labels: ['state'],
          read: async () => [{ labels: { state: 'open' }, value: value++ }],
        },
        { name: 'hub_outbox_lag_seconds', help: 'Lag', read: async () => Promise.reject(new Error('away')) },
      ],
    },
  })
  await app.inject('/problems/malformed')
  await app.inject('/problems/nothing-such')
  const first = await app.inject('/metrics')
  t.match(first.headers['content-type'], /^text\/plain; version=0\.0\.4/)
  const lines = first.body.split('\n')
  for (const line of lines)
    t.match(line, /^(|#.*|[a-z_\d]+(\{.*\})? ([-+]?[\d.]+(e[-+]?\d+)?|Na[Nn]|[-+]Inf))$/)
  t.match(
    first.body,
    'hub_http_request_duration_seconds_count{method="GET",route="/problems/:code",status="200"} 1',
  )
  t.match(first.body, 'hub_http_refusals_total{route="/problems/:code",code="not-found"} 1')
  t.match(first.body, 'hub_prescriptions{state="open"} 1')
  t.match((await app.inject('/metrics')).body, 'hub_prescriptions{state="open"} 2')
  t.match((await app.inject('/metrics')).body, 'hub_gauge_failures_total{gauge="hub_outbox_lag_seconds"}')
  t.notMatch(first.body, 'nothing-such', 'addresses are not labels')
})

t.test('metrics can demand a token', async (t) => {
  const { app } = await testApp(t, { environment: { METRICS_TOKEN: 'a-token-of-16-characters' } })
  const ask = async (authorization: string) =>
    (await app.inject({ url: '/metrics', headers: { authorization } })).statusCode
  t.equal(await ask(''), 401)
  t.equal(await ask('Bearer another-token-of-16'), 401)
  t.equal(await ask('Bearer a-token-of-16-characters'), 200)
})
