import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { TrustStore } from '../../src/trust/trust-store.ts'
import { verifyEnvelope } from '../../src/trust/verify-envelope.ts'
import { changed, takeApart } from '../support/der-tree.ts'
import { type Holder, openssl, Workshop } from '../support/openssl.ts'

const DOCUMENT = Buffer.from('{"prescription":"sample"}')
const DAY = 86_400_000

const workshop = await Workshop.open(t)
const root = await workshop.authority('Root')
const signer = await workshop.certificate('Signer', { issuer: root })
const clock = await workshop.authority('Clock Root')
const usage = ['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,digitalSignature']
const stamping = [...usage, 'extendedKeyUsage=critical,timeStamping']
const stamper = await workshop.certificate('Stamper', { issuer: clock, extensions: stamping })
const stranger = await workshop.certificate('Stranger', {
  issuer: await workshop.authority('Other Root'),
  extensions: stamping,
})
const both = [...usage, 'extendedKeyUsage=critical,timeStamping,emailProtection']
const alsoMails = await workshop.certificate('Also mails', { issuer: clock, extensions: both })
const signature = await workshop.sign(DOCUMENT, [signer])
const list = await workshop.revocationList(root)

/** What a stamp is over: the signature's value. */
function signedValue(envelope: Buffer): Buffer {
  let found = Buffer.alloc(0) as Buffer
  changed(envelope, ({ signers }) => {
    found = signers.children[0]!.children.findLast(({ tag }) => tag === 0x04)!.bytes
  })
  return found
}

/** A token by OpenSSL's own time-stamp authority. */
async function tokenOver(bytes: Buffer, by: Holder, chain: Holder): Promise<Buffer> {
  const config = await workshop.put(
    'tsa.cnf',
    [
      '[tsa]',
      'default_tsa = any',
      '[any]',
      `serial = ${join(workshop.folder, 'tsa-serial')}`,
      'default_policy = 1.2.3.4',
      'digests = sha256, sha384',
      'signer_digest = sha256',
      'clock_precision_digits = 3',
      'ess_cert_id_alg = sha256',
    ].join('\n'),
  )
  const [data, query, token] = await Promise.all(
    ['data', 'query', 'token'].map((name) => workshop.put(name, bytes)),
  )
  await openssl('ts', '-query', '-data', data!, '-sha256', '-cert', '-no_nonce', '-out', query!)
  await openssl(
    ...['ts', '-reply', '-config', config, '-queryfile', query!, '-signer', by.certificate, '-inkey', by.key],
    ...['-chain', chain.certificate, '-token_out', '-out', token!],
  )
  return await readFile(token!)
}

/** The signature with a stamp among the unsigned attributes. */
function stamped(token: Buffer, envelope = signature): Buffer {
  return changed(envelope, ({ signers }) => {
    const type = { tag: 0x06, children: [], bytes: Buffer.from('2a864886f70d010910020e', 'hex') }
    const values = { tag: 0x31, children: [takeApart(token)], bytes: Buffer.alloc(0) }
    const attribute = { tag: 0x30, children: [type, values], bytes: Buffer.alloc(0) }
    signers.children[0]!.children.push({ tag: 0xa1, children: [attribute], bytes: Buffer.alloc(0) })
  })
}

const trusting = (...timeStampAnchors: string[]) =>
  new TrustStore({ anchors: [root.pem], revocationLists: [list], timeStampAnchors })

/** A year and more later the signer's certificate has run out, and so has the list: revocation is left aside. */
async function judgedLater(envelope: Buffer, store: TrustStore) {
  return await verifyEnvelope(DOCUMENT, envelope, store, {
    now: new Date(Date.now() + 500 * DAY),
    acceptPendingRevocation: true,
  })
}

const token = await tokenOver(signedValue(signature), stamper, clock)

t.test('the time of a stamp by a trusted authority counts, and is told', async (t) => {
  const verdict = await judgedLater(stamped(token), trusting(clock.pem))
  t.match(verdict, { status: 'valid-revocation-pending', signers: [{ signedAt: String }] })
  if (verdict.status === 'invalid') return
  t.ok(Math.abs(Date.parse(verdict.signers[0]!.signedAt!) - Date.now()) < 10 * 60_000)
  t.match(verdict.signers[0]!.evidence[0]!.seenAt, verdict.signers[0]!.signedAt)
  const pinned = await judgedLater(stamped(token), trusting(stamper.pem))
  t.match(pinned, { status: 'valid-revocation-pending' }, 'the certificate itself may be what is trusted')
})

t.test('a stamp that is not trusted, or not of this signature, tells nothing', async (t) => {
  const refused = { status: 'invalid', code: 'certificate-expired' }
  t.match(await judgedLater(signature, trusting(clock.pem)), refused, 'no stamp')
  t.match(await judgedLater(stamped(token), trusting()), refused, 'no authority is set')
  const value = signedValue(signature)
  const strange = await tokenOver(value, stranger, root)
  t.match(await judgedLater(stamped(strange), trusting(clock.pem)), refused, 'another authority')
  const elsewhere = await tokenOver(Buffer.from('something else'), stamper, clock)
  t.match(await judgedLater(stamped(elsewhere), trusting(clock.pem)), refused, 'over other bytes')
  const altered = Buffer.from(token)
  altered[altered.length - 5]! ^= 1
  t.match(await judgedLater(stamped(altered), trusting(clock.pem)), refused, 'altered')
  const garbled = stamped(Buffer.from('3003020101', 'hex'))
  t.match(await judgedLater(garbled, trusting(clock.pem)), refused, 'no token at all')
  t.match(
    await verifyEnvelope(DOCUMENT, garbled, trusting(clock.pem), { now: new Date() }),
    { status: 'valid' },
    'and does no harm',
  )
})

t.test('who may do more than stamp may not stamp (RFC 3161, 2.3)', async (t) => {
  await t.rejects(tokenOver(signedValue(signature), alsoMails, clock), 'for OpenSSL either')
})

t.test('a stamp of the future tells nothing', async (t) => {
  const verdict = await verifyEnvelope(DOCUMENT, stamped(token), trusting(clock.pem), {
    now: new Date(Date.now() - 30 * DAY),
    acceptPendingRevocation: true,
  })
  t.match(verdict, { status: 'invalid', code: 'certificate-not-yet-valid' })
})
