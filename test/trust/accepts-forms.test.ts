import { readFile } from 'node:fs/promises'
import t from 'tap'
import { berToDer } from '../../src/trust/ber-to-der.ts'
import { TrustStore } from '../../src/trust/trust-store.ts'
import { type VerifyOptions, verifyEnvelope } from '../../src/trust/verify-envelope.ts'
import { changed, type Tree } from '../support/der-tree.ts'
import { openssl, Workshop } from '../support/openssl.ts'

const DOCUMENT = Buffer.from('{"prescription":"sample"}'.repeat(100))

const workshop = await Workshop.open(t)
const root = await workshop.authority('Root')
const middle = await workshop.authority('Middle', { issuer: root })
const signer = await workshop.certificate('Signer', { issuer: middle })
const stranger = await workshop.authority('Stranger')
const revocationLists = [await workshop.revocationList(root), await workshop.revocationList(middle)]
const store = new TrustStore({ anchors: [root.pem], revocationLists })
const good = await workshop.sign(DOCUMENT, [signer], [middle])

const leaf = (tag: number, hex: string): Tree => ({ tag, children: [], bytes: Buffer.from(hex, 'hex') })
const node = (tag: number, ...children: Tree[]): Tree => ({ tag, children, bytes: Buffer.alloc(0) })

async function statusOf(signature: Buffer, options: Partial<VerifyOptions> = {}): Promise<string> {
  const verdict = await verifyEnvelope(DOCUMENT, signature, store, { now: new Date(), ...options })
  return verdict.status === 'invalid' ? verdict.code : verdict.status
}

/** Every constructed element with an indefinite length, as BouncyCastle's default encoding has its outer ones. */
function indefinite(tree: Tree): Buffer {
  if ((tree.tag & 0x20) === 0) {
    const length = tree.bytes.length
    const size = length < 0x80 ? Buffer.from([length]) : Buffer.from([0x82, length >> 8, length & 0xff])
    return Buffer.concat([Buffer.from([tree.tag]), size, tree.bytes])
  }
  return Buffer.concat([Buffer.from([tree.tag, 0x80]), ...tree.children.map(indefinite), Buffer.alloc(2)])
}

t.test('DER goes through the transcoding byte for byte', async (t) => {
  t.same(berToDer(good), good)
})

t.test('indefinite lengths everywhere come out as the DER they stand for', async (t) => {
  let tree: Tree | undefined
  const untouched = changed(good, ({ body }) => {
    tree = body
  })
  t.same(untouched, good)
  const outer = Buffer.concat([
    Buffer.from('30800609', 'hex'),
    Buffer.from('2a864886f70d010702', 'hex'),
    Buffer.from('a080', 'hex'),
    indefinite(tree!),
    Buffer.alloc(4),
  ])
  t.same(berToDer(outer), good)
  t.equal(await statusOf(outer), 'valid')
})

t.test('what is no BER, or never ends, is refused and not followed', async (t) => {
  for (const hex of [
    '3080',
    '30800000aa',
    '0480',
    '24800401aa02010000',
    '3082',
    '308900000000000000000000',
    '00',
  ])
    t.throws(() => berToDer(Buffer.from(hex, 'hex')), hex)
  const nested = Buffer.concat(Array(5000).fill(Buffer.from('3080', 'hex')))
  t.throws(() => berToDer(nested), 'no depth without end')
})

const accepted: Record<string, () => Buffer | Promise<Buffer>> = {
  'streamed by OpenSSL (BER)': () => workshop.sign(DOCUMENT, [signer], [middle], ['-stream']),
  'with the document in it': () => workshop.sign(DOCUMENT, [signer], [middle], ['-nodetach']),
  'streamed with the document in it, in pieces': () =>
    workshop.sign(DOCUMENT, [signer], [middle], ['-nodetach', '-stream']),
  'with a certificate of nobody': () => workshop.sign(DOCUMENT, [signer], [middle, stranger]),
  'with an unsigned attribute': () =>
    changed(good, ({ signers }) => {
      signers.children[0]!.children.push(
        node(0xa1, node(0x30, leaf(0x06, '2a03'), node(0x31, leaf(0x05, '')))),
      )
    }),
  'with an attribute certificate beside the others': () =>
    changed(good, ({ body, certificates }) => {
      body.children[0] = leaf(0x02, '03')
      certificates.children.push(node(0xa1, leaf(0x05, '')))
    }),
  'with its digest announced with and without NULL': () =>
    changed(good, ({ body }) => {
      const oid = body.children[1]!.children[0]!.children[0]!
      body.children[1]!.children = [node(0x30, oid), node(0x30, oid, leaf(0x05, ''))]
    }),
  'with the algorithm of the key as signature algorithm, as CNG writes it': () =>
    changed(good, ({ signers }) => {
      signers.children[0]!.children[4] = node(0x30, leaf(0x06, '2a8648ce3d0201'))
    }),
  'the same naming the curve': () =>
    changed(good, ({ signers }) => {
      signers.children[0]!.children[4] = node(
        0x30,
        leaf(0x06, '2a8648ce3d0201'),
        leaf(0x06, '2a8648ce3d030107'),
      )
    }),
}

for (const [what, make] of Object.entries(accepted)) {
  t.test(`a signature ${what} is valid`, async (t) => t.equal(await statusOf(await make()), 'valid'))
}

t.test('a revocation list inside is neither trusted nor in the way', async (t) => {
  const list = await workshop.put('list.pem', revocationLists[1]!)
  const der = await workshop.put('list.der', '')
  await openssl('crl', '-in', list, '-outform', 'DER', '-out', der)
  const bytes = await readFile(der)
  const carried = changed(good, ({ body, certificates }) => {
    const raw: Tree = { tag: 0xa1, children: [], bytes: Buffer.alloc(0) }
    raw.children.push({ tag: bytes[0]!, children: [], bytes })
    body.children.splice(body.children.indexOf(certificates) + 1, 0, { tag: 0x81, children: [], bytes })
    body.children[body.children.indexOf(certificates) + 1]!.tag = 0x81
  })
  // Put together by hand: the list as it is under the tag of the set.
  const at = carried.indexOf(bytes)
  carried[at - (bytes.length < 0x80 ? 2 : bytes.length < 0x100 ? 3 : 4)] = 0xa1
  t.equal(await statusOf(carried), 'valid')
  const empty = new TrustStore({ anchors: [root.pem] })
  const verdict = await verifyEnvelope(DOCUMENT, carried, empty, { now: new Date() })
  t.match(verdict, { status: 'invalid', code: 'revocation-pending' })
})

t.test('a certificate that the signature lacks is found in the register', async (t) => {
  const bare = await workshop.sign(DOCUMENT, [signer], [], ['-nocerts'])
  const trusted = new TrustStore({ anchors: [root.pem], intermediates: [middle.pem], revocationLists })
  const der = Buffer.from(signer.pem.replace(/-----[A-Z ]+-----/g, ''), 'base64')
  const asked: unknown[] = []
  const options = {
    now: new Date(),
    findCertificate: (id: unknown) => {
      asked.push(id)
      return der
    },
  }
  t.match(await verifyEnvelope(DOCUMENT, bare, trusted, options), { status: 'valid' })
  t.match(asked, [{ issuer: /^[0-9a-f]{64}$/, serial: /^[0-9a-f]+$/ }])
  t.match(await verifyEnvelope(DOCUMENT, bare, trusted, { now: new Date() }), {
    code: 'signer-certificate-missing',
  })
})
