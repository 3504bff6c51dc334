import { createPublicKey } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeProtectedHeader, jwtVerify } from 'jose'
import t from 'tap'
import {
  clientAssertion,
  HubClient,
  HubProblem,
  HubUnreachable,
  verifyWebhook,
  WebhookRefused,
} from '../../packages/client/src/index.ts'
import { makeKeyPair } from '../../src/trust/key-pair.ts'
import { signed } from '../../src/usecases/callbacks/secret.ts'

const { privateKey } = makeKeyPair({ curve: 'P-256' })

interface Scripted {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Breaks the connection off instead. */
  readonly breaks?: boolean
}

interface Got {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** A hub that gives tokens and answers everything else from a script. */
async function scripted(script: readonly Scripted[]) {
  const got: Got[] = []
  let tokens = 0
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const json = (status: number, content: unknown, more = {}) =>
        response
          .writeHead(status, { 'content-type': 'application/json', ...more })
          .end(JSON.stringify(content))
      if (url.startsWith('/.well-known/')) return json(200, { issuer: 'https://hub.example' })
      if (url === '/oauth/token') {
        tokens += 1
        return json(200, { access_token: `token-${tokens}`, token_type: 'Bearer', expires_in: 300 })
      }
      got.push({ method, url, headers, body })
      const answer = script[got.length - 1] ?? script.at(-1)!
      if (answer.breaks) return request.socket.destroy()
      return json(answer.status ?? 200, answer.body ?? {}, answer.headers)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const client = new HubClient({ url, clientId: 'his-1', privateKey, keyId: 'k1', retries: 3 })
  return { got, client, tokens: () => tokens }
}

const soon = { 'retry-after': '0' }
const problem = (code: string, status: number) => ({ code, status, titleEn: 'No', detailEn: 'Do otherwise.' })

t.test('an assertion is signed as its key asks for, in every form that a key may come in', async (t) => {
  const now = new Date()
  for (const [pair, alg] of [
    [makeKeyPair({ curve: 'P-256' }), 'ES256'],
    [makeKeyPair({ curve: 'P-384' }), 'ES384'],
    [makeKeyPair({ rsaBits: 2048 }), 'PS256'],
  ] as const) {
    const jwk = { ...pair.privateKey.export({ format: 'jwk' }), kid: 'k1' }
    const pem = pair.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string
    for (const given of [jwk, pem, pair.privateKey]) {
      const credentials = { clientId: 'his-1', privateKey: given, ...(given === jwk ? {} : { keyId: 'k1' }) }
      const assertion = clientAssertion(credentials, 'https://hub.example', now)
      t.match(decodeProtectedHeader(assertion), { alg, kid: 'k1' })
      const { payload } = await jwtVerify(assertion, createPublicKey(pair.privateKey), {
        issuer: 'his-1',
        subject: 'his-1',
        audience: 'https://hub.example',
        currentDate: now,
      })
      t.equal(payload.exp! - payload.iat!, 120)
    }
  }
  const other = makeKeyPair({ curve: 'P-521' }).privateKey
  t.throws(() => clientAssertion({ clientId: 'his-1', privateKey: other }, 'x', now), TypeError)
})

t.test('a write that was put off or cut off is sent again under its key', async (t) => {
  const { got, client, tokens } = await scripted([
    { breaks: true },
    { status: 503, headers: soon, body: problem('unavailable', 503) },
    { status: 429, headers: soon, body: problem('too-many-requests', 429) },
    { status: 201, headers: { 'idempotency-replayed': 'true' }, body: { prescriptionNo: '1' } },
  ])
  const answer = await client.call('takePrescription', { body: { pickupCode: 'A'.repeat(26) } })
  t.equal(answer.status, 201)
  t.ok(answer.isReplay)
  t.equal(got.length, 4)
  t.equal(new Set(got.map(({ headers }) => headers['idempotency-key'])).size, 1)
  t.ok(got[0]!.headers['idempotency-key'])
  t.equal(got[3]!.headers.authorization, 'Bearer token-1')
  t.equal(tokens(), 1, 'one token for all')
})

t.test('a refusal is told once, with its code; what stays away is told as such', async (t) => {
  const refusing = await scripted([{ status: 409, body: problem('held-by-another', 409) }])
  const asked = { path: { no: '1' }, body: { reasonCode: 'other' } } as const
  await t.rejects(refusing.client.call('releasePrescription', asked), {
    name: HubProblem.name,
    code: 'held-by-another',
    status: 409,
  })
  t.equal(refusing.got.length, 1)
  const away = await scripted([{ breaks: true }])
  const patient = new HubClient({ url: 'http://127.0.0.1:1', clientId: 'x', privateKey, retries: 0 })
  await t.rejects(patient.request({ method: 'GET', path: '/' }), { name: HubUnreachable.name })
  await t.rejects(away.client.request({ method: 'GET', path: '/', signal: AbortSignal.abort() }))
})

t.test('a token that has ended is renewed once', async (t) => {
  const { got, client, tokens } = await scripted([
    { status: 401, body: problem('unauthenticated', 401) },
    { body: { items: [] } },
  ])
  await client.call('listCallbacks')
  t.equal(tokens(), 2)
  t.equal(got[1]!.headers.authorization, 'Bearer token-2')
  const refused = await scripted([{ status: 401, body: problem('unauthenticated', 401) }])
  await t.rejects(refused.client.call('listCallbacks'), { name: HubProblem.name, code: 'unauthenticated' })
  t.equal(refused.got.length, 2, 'and no more than once')
})

t.test('path, query and If-Match go where they belong; pages follow their cursor', async (t) => {
  const { got, client } = await scripted([
    { body: { entries: [1], next: '2.0' } },
    { body: { entries: [], next: '2.0' } },
    { body: {} },
  ])
  const pages: unknown[] = []
  for await (const page of client.pages('readHospitalEvents', { query: { after: '1.0', limit: '1' } }))
    pages.push(page)
  t.equal(pages.length, 2)
  t.same(
    got.map(({ url }) => url),
    ['/hospital/events?after=1.0&limit=1', '/hospital/events?after=2.0&limit=1'],
  )
  await client.call('changeCallback', {
    path: { callbackId: 'a/b' },
    body: { url: 'https://his.example', eventTypes: [], state: 'on' },
    ifMatch: '"3"',
  })
  t.match(got[2], { method: 'PUT', url: '/callbacks/a%2Fb', headers: { 'if-match': '"3"' } })
  t.equal(got[0]!.headers['idempotency-key'], undefined, 'reading needs no key')
})

t.test('a message of a callback is taken when it is signed, whole and recent', async (t) => {
  const now = new Date()
  const [old, fresh] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  const shown = (secret: Buffer) => `whsec_${secret.toString('base64')}`
  const body = JSON.stringify({ type: 'taken', timestamp: now.toISOString(), data: { prescriptionNo: '药' } })
  const headers = { ...signed([fresh, old], '1-2', now, body) }
  for (const secrets of [shown(old), shown(fresh), [shown(Buffer.alloc(32, 3)), shown(old)]]) {
    t.match(verifyWebhook(secrets, headers, body), {
      id: '1-2',
      type: 'taken',
      data: { prescriptionNo: '药' },
    })
    t.equal(verifyWebhook(secrets, headers, Buffer.from(body)).id, '1-2', 'as bytes too')
  }
  const refused = (...[secrets, changed, text, options]: Parameters<typeof verifyWebhook>) =>
    t.throws(() => verifyWebhook(secrets, changed, text, options), WebhookRefused)
  refused(shown(Buffer.alloc(32, 3)), headers, body)
  refused(shown(old), headers, `${body} `)
  refused(shown(old), { ...headers, 'webhook-id': '1-3' }, body)
  refused(shown(old), { ...headers, 'webhook-signature': 'v1,' }, body)
  refused(shown(old), { ...headers, 'webhook-signature': undefined }, body)
  refused(shown(old), { ...headers, 'webhook-timestamp': 'now' }, body)
  for (const seconds of [-301, 301])
    refused(shown(old), headers, body, { now: new Date(now.getTime() + seconds * 1000) })
})
