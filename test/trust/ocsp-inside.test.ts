import { readFile } from 'node:fs/promises'
import t from 'tap'
import { TrustStore } from '../../src/trust/trust-store.ts'
import { verifyEnvelope } from '../../src/trust/verify-envelope.ts'
import { changed, type Tree, takeApart } from '../support/der-tree.ts'
import { type Holder, openssl, Workshop } from '../support/openssl.ts'

const DOCUMENT = Buffer.from('{"prescription":"sample"}')
const DAY = 86_400_000

const workshop = await Workshop.open(t)
const root = await workshop.authority('Root')
const signer = await workshop.certificate('Signer', { issuer: root })
const usage = ['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,digitalSignature']
const responder = await workshop.certificate('Responder', {
  issuer: root,
  extensions: [...usage, 'extendedKeyUsage=OCSPSigning'],
})
const pretender = await workshop.certificate('Pretender', { issuer: root, extensions: usage })
const signature = await workshop.sign(DOCUMENT, [signer])
const store = new TrustStore({ anchors: [root.pem] })

const leaf = (tag: number, hex: string): Tree => ({ tag, children: [], bytes: Buffer.from(hex, 'hex') })
const node = (tag: number, ...children: Tree[]): Tree => ({ tag, children, bytes: Buffer.alloc(0) })

/** A line of the register that `openssl ocsp` answers from. */
async function answer(status: 'good' | 'revoked', by: Holder, reason = ''): Promise<Buffer> {
  const serial = (await openssl('x509', '-in', signer.certificate, '-noout', '-serial')).trim().split('=')[1]
  const now = new Date(Date.now() - 3_600_000)
    .toISOString()
    .replace(/[-:T]|\.\d+/g, '')
    .slice(2)
  const line =
    status === 'good' ? `V\t360101000000Z\t\t${serial}` : `R\t360101000000Z\t${now}${reason}\t${serial}`
  const index = await workshop.put('index.txt', `${line}\tunknown\t/C=CN/CN=Signer\n`)
  await workshop.put('unused', '')
  const [request, response] = [await workshop.put('request.der', ''), await workshop.put('response.der', '')]
  await openssl(
    'ocsp',
    '-issuer',
    root.certificate,
    '-cert',
    signer.certificate,
    '-no_nonce',
    '-reqout',
    request,
  )
  await openssl(
    ...['ocsp', '-index', index, '-CA', root.certificate, '-rsigner', by.certificate, '-rkey', by.key],
    ...['-reqin', request, '-respout', response, '-ndays', '1'],
  )
  return await readFile(response)
}

/** The signature with a response in it (RFC 5940). */
function carrying(response: Buffer): Buffer {
  return changed(signature, ({ body, certificates }) => {
    body.children[0] = leaf(0x02, '05')
    const other = node(0xa1, leaf(0x06, '2b06010505071002'), takeApart(response))
    body.children.splice(body.children.indexOf(certificates) + 1, 0, node(0xa1, other))
  })
}

async function outcome(envelope: Buffer, now = new Date()): Promise<string> {
  const verdict = await verifyEnvelope(DOCUMENT, envelope, store, { now })
  return verdict.status === 'invalid' ? verdict.code : verdict.status
}

t.test(
  'a current answer inside the signature, by the issuer or its responder, is as good as a list',
  async (t) => {
    t.equal(await outcome(signature), 'revocation-pending', 'without it nobody knows')
    t.equal(await outcome(carrying(await answer('good', root))), 'valid')
    t.equal(await outcome(carrying(await answer('good', responder))), 'valid')
  },
)

t.test('an answer by somebody who may not answer tells nothing', async (t) => {
  t.equal(await outcome(carrying(await answer('good', pretender))), 'revocation-pending')
})

t.test('an answer that ran out tells nothing good', async (t) => {
  const envelope = carrying(await answer('good', responder))
  t.equal(await outcome(envelope, new Date(Date.now() + 3 * DAY)), 'revocation-pending')
})

t.test('an answer inside that says revoked refuses, also when it ran out', async (t) => {
  const envelope = carrying(await answer('revoked', responder))
  t.equal(await outcome(envelope), 'certificate-revoked')
  t.equal(await outcome(envelope, new Date(Date.now() + 3 * DAY)), 'certificate-revoked')
})

t.test('a flipped bit in an answer never makes it a better one', async (t) => {
  const response = await answer('revoked', responder)
  for (let at = 40; at < response.length; at += 11) {
    const altered = Buffer.from(response)
    altered[at]! ^= 1
    let envelope: Buffer
    try {
      envelope = carrying(altered)
    } catch {
      continue // no DER any more, so nothing that could be put in
    }
    t.not(await outcome(envelope), 'valid', `byte ${at}`)
  }
})
