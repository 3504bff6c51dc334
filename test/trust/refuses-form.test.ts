import { readFile } from 'node:fs/promises'
import t from 'tap'
import type { SignatureProblemCode } from '../../src/domain/signature-problems.ts'
import { TrustStore } from '../../src/trust/trust-store.ts'
import { type VerifyOptions, verifyEnvelope } from '../../src/trust/verify-envelope.ts'
import { changed, putTogether, type Tree, takeApart } from '../support/der-tree.ts'
import { openssl, Workshop } from '../support/openssl.ts'

const DOCUMENT = Buffer.from('{"prescription":"sample"}')

const workshop = await Workshop.open(t)
const root = await workshop.authority('Root')
const middle = await workshop.authority('Middle', { issuer: root })
const signer = await workshop.certificate('Signer', { issuer: middle })
const seal = await workshop.certificate('Seal', { issuer: middle })
const revocationLists = [await workshop.revocationList(root), await workshop.revocationList(middle)]
const store = new TrustStore({ anchors: [root.pem], revocationLists })
const good = await workshop.sign(DOCUMENT, [signer, seal], [middle])

const leaf = (tag: number, hex: string): Tree => ({ tag, children: [], bytes: Buffer.from(hex, 'hex') })
const node = (tag: number, ...children: Tree[]): Tree => ({ tag, children, bytes: Buffer.alloc(0) })

async function codeOf(signature: Buffer, options: Partial<VerifyOptions> = {}): Promise<string> {
  const verdict = await verifyEnvelope(DOCUMENT, signature, store, { now: new Date(), ...options })
  return verdict.status === 'invalid' ? verdict.code : verdict.status
}

/** One test: what is made is refused for one cause. Made inside the test, which the runner then waits for. */
function refuses(
  code: SignatureProblemCode,
  what: string,
  make: () => Buffer | Promise<Buffer>,
  options?: Partial<VerifyOptions>,
) {
  return t.test(`${what} is refused as ${code}`, async (t) =>
    t.equal(await codeOf(await make(), options), code),
  )
}

t.test('the untouched signature is valid, also taken apart and put together again', async (t) => {
  t.equal(await codeOf(good), 'valid')
  t.equal(await codeOf(putTogether(takeApart(good))), 'valid')
})

refuses('signature-malformed', 'nothing at all', () => Buffer.alloc(0))
refuses('signature-malformed', 'text', () => Buffer.from('-----BEGIN CMS-----'))
refuses('signature-malformed', 'half of a signature', () => good.subarray(0, good.length >> 1))
refuses('signature-malformed', 'another CMS content', async () => {
  const input = await workshop.put('document', DOCUMENT)
  const output = await workshop.put('data.der', '')
  await openssl('cms', '-data_create', '-binary', '-in', input, '-outform', 'DER', '-out', output)
  return await readFile(output)
})
refuses('signature-malformed', 'a wrong version', () =>
  changed(good, ({ body }) => {
    body.children[0] = leaf(0x02, '06')
  }),
)
refuses('signature-not-der', 'a serial number with a needless zero in front', () =>
  changed(good, ({ signers }) => {
    const serial = signers.children[0]!.children[1]!.children[1]!
    serial.bytes = Buffer.concat(
      [Buffer.alloc(1), serial.bytes.subarray(0, 1), serial.bytes].map((each, i) =>
        i === 1 ? Buffer.from([each[0]! & 0x7f]) : each,
      ),
    )
  }),
)
refuses('signed-attributes-unsorted', 'attributes in the order in which node-forge writes them', () =>
  changed(good, ({ signers }) => {
    signers.children[0]!.children[3]!.children.reverse()
  }),
)
refuses('signature-value-malformed', 'r and s side by side', () =>
  changed(good, ({ signers }) => {
    signers.children[0]!.children[5] = leaf(0x04, 'ab'.repeat(64))
  }),
)
refuses('signature-integer-negative', 'an s without its leading zero', () =>
  changed(good, ({ signers }) => {
    signers.children[0]!.children[5] = leaf(0x04, `3006${'020101'}${'020181'}`)
  }),
)
refuses('signature-trailing-data', 'a signature with a byte after its end', () =>
  Buffer.concat([good, Buffer.alloc(1)]),
)
refuses('signature-trailing-data', 'a signature sent twice in a row', () => Buffer.concat([good, good]))
refuses('signature-trailing-data', 'an element after the signers', () =>
  changed(good, ({ body }) => {
    body.children.splice(-1, 0, leaf(0x05, ''))
    body.children.push(...body.children.splice(-2, 1))
  }),
)
refuses('signature-duplicated-element', 'a signer repeated', () =>
  changed(good, ({ signers }) => {
    signers.children.push(signers.children[0]!)
  }),
)
refuses('signature-duplicated-element', 'a certificate repeated', () =>
  changed(good, ({ certificates }) => {
    certificates.children.push(certificates.children[0]!)
  }),
)
refuses('signature-duplicated-element', 'a signed attribute repeated', () =>
  changed(good, ({ signers }) => {
    const attributes = signers.children[0]!.children[3]!
    attributes.children.unshift(attributes.children[0]!)
  }),
)
refuses('signature-duplicated-element', 'a digest announced twice', () =>
  changed(good, ({ body }) => {
    body.children[1]!.children.push(body.children[1]!.children[0]!)
  }),
)
refuses('signature-too-large', 'a signature above the limit', () => good, {
  maxSignatureBytes: good.length - 1,
})
refuses('signature-too-large', 'a document above the limit', () => good, {
  maxDocumentBytes: DOCUMENT.length - 1,
})
t.test('signature and document exactly at the limit are judged', async (t) => {
  const limits = { maxSignatureBytes: good.length, maxDocumentBytes: DOCUMENT.length }
  t.equal(await codeOf(good, limits), 'valid')
})
refuses('signature-too-large', 'seventeen certificates', () =>
  changed(good, ({ certificates }) => {
    while (certificates.children.length < 17) certificates.children.push(certificates.children[0]!)
  }),
)
refuses('signature-content-differs', 'a signature that carries another document', () =>
  workshop.sign(Buffer.from('{}'), [signer], [middle], ['-nodetach']),
)
refuses('signature-content-type-wrong', 'another content type', () =>
  workshop.sign(DOCUMENT, [signer], [middle], ['-econtent_type', '1.2.3.4']),
)
for (const [what, oid] of [
  ['content type', '2a864886f70d010903'],
  ['message digest', '2a864886f70d010904'],
  ['signing time', '2a864886f70d010905'],
] as const) {
  refuses('unsigned-attribute-refused', `a ${what} among the unsigned attributes`, () =>
    changed(good, ({ signers }) => {
      const value = node(0x31, leaf(0x17, Buffer.from('260101000000Z').toString('hex')))
      signers.children[0]!.children.push(node(0xa1, node(0x30, leaf(0x06, oid), value)))
    }),
  )
}
for (const [name, oid] of [
  ['content type', '2a864886f70d010903'],
  ['message digest', '2a864886f70d010904'],
] as const) {
  refuses('signature-attribute-missing', `signed attributes without the ${name}`, () =>
    changed(good, ({ signers }) => {
      const attributes = signers.children[0]!.children[3]!
      attributes.children = attributes.children.filter(
        (each) => each.children[0]!.bytes.toString('hex') !== oid,
      )
    }),
  )
}
refuses('signer-missing', 'certificates alone', async () => {
  const text = await openssl('crl2pkcs7', '-nocrl', '-certfile', signer.certificate)
  return Buffer.from(text.replace(/-----[A-Z0-9 ]+-----/g, ''), 'base64')
})
refuses('signer-certificate-missing', "a signature without its signer's certificate", () =>
  workshop.sign(DOCUMENT, [signer], [], ['-nocerts']),
)
refuses('certificate-malformed', "something else in place of the signer's certificate", () =>
  changed(good, ({ certificates }) => {
    certificates.children = [node(0x30, leaf(0x05, ''))]
  }),
)
refuses('certificate-malformed', 'a certificate with an extension twice', () =>
  changed(good, ({ certificates }) => {
    for (const certificate of certificates.children) {
      const extensions = certificate.children[0]!.children.at(-1)!.children[0]!
      extensions.children.push(extensions.children[0]!)
    }
  }),
)
const digest = (der: Buffer, from: string, to: string) =>
  Buffer.from(der.toString('hex').replaceAll(`0609608648016503040${from}`, `0609608648016503040${to}`), 'hex')
refuses('algorithm-mismatch', 'a digest that is not that of the signature algorithm', () =>
  digest(good, '201', '202'),
)
refuses('algorithm-mismatch', 'a digest announced and not used', () =>
  changed(good, ({ body }) => {
    body.children[1]!.children.push(node(0x30, leaf(0x06, '608648016503040203')))
  }),
)
refuses('algorithm-mismatch', 'an RSA signature of an EC key', () =>
  changed(good, ({ signers }) => {
    signers.children[0]!.children[4] = node(0x30, leaf(0x06, '2a864886f70d010101'), leaf(0x05, ''))
  }),
)
for (const hex of ['608648016503040204', '608648016503040208', '2a811ccf550164']) {
  refuses('algorithm-unsupported', `the digest ${hex}`, () =>
    changed(good, ({ body }) => {
      body.children[1]!.children[0]!.children[0] = leaf(0x06, hex)
    }),
  )
}
