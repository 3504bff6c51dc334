import t from 'tap'
import { TrustStore } from '../../src/trust/trust-store.ts'
import { type Verdict, verifyEnvelope } from '../../src/trust/verify-envelope.ts'
import { type Kind, Workshop } from '../support/openssl.ts'

const DOCUMENT = Buffer.from('{"处方":"样例","lines":[]}\r\n\0', 'utf8')

const workshop = await Workshop.open(t)
const root = await workshop.authority('Root', { kind: 'rsa:2048' })
const middle = await workshop.authority('Middle', { kind: 'rsa:2048', issuer: root })
const signer = (kind: Kind) => workshop.certificate(`Signer ${kind}`, { kind, issuer: middle })
const rsa = await signer('rsa:2048')
const p256 = await signer('ec:P-256')
const p384 = await signer('ec:P-384')
const lists = [await workshop.revocationList(root), await workshop.revocationList(middle)]
const store = new TrustStore({ anchors: [root.pem], revocationLists: lists })

function judge(signature: Buffer, document = DOCUMENT): Promise<Verdict> {
  return verifyEnvelope(document, signature, store, { now: new Date() })
}

const PSS = ['-keyopt', 'rsa_padding_mode:pss']

const accepted = [
  { name: 'RSA PKCS#1 v1.5', holder: rsa, options: [], algorithm: 'rsa-pkcs1' },
  { name: 'RSA-PSS', holder: rsa, options: PSS, algorithm: 'rsa-pss' },
  {
    name: 'RSA-PSS with the salt as long as the digest',
    holder: rsa,
    options: [...PSS, '-keyopt', 'rsa_pss_saltlen:digest'],
    algorithm: 'rsa-pss',
  },
  { name: 'ECDSA P-256', holder: p256, options: [], algorithm: 'ecdsa' },
  { name: 'ECDSA P-384', holder: p384, options: [], algorithm: 'ecdsa' },
]

for (const { name, holder, options, algorithm } of accepted) {
  for (const digest of ['sha256', 'sha384', 'sha512']) {
    for (const flags of [[], ['-noattr'], ['-keyid'], ['-nosmimecap']]) {
      const how = `${name} with ${digest} ${flags.join(' ')}`.trim()
      t.test(`a signature by ${how} is valid, and over another document it is not`, async (t) => {
        const signature = await workshop.sign(
          DOCUMENT,
          [{ holder, options }],
          [middle],
          ['-md', digest, ...flags],
        )
        const verdict = await judge(signature)
        t.match(verdict, {
          status: 'valid',
          signers: [{ algorithm: `${algorithm}-${digest}`, revocation: 'good' }],
        })
        const altered = await judge(signature, Buffer.from(DOCUMENT.toString().replace('样', '真')))
        t.match(altered, {
          status: 'invalid',
          code: flags[0] === '-noattr' ? 'signature-wrong' : 'document-altered',
        })
      })
    }
  }
}

t.test('several signers of different kinds are each reported with fingerprint, name and time', async (t) => {
  const signature = await workshop.sign(DOCUMENT, [p256, { holder: rsa, options: PSS }], [middle])
  const verdict = await judge(signature)
  if (verdict.status !== 'valid') return t.fail(JSON.stringify(verdict))
  t.same(verdict.signers.map((each) => each.algorithm).sort(), ['ecdsa-sha256', 'rsa-pss-sha256'])
  t.same(verdict.signers.map((each) => each.subject).sort(), [
    'CN=Signer ec:P-256,C=CN',
    'CN=Signer rsa:2048,C=CN',
  ])
  for (const each of verdict.signers) {
    t.match(each.fingerprint, /^[0-9a-f]{64}$/)
    t.ok(Math.abs(Date.parse(each.signedAt!) - Date.now()) < 60_000)
    t.equal(each.evidence.length, 2, 'signer and intermediate')
  }
})

t.test('a signature without attributes has no signing time', async (t) => {
  const verdict = await judge(await workshop.sign(DOCUMENT, [p256], [middle], ['-noattr']))
  t.equal(verdict.status === 'valid' && verdict.signers[0]!.signedAt, undefined)
})

t.test('the root may travel with the signature', async (t) => {
  t.match(await judge(await workshop.sign(DOCUMENT, [p256], [middle, root])), { status: 'valid' })
})

t.test('an intermediate in the store need not travel', async (t) => {
  const stocked = new TrustStore({
    anchors: [root.pem],
    intermediates: [middle.pem],
    revocationLists: [lists.join('')],
  })
  const signature = await workshop.sign(DOCUMENT, [p256])
  t.match(await verifyEnvelope(DOCUMENT, signature, stocked, { now: new Date() }), { status: 'valid' })
})

t.test('CAdES-BES signatures are valid', async (t) => {
  t.match(await judge(await workshop.sign(DOCUMENT, [p256], [middle], ['-cades'])), { status: 'valid' })
})

t.test('authorities may sign by RSA-PSS and by ECDSA P-384', async (t) => {
  const root384 = await workshop.authority('Root 384', { kind: 'ec:P-384', digest: 'sha384' })
  const middlePss = await workshop.authority('Middle PSS', {
    kind: 'rsa:2048',
    issuer: root384,
    digest: 'sha384',
  })
  const holder = await workshop.certificate('Signer', {
    issuer: middlePss,
    signatureOptions: ['rsa_padding_mode:pss', 'rsa_pss_saltlen:32'],
  })
  const revocationLists = [await workshop.revocationList(root384), await workshop.revocationList(middlePss)]
  const other = new TrustStore({ anchors: [root384.pem], revocationLists })
  const signature = await workshop.sign(DOCUMENT, [holder], [middlePss])
  t.match(await verifyEnvelope(DOCUMENT, signature, other, { now: new Date() }), { status: 'valid' })
})

t.test('an empty document can be signed', async (t) => {
  const empty = Buffer.alloc(0)
  t.match(await judge(await workshop.sign(empty, [p256], [middle]), empty), { status: 'valid' })
})
