import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { readStatusServices } from '../../src/runtime/status-services.ts'
import { fingerprintOf } from '../../src/trust/certificate.ts'
import { recheckRevocation } from '../../src/trust/revocation.ts'
import { derOf } from '../../src/trust/sign-envelope.ts'
import type { StatusService } from '../../src/trust/status-services.ts'
import { TrustStore } from '../../src/trust/trust-store.ts'
import { verifyEnvelope } from '../../src/trust/verify-envelope.ts'
import { openssl, Workshop } from '../support/openssl.ts'

const DOCUMENT = Buffer.from('{"prescription":"sample"}')

const workshop = await Workshop.open(t)
const root = await workshop.authority('Root')
const signer = await workshop.certificate('Signer', { issuer: root })
const other = await workshop.certificate('Other', { issuer: root })
const signature = await workshop.sign(DOCUMENT, [signer])
const list = await workshop.revocationList(root)

type Mood = 'good' | 'revoked' | 'unknown' | 'garbage' | 'error' | 'huge' | 'late' | 'old'
let mood: Mood = 'good'
let questions = 0

async function serialOf(certificate: string): Promise<string> {
  return (await openssl('x509', '-in', certificate, '-noout', '-serial')).trim().split('=')[1] ?? ''
}

/** What OpenSSL's own responder says to a question. */
async function answerTo(question: Buffer): Promise<Buffer> {
  const serial = await serialOf(mood === 'unknown' ? other.certificate : signer.certificate)
  const line =
    mood === 'revoked' ? `R\t360101000000Z\t260101000000Z\t${serial}` : `V\t360101000000Z\t\t${serial}`
  const index = await workshop.put('index.txt', `${line}\tunknown\t/CN=Signer\n`)
  const [request, response] = [await workshop.put('q.der', question), await workshop.put('a.der', '')]
  await openssl(
    ...['ocsp', '-index', index, '-CA', root.certificate, '-rsigner', root.certificate, '-rkey', root.key],
    ...['-reqin', request, '-respout', response, '-ndays', '1'],
  )
  return await readFile(response)
}

let earlier: Buffer = Buffer.alloc(0)
async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  questions += 1
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  if (mood === 'late') return // until the asker gives up
  if (mood === 'error') return void response.writeHead(500).end()
  if (mood === 'garbage') return void response.end('<html>signed out</html>')
  if (mood === 'huge') return void response.end(Buffer.alloc(200_000))
  const answer = mood === 'old' ? earlier : await answerTo(Buffer.concat(parts))
  earlier = answer
  response.setHeader('content-type', 'application/ocsp-response').end(answer)
}

const server = createServer((request, response) => void serve(request, response))
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
t.teardown(() => {
  server.closeAllConnections()
  server.close()
})

const SERVICE: StatusService = {
  authority: fingerprintOf(derOf(root.pem)),
  address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
  timeoutSeconds: 10,
  keepSeconds: 600,
  digest: 'sha1',
  whenSilent: 'lists',
}

function storeWith(service: Partial<StatusService> = {}, lists: readonly string[] = []): TrustStore {
  return new TrustStore({
    anchors: [root.pem],
    revocationLists: lists,
    statusServices: [{ ...SERVICE, ...service }],
  })
}

async function outcome(store: TrustStore, now = new Date()): Promise<string> {
  const verdict = await verifyEnvelope(DOCUMENT, signature, store, { now })
  return verdict.status === 'invalid' ? verdict.code : verdict.status
}

t.test('the status service says good or revoked, and is believed', async (t) => {
  for (const digest of ['sha1', 'sha256'] as const) {
    mood = 'good'
    t.equal(await outcome(storeWith({ digest })), 'valid')
    mood = 'revoked'
    t.equal(await outcome(storeWith({ digest })), 'certificate-revoked')
  }
  t.equal(await outcome(storeWith({}, [list])), 'certificate-revoked', 'whatever a list says')
})

t.test('silence does what the setting says', async (t) => {
  for (const each of ['error', 'garbage', 'huge', 'late', 'old'] as const) {
    if (each === 'old') {
      mood = 'good'
      await outcome(storeWith())
    }
    mood = each
    const late = { timeoutSeconds: each === 'late' ? 0.2 : 10 }
    t.equal(await outcome(storeWith({ ...late, whenSilent: 'lists' })), 'revocation-pending', each)
    t.equal(await outcome(storeWith({ ...late, whenSilent: 'lists' }, [list])), 'valid', each)
    t.equal(await outcome(storeWith({ ...late, whenSilent: 'refuse' }, [list])), 'revocation-pending', each)
    t.equal(await outcome(storeWith({ ...late, whenSilent: 'good' })), 'valid', each)
  }
})

t.test('a service that does not know the certificate is never taken for good', async (t) => {
  mood = 'unknown'
  t.equal(await outcome(storeWith({ whenSilent: 'good' })), 'revocation-pending')
  t.equal(await outcome(storeWith({ whenSilent: 'lists' }, [list])), 'valid')
})

t.test('an answer that says nothing is not kept: the next question goes out again', async (t) => {
  mood = 'unknown'
  const store = storeWith()
  const now = new Date()
  t.equal(await outcome(store, now), 'revocation-pending')
  mood = 'good'
  t.equal(await outcome(store, now), 'valid')
})

t.test('an answer is kept for its time, and the same question goes out once', async (t) => {
  mood = 'good'
  questions = 0
  const store = storeWith({ keepSeconds: 600 })
  const now = Date.now()
  const at = (seconds: number) => new Date(now + seconds * 1000)
  t.same(await Promise.all([outcome(store, at(0)), outcome(store, at(0))]), ['valid', 'valid'])
  t.equal(questions, 1)
  t.equal(await outcome(store, at(599)), 'valid')
  t.equal(questions, 1)
  mood = 'revoked'
  t.equal(await outcome(store, at(601)), 'certificate-revoked')
  t.equal(questions, 2)
})

t.test('a service that was silent is left alone for five seconds', async (t) => {
  mood = 'error'
  questions = 0
  const store = storeWith()
  const now = Date.now()
  await outcome(store, new Date(now))
  await outcome(store, new Date(now + 4_999))
  t.equal(questions, 1)
  mood = 'good'
  t.equal(await outcome(store, new Date(now + 5_000)), 'valid')
})

t.test('what was accepted is asked about again', async (t) => {
  mood = 'good'
  const store = storeWith({ keepSeconds: 0 })
  const now = new Date()
  const verdict = await verifyEnvelope(DOCUMENT, signature, store, { now })
  if (verdict.status === 'invalid') throw new Error(verdict.code)
  const evidence = verdict.signers.flatMap((each) => each.evidence)
  t.equal(await recheckRevocation(evidence, store, now), 'good')
  mood = 'revoked'
  t.equal(await recheckRevocation(evidence, store, now), 'revoked')
})

t.test('the file of services is read with its defaults, and its faults are named', async (t) => {
  const certificate = Buffer.from(root.pem)
  const read = (given: unknown) =>
    readStatusServices(typeof given === 'string' ? given : JSON.stringify(given), (file) =>
      file === 'anchors/root.pem' ? certificate : undefined,
    )
  const right = { authority: 'anchors/root.pem', address: 'http://ocsp.example/', whenSilent: 'refuse' }
  t.same(read([right]), [
    {
      ...SERVICE,
      address: 'http://ocsp.example/',
      timeoutSeconds: 3,
      keepSeconds: 3600,
      whenSilent: 'refuse',
    },
  ])
  t.throws(() => read('{'), /no JSON/)
  t.throws(() => read([{ ...right, whenSilent: 'perhaps' }]), /\/0\/whenSilent/)
  t.throws(() => read([{ ...right, address: 'ldap://x' }]), /\/0\/address/)
  t.throws(() => read([{ ...right, authority: 'anchors/gone.pem' }]), /no certificate file anchors\/gone.pem/)
  t.throws(() => new TrustStore({ anchors: [root.pem], statusServices: [{ ...SERVICE, authority: 'ff' }] }))
})
