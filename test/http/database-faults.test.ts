import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { asProblem } from '../../src/http/plugins/problem-details.ts'
import { openPool } from '../../src/storage/database.ts'
import { signingKeys } from '../../src/usecases/access/signing-keys.ts'
import { releasePrescription } from '../../src/usecases/release-prescription.ts'
import { accessToken } from '../support/access-token.ts'
import { cuttingProxy } from '../support/cutting-proxy.ts'
import type { Scope } from '../support/database.ts'
import { aWrite, testHub } from '../support/hub.ts'
import { walker } from '../support/journey.ts'

/** A hub that listens, and reaches its database by a way that can be cut. */
async function hubBehindProxy(t: Scope) {
  const hub = await testHub(t)
  const proxy = await cuttingProxy(t, hub.url)
  const pool = openPool(proxy.url, 2)
  const config = readConfig({ PUBLIC_URL: 'https://hub.example', LOG_LEVEL: 'silent' })
  const app = await buildApp({
    config,
    pool,
    usecases: { ...hub.deps, pool },
    signingKeys: signingKeys(hub.deps.pool, config.keyEncryptionKey),
    machineClock: () => new Date(),
    probes: [],
    gauges: [],
    version: '0.0.0-test',
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(async () => {
    await app.close()
    await pool.end()
  })
  const { port } = app.server.address() as AddressInfo
  const token = await accessToken(app, hub.deps.pool, hub.pharmacy())
  const post = async (path: string, body: object, key: string = randomUUID()) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
    })
    return {
      status: answer.status,
      type: answer.headers.get('content-type'),
      retryAfter: answer.headers.get('retry-after'),
      body: (await answer.json()) as { code?: string; retry?: string; state?: string },
    }
  }
  return { hub, proxy, pool, post, walk: walker(hub) }
}

const UNAVAILABLE = {
  status: 503,
  type: /^application\/problem\+json/,
  retryAfter: /^\d+$/,
  body: { code: 'unavailable' },
}

t.test(
  'a connection that is cut at any point is 503, and the same request then has one effect',
  async (t) => {
    const { hub, proxy, post, walk } = await hubBehindProxy(t)
    const { no } = await walk.chosen()
    const by = hub.pharmacy()
    const take = (key: string) => post('/pharmacy/takes', { prescriptionNo: no }, key)
    const giveBack = async () => await releasePrescription(hub.deps, by, aWrite(by), no, 'other')
    proxy.cutAtPiece(undefined)
    t.equal((await take(randomUUID())).status, 200)
    const pieces = proxy.pieces()
    t.ok(pieces > 1, `${pieces} pieces`)
    for (let at = 1; at <= pieces + 2; at += 1) {
      await giveBack()
      const key = randomUUID()
      proxy.cutAtPiece(at)
      const first = await take(key)
      if (first.status !== 200) t.match(first, UNAVAILABLE, `cut at piece ${at}`)
      proxy.cutAtPiece(undefined)
      const again = await take(key)
      t.equal(again.status, 200, `sent again after a cut at piece ${at}`)
    }
  },
)

t.test('while there is no way to the database everything is 503, and then it goes on', async (t) => {
  const { proxy, post, walk } = await hubBehindProxy(t)
  const { no } = await walk.chosen()
  const take = () => post('/pharmacy/takes', { prescriptionNo: no })
  proxy.cut()
  t.match(await Promise.all([take(), take(), take(), take()]), [
    UNAVAILABLE,
    UNAVAILABLE,
    UNAVAILABLE,
    UNAVAILABLE,
  ])
  proxy.heal()
  t.match(await take(), { status: 200, body: { state: 'held' } })
})

t.test('a server that takes no writes is 503, and is not asked over the same connection again', async (t) => {
  const { hub, pool, post, walk } = await hubBehindProxy(t)
  const { no } = await walk.chosen()
  const database = new URL(hub.url).pathname.slice(1)
  const take = () => post('/pharmacy/takes', { prescriptionNo: no })
  // As after a failover: the connections that are open lead to a standby, and so do new ones for a while.
  await Promise.all([1, 2].map(() => pool.query('set default_transaction_read_only = on')))
  const admin = await hub.deps.pool.connect()
  await admin.query(`alter database ${database} set default_transaction_read_only = on`)
  t.match(await take(), UNAVAILABLE)
  t.match(await take(), UNAVAILABLE)
  await admin.query(`alter database ${database} reset default_transaction_read_only`)
  admin.release()
  t.match(await take(), { status: 200, body: { state: 'held' } }, 'by a new connection')
})

t.test('a server that ends its connections is 503', async (t) => {
  const { hub, pool, post, walk } = await hubBehindProxy(t)
  const { no } = await walk.chosen()
  const client = await pool.connect()
  const other = await pool.connect()
  for (const each of [client, other]) {
    const { rows } = await each.query('select pg_backend_pid() as pid')
    each.release()
    await hub.deps.pool.query('select pg_terminate_backend($1)', [rows[0].pid])
  }
  const first = await post('/pharmacy/takes', { prescriptionNo: no })
  if (first.status !== 200) t.match(first, UNAVAILABLE)
  t.equal(
    (await post('/pharmacy/takes', { prescriptionNo: no }, 'again-after-the-end-0001')).status < 500,
    true,
  )
})

t.test('faults that pass are told from those that are ours', async (t) => {
  const withCode = (code: string) => Object.assign(new Error('the database says so'), { code })
  for (const code of [
    '25006',
    '57P01',
    '57P02',
    '57P03',
    '40001',
    '40P01',
    '53300',
    '08006',
    'ECONNRESET',
    'EHOSTUNREACH',
  ])
    t.equal(asProblem(withCode(code)).code, 'unavailable', code)
  for (const message of [
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
  ])
    t.equal(asProblem(new Error(message)).code, 'unavailable', message)
  for (const error of [
    withCode('23505'),
    withCode('42P01'),
    withCode('22P02'),
    new Error('terminated'),
    new TypeError('x'),
  ])
    t.equal(asProblem(error).code, 'internal-error')
})
