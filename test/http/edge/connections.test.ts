import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { OpenStreams } from '../../../src/http/pharmacy/open-streams.ts'
import type { Hub } from '../../../src/http/plugins/hub.ts'
import { testApp } from '../../support/app.ts'
import { listening } from '../../support/socket.ts'

const CLOSE = 'connection: close\r\n'

/** A route that counts how often it did its work. */
function counting(app: Hub): { done: number } {
  const work = { done: 0 }
  app.post('/count', { schema: { hide: true, body: { type: 'object' } } as const }, async () => {
    work.done += 1
    return {}
  })
  return work
}

t.test('the API description is made once, and whoever has it is told so without a body', async (t) => {
  const { app } = await testApp(t)
  const { send } = await listening(app)
  let made = 0
  const make = app.swagger.bind(app)
  Object.assign(app, {
    swagger: () => {
      made += 1
      return make()
    },
  })
  const first = await send('GET', '/openapi.json', {})
  const again = await send('GET', '/openapi.json', {})
  t.equal(first.body.openapi, '3.1.0')
  t.ok(first.bytes.equals(again.bytes))
  t.ok(made <= 1, `made ${made} times`)
  const etag = String(first.headers['etag'])
  for (const condition of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const known = await send('GET', '/openapi.json', { headers: { 'if-none-match': condition } })
    t.match(known, { status: 304, headers: { etag } })
    t.equal(known.bytes.length, 0)
  }
  t.equal((await send('GET', '/openapi.json', { headers: { 'if-none-match': '"other"' } })).status, 200)
})

t.test('HEAD is answered without a body, whatever the address', async (t) => {
  const { raw } = await listening((await testApp(t)).app)
  for (const [path, status] of [
    ['/health/live', 200],
    ['/nowhere', 404],
    ['/oauth/token', 405],
    ['/p/%zz', 400],
  ] as const) {
    const heard = await raw(`HEAD ${path} HTTP/1.1\r\nhost: x\r\n${CLOSE}\r\n`)
    t.match(heard, new RegExp(`^HTTP/1\\.1 ${status} `), path)
    t.match(heard, /\r\n\r\n$/, `${path}: the head is all`)
    t.match(heard, /\r\nx-request-id: [0-9a-f-]{36}\r\n/i, path)
  }
})

t.test(
  'a head that can be read in two ways is refused, and every early refusal names its request',
  async (t) => {
    const { raw } = await listening((await testApp(t)).app)
    const get = (...lines: string[]) => `GET /health/live HTTP/1.1\r\n${lines.join('')}${CLOSE}\r\n`
    for (const [sent, status] of [
      [get('host: a.example\r\n'), 200],
      [get('host: [::1]:8080\r\n'), 200],
      [get('host:\r\n'), 200],
      [get('host: a.example\r\n', 'host: b.example\r\n'), 400],
      [get('host: a.example\r\n', 'Host: a.example\r\n'), 400],
      [get('host: a.example, b.example/x\r\n'), 400],
      [get('host: user@a.example\r\n'), 400],
      [get(), 400],
      ['GET /health/live HTTP/1.0\r\n\r\n', 200],
      ['GET /health/live HTTP/1.0\r\nhost: a\r\nhost: b\r\n\r\n', 400],
      ['GET /health/live\r\n\r\n', 400],
      ['GET /health/live HTTP/0.9\r\n\r\n', 400],
      ['GET /p/%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 400],
      [`GET / HTTP/1.1\r\nhost: x\r\nlong: ${'x'.repeat(20_000)}\r\n\r\n`, 413],
      ['GARBAGE\r\n\r\n', 400],
    ] as const) {
      const heard = await raw(sent)
      const shown = sent.slice(0, 70)
      t.match(heard, new RegExp(`^HTTP/1\\.1 ${status} `), shown)
      const [, id] = /\r\nx-request-id: ([0-9a-f-]{36})\r\n/i.exec(heard) ?? []
      t.ok(id, `${shown}: has an x-request-id`)
      if (status !== 200) t.match(heard, `"instance":"urn:uuid:${id}"`, shown)
    }
  },
)

t.test('a body that does not come in time is answered 408, and nothing is done', async (t) => {
  const { app } = await testApp(t, { environment: { BODY_SECONDS: '1' } })
  const work = counting(app)
  const { raw, port } = await listening(app)
  const head = 'POST /count HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'
  for (const framing of ['content-length: 100\r\n\r\n{', 'transfer-encoding: chunked\r\n\r\n1\r\n{\r\n']) {
    const heard = await raw(`${head}${framing}`)
    t.match(heard, /^HTTP\/1\.1 408 /)
    t.match(heard, '"code":"request-too-slow"')
    t.match(heard, /\r\nconnection: close\r\n/i)
  }
  const dripping = connect(port, '127.0.0.1')
  dripping.on('error', () => {})
  let heard = ''
  dripping.on('data', (piece: Buffer) => {
    heard += piece.toString('latin1')
  })
  dripping.write(`${head}content-length: 1000\r\n\r\n{`)
  const drip = setInterval(() => dripping.writable && dripping.write(' '), 100)
  await once(dripping, 'close')
  clearInterval(drip)
  t.match(heard, /^HTTP\/1\.1 408 /, 'a byte now and then does not help')
  t.equal(work.done, 0)

  const late = connect(port, '127.0.0.1')
  late.write(`${head}${CLOSE}content-length: 2\r\n\r\n{`)
  await sleep(100)
  late.write('}')
  const [first] = (await once(late, 'data')) as [Buffer]
  t.match(first.toString('latin1'), /^HTTP\/1\.1 200 /, 'one that comes in pieces, in time, is taken')
  t.equal(work.done, 1)
})

t.test('one address may have so many connections, and another one once it hangs up', async (t) => {
  const { app } = await testApp(t, { environment: { CONNECTIONS_PER_ADDRESS: '3' } })
  const { port, send } = await listening(app)
  const open = await Promise.all(
    Array.from({ length: 3 }, async () => {
      const socket = connect(port, '127.0.0.1')
      await once(socket, 'connect')
      socket.write('GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n')
      await once(socket, 'data')
      return socket
    }),
  )
  await t.rejects(send('GET', '/health/live'), 'the fourth is closed at once')
  t.match(await app.metrics.getSingleMetricAsString('hub_connections_refused_total'), /cap="address"\} 1/)
  open[0]!.destroy()
  let status: number | undefined
  for (let tries = 0; status === undefined && tries < 100; tries += 1) {
    status = await send('GET', '/health/live').then(
      (answer) => answer.status,
      () => undefined,
    )
    if (status === undefined) await sleep(20)
  }
  t.equal(status, 200)
  for (const socket of open) socket.destroy()
})

t.test('event streams are capped by client, institution, address and process', (t) => {
  const caps = { perClient: 2, perInstitution: 3, perAddress: 4, inAll: 5 }
  const owner = (clientId: string, institutionId: string, address: string) => ({
    clientId,
    institutionId,
    address,
  })
  for (const [name, cap, nth] of [
    ['client', 2, () => owner('c', 'i', 'a')],
    ['institution', 3, (n: number) => owner(`c${n}`, 'i', `a${n}`)],
    ['address', 4, (n: number) => owner(`c${n}`, `i${n}`, 'a')],
    ['process', 5, (n: number) => owner(`c${n}`, `i${n}`, `a${n}`)],
  ] as const) {
    const streams = new OpenStreams(caps, () => false)
    const open = Array.from({ length: cap }, (_, n) => streams.open(nth(n)))
    t.throws(() => streams.open(nth(cap)), { code: 'too-many-requests' }, name)
    open[0]!.close()
    open[0]!.close()
    streams.open(nth(0))
    t.throws(() => streams.open(nth(cap)), { code: 'too-many-requests' }, `${name}: closing twice frees one`)
    streams.endAll()
    t.ok(open.every(({ signal }) => signal.aborted))
  }
  t.end()
})
