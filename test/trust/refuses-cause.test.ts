import t from 'tap'
import type { SignatureProblemCode } from '../../src/domain/signature-problems.ts'
import { TrustStore } from '../../src/trust/trust-store.ts'
import { type VerifyOptions, verifyEnvelope } from '../../src/trust/verify-envelope.ts'
import { changed, partsOf, takeApart } from '../support/der-tree.ts'
import { type CertificateOptions, type Holder, openssl, Workshop } from '../support/openssl.ts'

const DOCUMENT = Buffer.from('{"prescription":"sample"}')
const DAY = 86_400_000
const AUTHORITY = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign']
const SIGNER = ['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,digitalSignature']

const workshop = await Workshop.open(t)
const root = await workshop.authority('Root', { kind: 'rsa:2048' })
const middle = await workshop.authority('Middle', { issuer: root })
const signer = await workshop.certificate('Signer', { issuer: middle })
const rootList = await workshop.revocationList(root)
const middleList = await workshop.revocationList(middle)
const store = new TrustStore({ anchors: [root.pem], revocationLists: [rootList, middleList] })

const settings = { acceptPendingRevocation: true }

async function codeOf(
  signature: Buffer,
  options: Partial<VerifyOptions> = {},
  trust = store,
  document = DOCUMENT,
): Promise<string> {
  const verdict = await verifyEnvelope(document, signature, trust, {
    now: new Date(),
    ...settings,
    ...options,
  })
  return verdict.status === 'invalid' ? verdict.code : verdict.status
}

/** One test: the signature of a holder under `chain` is refused for one cause. */
function refuses(
  code: SignatureProblemCode,
  what: string,
  make: () => Promise<{ holder: Holder; chain: readonly Holder[]; flags?: readonly string[] }>,
) {
  return t.test(`${what} is refused as ${code}`, async (t) => {
    const { holder, chain, flags } = await make()
    t.equal(await codeOf(await workshop.sign(DOCUMENT, [holder], chain, flags)), code)
  })
}

/** A signer under the good intermediate, wrong in one way. */
const withSigner = (options: CertificateOptions, flags?: readonly string[]) => async () => ({
  holder: await workshop.certificate('Wrong signer', { issuer: middle, ...options }),
  chain: [middle],
  ...(flags === undefined ? {} : { flags }),
})

/** A good signer under an intermediate that is wrong in one way. */
const withMiddle = (options: CertificateOptions) => async () => {
  const wrong = await workshop.authority('Wrong middle', { issuer: root, ...options })
  return { holder: await workshop.certificate('Signer', { issuer: wrong }), chain: [wrong] }
}

t.test('the same signature with nothing wrong is valid', async (t) => {
  t.equal(await codeOf(await workshop.sign(DOCUMENT, [signer], [middle])), 'valid')
})

t.test('another document is refused as document-altered', async (t) => {
  const signature = await workshop.sign(DOCUMENT, [signer], [middle])
  t.equal(await codeOf(signature, {}, store, Buffer.concat([DOCUMENT, Buffer.from(' ')])), 'document-altered')
})

t.test('a wrong signature value is refused as signature-wrong and names the signer', async (t) => {
  const signature = await workshop.sign(DOCUMENT, [signer], [middle])
  signature[signature.length - 1]! ^= 1
  t.same(await verifyEnvelope(DOCUMENT, signature, store, { now: new Date() }), {
    status: 'invalid',
    code: 'signature-wrong',
    signerIndex: 0,
  })
})

t.test("a signature by another key than the certificate's is refused as signature-wrong", async (t) => {
  const impostor = await workshop.certificate('Impostor', { issuer: middle })
  const right = takeApart(await workshop.sign(DOCUMENT, [signer], [middle]))
  const signature = changed(await workshop.sign(DOCUMENT, [impostor], [middle]), ({ signers }) => {
    const [own, other] = [signers.children[0]!, partsOf(right).signers.children[0]!]
    own.children.splice(2, 4, ...other.children.slice(2))
  })
  t.equal(await codeOf(signature), 'signature-wrong')
})

for (const digest of ['md5', 'sha1']) {
  refuses('digest-weak', `a document digest by ${digest}`, async () => ({
    holder: await workshop.certificate('RSA signer', { issuer: middle, kind: 'rsa:2048' }),
    chain: [middle],
    flags: ['-md', digest],
  }))
  refuses('digest-weak', `an intermediate signed with ${digest}`, withMiddle({ digest }))
}
refuses('digest-weak', "a signer's certificate signed with sha1", withSigner({ digest: 'sha1' }))
refuses('key-weak', "a signer's RSA key of 1024 bits", withSigner({ kind: 'rsa:1024' }))
refuses('key-weak', "an intermediate's RSA key of 1024 bits", withMiddle({ kind: 'rsa:1024' }))
refuses('algorithm-unsupported', 'a key on P-521', withSigner({ kind: 'ec:P-521' }))
refuses('algorithm-unsupported', 'a digest by SHA-224', withSigner({}, ['-md', 'sha224']))
refuses('algorithm-unsupported', 'an intermediate on P-521', withMiddle({ kind: 'ec:P-521' }))
t.test('an intermediate with an Ed25519 key that nobody needs does not matter', async (t) => {
  const other = await workshop.authority('Edwards', { issuer: root, kind: 'ed25519' })
  t.equal(await codeOf(await workshop.sign(DOCUMENT, [signer], [middle, other])), 'valid')
})

refuses('issuer-missing', 'a missing intermediate', async () => ({ holder: signer, chain: [] }))
refuses('issuer-signature-wrong', 'a signer of another key under the name of the intermediate', async () => {
  const twin = await workshop.authority('Middle', { issuer: root })
  const names = ['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,digitalSignature']
  const holder = await workshop.certificate('Signer', { issuer: twin, extensions: names })
  return { holder, chain: [middle] }
})
refuses('issuer-signature-wrong', 'an intermediate of another key under the name of the root', async () => {
  const twin = await workshop.authority('Root')
  const wrong = await workshop.authority('Middle', { issuer: twin })
  return { holder: await workshop.certificate('Signer', { issuer: wrong }), chain: [wrong] }
})
refuses('root-not-trusted', 'a path to a root nobody trusts', async () => {
  const other = await workshop.authority('Other root')
  const wrong = await workshop.authority('Other middle', { issuer: other })
  return { holder: await workshop.certificate('Signer', { issuer: wrong }), chain: [wrong, other] }
})
refuses('root-not-trusted', 'a root of another key under the name of the trusted one', async () => {
  const twin = await workshop.authority('Root')
  const wrong = await workshop.authority('Middle', { issuer: twin })
  return { holder: await workshop.certificate('Signer', { issuer: wrong }), chain: [wrong, twin] }
})
refuses('root-not-trusted', 'a self-signed signer', async () => ({
  holder: await workshop.certificate('Alone'),
  chain: [],
}))
refuses('path-too-complex', 'seven authorities in a row', async () => {
  const chain: Holder[] = [middle]
  for (let i = 0; i < 5; i += 1) chain.unshift(await workshop.authority(`Level ${i}`, { issuer: chain[0]! }))
  return { holder: await workshop.certificate('Signer', { issuer: chain[0]! }), chain }
})

const past = { notBefore: new Date(Date.now() - 9 * DAY), notAfter: new Date(Date.now() - 2 * DAY) }
const future = { notBefore: new Date(Date.now() + 2 * DAY), notAfter: new Date(Date.now() + 9 * DAY) }
refuses('certificate-expired', 'an expired certificate', withSigner(past))
refuses('certificate-not-yet-valid', 'a certificate not yet valid', withSigner(future))
refuses('issuer-expired', 'an expired intermediate', withMiddle(past))
refuses('issuer-not-yet-valid', 'an intermediate not yet valid', withMiddle(future))

t.test('a certificate holds from its first second to the end of its last', async (t) => {
  const second = (at: number) => new Date(Math.floor(at / 1000) * 1000)
  const validity = { notBefore: second(Date.now() - DAY), notAfter: second(Date.now() + DAY) }
  const holder = await workshop.certificate('Signer', { issuer: middle, ...validity })
  const signature = await workshop.sign(DOCUMENT, [holder], [middle], ['-noattr'])
  const first = validity.notBefore.getTime()
  const last = validity.notAfter.getTime()
  const at = (ms: number) => codeOf(signature, { now: new Date(ms) }, new TrustStore({ anchors: [root.pem] }))
  t.equal(await at(first), 'valid-revocation-pending')
  t.equal(await at(last + 999), 'valid-revocation-pending')
  t.equal(await at(last + 1000), 'certificate-expired')
  t.equal(await at(first - 1), 'certificate-not-yet-valid')
})

const usage = (...lines: string[]) => ({ extensions: ['basicConstraints=critical,CA:FALSE', ...lines] })
refuses(
  'key-usage-wrong',
  'a certificate for encryption',
  withSigner(usage('keyUsage=critical,keyEncipherment')),
)
refuses('key-usage-missing', 'a certificate that tells no usage', withSigner(usage()))
refuses(
  'extended-key-usage-wrong',
  'a certificate for web servers',
  withSigner(usage('keyUsage=critical,digitalSignature', 'extendedKeyUsage=serverAuth')),
)
t.test('usages that fit a signer are valid', async (t) => {
  for (const line of [
    'keyUsage=nonRepudiation',
    'keyUsage=digitalSignature\nextendedKeyUsage=emailProtection',
  ]) {
    const { holder, chain } = await withSigner(usage(...line.split('\n')))()
    t.equal(await codeOf(await workshop.sign(DOCUMENT, [holder], chain)), 'valid', line)
  }
})
refuses('issuer-not-ca', 'a certificate issued by a mere signer', async () => ({
  holder: await workshop.certificate('Signer', { issuer: signer }),
  chain: [signer, middle],
}))
refuses(
  'issuer-key-usage-wrong',
  'an intermediate that may not sign certificates',
  withMiddle({ extensions: ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,cRLSign'] }),
)
refuses('path-length-exceeded', 'an authority below one that may have none', async () => {
  const last = await workshop.authority('Last', {
    issuer: root,
    extensions: ['basicConstraints=critical,CA:TRUE,pathlen:0', AUTHORITY[1]!],
  })
  const below = await workshop.authority('Below', { issuer: last })
  return { holder: await workshop.certificate('Signer', { issuer: below }), chain: [below, last] }
})
t.test('a path exactly as long as allowed is valid', async (t) => {
  const last = await workshop.authority('Last', {
    issuer: root,
    extensions: ['basicConstraints=critical,CA:TRUE,pathlen:0', AUTHORITY[1]!],
  })
  const holder = await workshop.certificate('Signer', { issuer: last })
  t.equal(await codeOf(await workshop.sign(DOCUMENT, [holder], [last])), 'valid-revocation-pending')
})
const unknown = '1.2.3.4=critical,ASN1:UTF8String:x'
refuses(
  'critical-extension-unknown',
  'an unknown critical extension',
  withSigner({ extensions: [...SIGNER, unknown] }),
)
refuses(
  'critical-extension-unknown',
  'a critical extension of an intermediate that is not enforced',
  withMiddle({ extensions: [...AUTHORITY, '1.2.3.4=critical,DER:0500'] }),
)
t.test('an unknown extension that is not critical is valid', async (t) => {
  const { holder, chain } = await withSigner({ extensions: [...SIGNER, unknown.replace('critical,', '')] })()
  t.equal(await codeOf(await workshop.sign(DOCUMENT, [holder], chain)), 'valid')
})

t.test('of two intermediates of one name and key, the one that holds is taken', async (t) => {
  const old = await workshop.authority('Renewed', { issuer: root, ...past })
  const renewed = await workshop.authority('Renewed', { issuer: root, key: old.key })
  const holder = await workshop.certificate('Signer', { issuer: renewed })
  const trust = new TrustStore({ anchors: [root.pem], intermediates: [old.pem, renewed.pem] })
  const signature = await workshop.sign(DOCUMENT, [holder])
  t.equal(await codeOf(signature, {}, trust), 'valid-revocation-pending')
  const without = new TrustStore({ anchors: [root.pem], intermediates: [old.pem] })
  t.equal(await codeOf(signature, {}, without), 'issuer-expired')
})

const confined =
  (lines: readonly string[], name = 'Wrong middle') =>
  async () => {
    const extensions = [
      'basicConstraints=critical,CA:TRUE',
      'keyUsage=critical,keyCertSign,cRLSign',
      ...lines,
    ]
    const wrong = await workshop.authority(name, { issuer: root, extensions })
    return { holder: await workshop.certificate('Signer', { issuer: wrong }), chain: [wrong] }
  }
for (const flag of ['', 'critical,']) {
  refuses(
    'name-not-allowed',
    `a signer outside the names that its authority may certify (${flag || 'not critical'})`,
    confined([`nameConstraints=${flag}permitted;dirName:hospital`, '[hospital]', 'C=CN', 'O=Hospital A']),
  )
}
refuses(
  'name-not-allowed',
  'a signer among the names that its authority may not certify',
  confined(['nameConstraints=excluded;dirName:land', '[land]', 'C=CN']),
)
refuses(
  'policy-constrained',
  'an authority that limits policies, whatever the flag,',
  confined(['policyConstraints=requireExplicitPolicy:0']),
)
refuses('policy-constrained', 'an authority that ends anyPolicy', confined(['inhibitAnyPolicy=0']))
t.test('a signer within the names that its authority may certify passes ', async (t) => {
  const { holder, chain } = await confined(
    ['nameConstraints=critical,permitted;dirName:land', '[land]', 'C=CN'],
    'Confined middle',
  )()
  t.equal(await codeOf(await workshop.sign(DOCUMENT, [holder], chain)), 'valid-revocation-pending')
})
refuses('algorithm-unsupported', 'a key on a curve that is spelt out', async () => {
  const key = await workshop.put('explicit.pem', '')
  const args = [
    '-algorithm',
    'EC',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-pkeyopt',
    'ec_param_enc:explicit',
  ]
  await openssl('genpkey', ...args, '-out', key)
  return { holder: await workshop.certificate('Explicit', { issuer: middle, key }), chain: [middle] }
})
