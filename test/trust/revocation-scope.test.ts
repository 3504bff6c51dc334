import t from 'tap'
import { recheckRevocation } from '../../src/trust/revocation.ts'
import { TrustStore } from '../../src/trust/trust-store.ts'
import { verifyEnvelope } from '../../src/trust/verify-envelope.ts'
import { Workshop } from '../support/openssl.ts'

const DOCUMENT = Buffer.from('{"prescription":"sample"}')
const HOUR = 3_600_000
const ago = (ms: number) => new Date(Date.now() - ms)

const workshop = await Workshop.open(t)
const root = await workshop.authority('Root')
const usage = ['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,digitalSignature,nonRepudiation']
const signer = await workshop.certificate('Signer', {
  issuer: root,
  extensions: [...usage, 'crlDistributionPoints=URI:http://ca.example/7.crl'],
})
const plain = await workshop.certificate('Without points', { issuer: root })
const signature = await workshop.sign(DOCUMENT, [signer])

async function outcome(
  lists: readonly string[],
  envelope = signature,
  intermediates: readonly string[] = [],
) {
  const store = new TrustStore({ anchors: [root.pem], intermediates, revocationLists: lists })
  const verdict = await verifyEnvelope(DOCUMENT, envelope, store, { now: new Date() })
  return verdict.status === 'invalid' ? verdict.code : verdict.status
}

const scoped = (lines: readonly string[], options: Parameters<Workshop['revocationList']>[1] = {}) =>
  workshop.revocationList(root, {
    ...options,
    extensions: ['issuingDistributionPoint=critical,@scope', '[scope]', ...lines],
  })
const unflagged = (lines: readonly string[]) =>
  workshop.revocationList(root, { extensions: ['issuingDistributionPoint=@scope', '[scope]', ...lines] })
const own = ['fullname=URI:http://ca.example/7.crl']
const other = ['fullname=URI:http://ca.example/8.crl']

t.test(
  "the certificate's own partition decides; another one alone says nothing (RFC 5280, 6.3.3)",
  async (t) => {
    t.equal(await outcome([await scoped(own)]), 'valid')
    t.equal(await outcome([await scoped(other)]), 'revocation-pending')
    t.equal(await outcome([await scoped(own), await scoped(other)]), 'valid')
    t.equal(await outcome([await scoped(own, { revoked: [{ holder: signer }] })]), 'certificate-revoked')
    t.equal(await outcome([await unflagged(own)]), 'valid', 'whatever the flag')
    t.equal(await outcome([await unflagged(other)]), 'revocation-pending', 'whatever the flag')
  },
)

t.test('a stale partition of others is nobody else’s matter', async (t) => {
  const stale = await scoped(other, { thisUpdate: ago(48 * HOUR), nextUpdate: ago(24 * HOUR) })
  t.equal(await outcome([await scoped(own), stale]), 'valid')
})

t.test('a certificate that names no point is told by lists that are no partition', async (t) => {
  const envelope = await workshop.sign(DOCUMENT, [plain])
  t.equal(await outcome([await scoped(own)], envelope), 'revocation-pending')
  t.equal(await outcome([await workshop.revocationList(root)], envelope), 'valid')
})

t.test('lists about users only speak for signers, lists about authorities only do not', async (t) => {
  t.equal(await outcome([await scoped(['onlyuser=TRUE'])]), 'valid')
  t.equal(await outcome([await scoped(['onlyCA=TRUE'])]), 'revocation-pending')
  t.equal(await outcome([await scoped(['onlyAA=TRUE'])]), 'revocation-pending')
})

t.test('lists by reasons are good only when together they tell all', async (t) => {
  const some = await scoped(['onlysomereasons=keyCompromise,CACompromise'])
  const rest = await scoped([
    'onlysomereasons=affiliationChanged,superseded,cessationOfOperation,certificateHold,privilegeWithdrawn,AACompromise',
  ])
  t.equal(await outcome([some]), 'revocation-pending')
  t.equal(await outcome([some, rest]), 'valid')
})

t.test('a delta list revokes and lifts what its base says', async (t) => {
  const base = await workshop.revocationList(root, {
    number: 4,
    extensions: ['authorityKeyIdentifier=keyid'],
  })
  const delta = (revoked: readonly { holder: typeof signer; reason?: string }[], baseNumber = '04') =>
    workshop.revocationList(root, {
      number: 5,
      revoked,
      extensions: [`2.5.29.27=critical,DER:0201${baseNumber}`],
    })
  t.equal(await outcome([base, await delta([])]), 'valid')
  t.equal(await outcome([base, await delta([{ holder: signer }])]), 'certificate-revoked')
  t.equal(await outcome([await delta([])]), 'revocation-pending', 'a delta alone is no whole list')
  const held = await workshop.revocationList(root, {
    number: 4,
    revoked: [{ holder: signer, reason: 'certificateHold' }],
  })
  t.equal(await outcome([held]), 'certificate-revoked')
  const lifted = await delta([{ holder: signer, reason: 'removeFromCRL' }])
  t.equal(await outcome([held, lifted]), 'valid')
  const later = await delta([{ holder: signer, reason: 'removeFromCRL' }], '09')
  t.equal(await outcome([held, later]), 'certificate-revoked', 'it goes on from another list')
})

t.test("a list by the authority's next key counts when that key leads to the anchor", async (t) => {
  const next = await workshop.authority('Root', { issuer: root })
  const byNext = await workshop.revocationList(next)
  t.equal(await outcome([byNext]), 'revocation-pending', 'nobody knows that key')
  t.equal(await outcome([byNext], signature, [next.pem]), 'valid')
  const forged = await workshop.authority('Root')
  t.equal(
    await outcome([await workshop.revocationList(forged)], signature, [forged.pem]),
    'revocation-pending',
  )
})

t.test('an indirect list by the issuer that the certificate names counts', async (t) => {
  const office = await workshop.authority('Lists', { issuer: root })
  const pointed = await workshop.certificate('Pointed', {
    issuer: root,
    extensions: [
      ...usage,
      'crlDistributionPoints=point',
      '[point]',
      'fullname=URI:http://ca.example/indirect.crl',
      'CRLissuer=dirName:office',
      '[office]',
      'C=CN',
      'CN=Lists',
    ],
  })
  const envelope = await workshop.sign(DOCUMENT, [pointed])
  const indirect = (revoked: readonly { holder: typeof pointed }[] = []) =>
    workshop.revocationList(office, {
      revoked,
      extensions: [
        'issuingDistributionPoint=critical,@scope',
        '[scope]',
        'fullname=URI:http://ca.example/indirect.crl',
        'indirectCRL=TRUE',
      ],
    })
  t.equal(await outcome([await indirect()], envelope, [office.pem]), 'valid')
  t.equal(await outcome([await indirect()], signature, [office.pem]), 'revocation-pending', 'not named there')
})

t.test('stored evidence is asked about again with the same scopes', async (t) => {
  const store = new TrustStore({ anchors: [root.pem], revocationLists: [await scoped(own)] })
  const verdict = await verifyEnvelope(DOCUMENT, signature, store, { now: new Date() })
  if (verdict.status === 'invalid') return t.fail(verdict.code)
  const evidence = JSON.parse(JSON.stringify(verdict.signers.flatMap((each) => each.evidence)))
  t.equal(await recheckRevocation(evidence, store, new Date()), 'good')
  store.replace({ anchors: [root.pem], revocationLists: [await scoped(other)] })
  t.equal(await recheckRevocation(evidence, store, new Date()), 'pending')
})
