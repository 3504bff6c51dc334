import { readFile } from 'node:fs/promises'
import t from 'tap'
import { KEY_USAGE } from '../../src/trust/certificate.ts'
import { type Identity, issueCertificate, issueRevocationList } from '../../src/trust/certificate-issuing.ts'
import { createSandboxAuthority, loadIdentity, storeIdentity } from '../../src/trust/sandbox-authority.ts'
import { signEnvelope } from '../../src/trust/sign-envelope.ts'
import { TrustStore } from '../../src/trust/trust-store.ts'
import { type VerifyOptions, verifyEnvelope } from '../../src/trust/verify-envelope.ts'
import { openssl, Workshop } from '../support/openssl.ts'

const DOCUMENT = Buffer.from('{"处方":"样例"}')
const NOW = new Date('2026-03-01T02:00:00.000Z')
const DAY = 86_400_000
const from = (ms: number) => new Date(NOW.getTime() + ms)

const workshop = await Workshop.open(t)
const authority = await createSandboxAuthority(NOW)
const { root, intermediate } = authority
const validity = { notBefore: from(-DAY), notAfter: from(DAY) }
const named = (name: string) => ({ C: 'CN', O: '样例医院', CN: name })
const physician = await issueCertificate(intermediate, { ...validity, subject: named('样例医师') })
const seal = await issueCertificate(intermediate, {
  ...validity,
  subject: named('Seal'),
  keyKind: 'rsa-2048',
})

function listsWith(...revoked: Identity[]): Buffer[] {
  const period = { thisUpdate: from(-DAY), nextUpdate: from(DAY), number: 128 }
  return [
    issueRevocationList(root, { ...period, revoked: [] }),
    issueRevocationList(intermediate, {
      ...period,
      revoked: revoked.map(({ serial }) => ({ serial, at: from(-1000), reason: 1 })),
    }),
  ]
}

const store = new TrustStore({ anchors: [root.certificate], revocationLists: listsWith() })
const chain = [intermediate.certificatePem]
const by = (...identities: Identity[]) => identities.map((each) => ({ ...each, chain }))

async function codeOf(
  signature: Buffer,
  options: Partial<VerifyOptions> = {},
  trust = store,
): Promise<string> {
  const verdict = await verifyEnvelope(DOCUMENT, signature, trust, { now: NOW, ...options })
  return verdict.status === 'invalid' ? verdict.code : verdict.status
}

t.test(
  'GM/T 0009, 0010: the sandbox issues and signs with SM2, alone and beside a seal with RSA',
  async (t) => {
    const sm2 = await createSandboxAuthority(NOW, 'sm2')
    const own = await issueCertificate(sm2.intermediate, {
      ...validity,
      subject: named('国密医师'),
      keyKind: 'sm2',
    })
    const signer = { ...own, chain: [sm2.intermediate.certificatePem] }
    const period = { thisUpdate: from(-DAY), nextUpdate: from(DAY), number: 1, revoked: [] }
    const both = new TrustStore({
      anchors: [root.certificate, sm2.root.certificate],
      revocationLists: [
        ...listsWith(),
        issueRevocationList(sm2.root, period),
        issueRevocationList(sm2.intermediate, period),
      ],
    })
    const alone = signEnvelope(DOCUMENT, [signer], NOW)
    t.equal(await codeOf(alone, {}, both), 'valid')
    t.equal(await codeOf(signEnvelope(DOCUMENT, [signer, ...by(seal)], NOW), {}, both), 'valid')
    t.equal(await codeOf(alone), 'issuer-missing', 'by an authority that is not trusted')
    const other = await verifyEnvelope(Buffer.from('other'), alone, both, { now: NOW })
    t.match(other, { status: 'invalid', code: 'document-altered' })
    const [trust, between, leaf] = await Promise.all([
      workshop.put('sm2-root.pem', sm2.root.certificatePem),
      workshop.put('sm2-between.pem', sm2.intermediate.certificatePem),
      workshop.put('sm2-own.pem', own.certificatePem),
    ])
    const at = String(NOW.getTime() / 1000)
    const id = 'distid:1234567812345678'
    // OpenSSL gives the id to the certificate that it is asked about only: link by link.
    for (const [issuer, subject] of [
      [trust, between],
      [between, leaf],
    ] as const) {
      const how = ['-partial_chain', '-attime', at, '-vfyopt', id, '-trusted', issuer]
      t.match(await openssl('verify', ...how, subject), /OK/)
    }
  },
)

t.test('what the sandbox signs is valid here and for OpenSSL', async (t) => {
  const signature = signEnvelope(DOCUMENT, by(physician, seal), NOW)
  const verdict = await verifyEnvelope(DOCUMENT, signature, store, { now: NOW })
  t.match(verdict, { status: 'valid', signers: [{ signedAt: NOW.toISOString() }, {}] })
  const output = await workshop.put('out', '')
  const lists = await Promise.all(
    listsWith().map(async (list) => {
      const der = await workshop.put('list.der', list)
      return await openssl('crl', '-inform', 'DER', '-in', der, '-outform', 'PEM')
    }),
  )
  const verify = async (bytes: Buffer) =>
    await openssl(
      'cms',
      '-verify',
      '-binary',
      '-inform',
      'DER',
      '-in',
      await workshop.put('signature.der', signature),
      '-content',
      await workshop.put('document', bytes),
      '-CAfile',
      await workshop.put('trust.pem', [root.certificatePem, ...lists].join('')),
      '-crl_check_all',
      '-x509_strict',
      '-attime',
      String(NOW.getTime() / 1000),
      '-purpose',
      'any',
      '-out',
      output,
    )
  await verify(DOCUMENT)
  t.same(await readFile(output), DOCUMENT)
  await t.rejects(verify(Buffer.from('another')))
})

t.test('names in Chinese are read as they were written', async (t) => {
  const verdict = await verifyEnvelope(DOCUMENT, signEnvelope(DOCUMENT, by(physician), NOW), store, {
    now: NOW,
  })
  t.equal(verdict.status === 'valid' && verdict.signers[0]!.subject, 'CN=样例医师,O=样例医院,C=CN')
})

t.test('wrong certificates can be had on purpose', async (t) => {
  const issue = async (options: object) => {
    const holder = await issueCertificate(intermediate, { ...validity, subject: named('Wrong'), ...options })
    return await codeOf(signEnvelope(DOCUMENT, by(holder), NOW))
  }
  t.equal(await issue({}), 'valid')
  t.equal(await issue({ keyKind: 'p-384' }), 'valid')
  t.equal(await issue({ notAfter: from(-1000) }), 'certificate-expired')
  t.equal(await issue({ notBefore: from(1000) }), 'certificate-not-yet-valid')
  t.equal(await issue({ keyUsage: [KEY_USAGE.keyCertSign] }), 'key-usage-wrong')
  const revoked = new TrustStore({ anchors: [root.certificate], revocationLists: listsWith(physician) })
  t.equal(await codeOf(signEnvelope(DOCUMENT, by(physician), NOW), {}, revoked), 'certificate-revoked')
  t.equal(await codeOf(signEnvelope(DOCUMENT, by(seal), NOW), {}, revoked), 'valid')
})

t.test('validity is judged at a plausible signing time, and otherwise now', async (t) => {
  const skew = 300_000
  const tolerance = 3_600_000
  const settings = { signingTimeToleranceSeconds: 3600, clockSkewSeconds: 300, acceptPendingRevocation: true }
  const trust = new TrustStore({ anchors: [root.certificate] })
  const judged = async (certificate: { notBefore?: Date; notAfter?: Date }, signedAt: Date) => {
    const options = { ...validity, ...certificate, subject: named('Timely') }
    const holder = await issueCertificate(intermediate, options)
    return await codeOf(signEnvelope(DOCUMENT, by(holder), signedAt), settings, trust)
  }
  const ended = { notAfter: from(-1_800_000) }
  t.equal(await judged(ended, from(-tolerance)), 'valid-revocation-pending', 'signed while it held')
  t.equal(
    await judged(ended, from(-tolerance - 1000)),
    'certificate-expired',
    'too old a claim is not believed',
  )
  t.equal(await judged(ended, from(-1_799_000)), 'certificate-expired')
  const starting = { notBefore: from(60_000) }
  t.equal(await judged(starting, from(skew)), 'valid-revocation-pending', 'the clock of the signer is ahead')
  t.equal(
    await judged(starting, from(skew + 1000)),
    'certificate-not-yet-valid',
    'too far ahead to be believed',
  )
})

t.test('an authority kept as text goes on issuing', async (t) => {
  const kept = loadIdentity(JSON.parse(JSON.stringify(storeIdentity(intermediate))))
  t.equal(kept.fingerprint, intermediate.fingerprint)
  const holder = await issueCertificate(kept, { ...validity, subject: named('Later') })
  t.equal(await codeOf(signEnvelope(DOCUMENT, by(holder), NOW)), 'valid')
})

t.test('a part of a name that does not exist is a mistake of the caller', async (t) => {
  await t.rejects(issueCertificate(intermediate, { ...validity, subject: { X: 'y' } }), RangeError)
})
