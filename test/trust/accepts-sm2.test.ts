import t from 'tap'
import { hasSm2 } from '../../src/trust/sm2.ts'
import { TrustStore } from '../../src/trust/trust-store.ts'
import { type Verdict, verifyEnvelope } from '../../src/trust/verify-envelope.ts'
import { changed } from '../support/der-tree.ts'
import { Workshop } from '../support/openssl.ts'
import { OID, type Sm2Form, sm2Certificate, sm2Envelope, sm2RevocationList } from '../support/sm2-workshop.ts'

const DOCUMENT = Buffer.from('{"处方":"样例","lines":[]}', 'utf8')
const AUTHORITY = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign']

const workshop = await Workshop.open(t)
const root = await sm2Certificate(workshop, 'SM2 root', { extensions: AUTHORITY })
const middle = await sm2Certificate(workshop, 'SM2 middle', { extensions: AUTHORITY, issuer: root })
const physician = await sm2Certificate(workshop, 'physician', { issuer: middle })
const seal = await sm2Certificate(workshop, 'seal', { issuer: middle })
const revocationLists = [await sm2RevocationList(workshop, root), await sm2RevocationList(workshop, middle)]
const store = new TrustStore({ anchors: [root.pem], revocationLists })

function judge(signature: Buffer, document = DOCUMENT, trusted = store): Promise<Verdict> {
  return verifyEnvelope(document, signature, trusted, { now: new Date() })
}

t.test("this build of Node says yes to the standard's own SM2 example", async (t) => {
  t.equal(hasSm2(), true)
})

const PKCS = { type: OID.signedData, contentType: OID.data }
const forms: Record<string, Sm2Form> = {
  'GM/T 0010 without attributes': {},
  'GM/T 0010 with attributes': { hasAttributes: true },
  'GM/T 0010 with the document in it': { isAttached: true, hasAttributes: true },
  'GM/T 0010 as version 3': { version: 3 },
  'parameters NULL': { hasNull: true, hasAttributes: true },
  'PKCS types': PKCS,
  'PKCS types, SM2-with-SM3': { ...PKCS, signature: OID.sm2WithSm3, hasAttributes: true },
  'SM2-with-SM3 as digest as well': { digest: OID.sm2WithSm3, signature: OID.sm2WithSm3 },
  'the algorithm of the key as signature algorithm': { signature: OID.ecKey },
  'PKCS SignedData over GM data': { type: OID.signedData, hasAttributes: true },
}

for (const [name, form] of Object.entries(forms)) {
  t.test(`two SM2 signers, ${name}: valid, and over another document not`, async (t) => {
    const signature = await sm2Envelope(workshop, DOCUMENT, [physician, seal], [middle], form)
    const verdict = await judge(signature)
    t.match(verdict, { status: 'valid', signers: [{ revocation: 'good' }, { revocation: 'good' }] })
    t.match(verdict.status === 'valid' && verdict.signers[0]?.algorithm, /sm3$/)
    const altered = Buffer.from(DOCUMENT.toString().replace('样', '真'))
    const expected = form.isAttached
      ? 'signature-content-differs'
      : form.hasAttributes
        ? 'document-altered'
        : 'signature-wrong'
    t.match(await judge(signature, altered), { status: 'invalid', code: expected })
  })
}

t.test(
  'an SM2 signature made with an id that was not agreed is wrong, and right where the region set it',
  async (t) => {
    const other = await sm2Certificate(workshop, 'other id', { issuer: middle, id: 'hospital-0001' })
    const signature = await sm2Envelope(workshop, DOCUMENT, [other], [middle])
    t.match(await judge(signature), { status: 'invalid', code: 'signature-wrong' })
    const agreed = new TrustStore({ anchors: [root.pem], revocationLists }, { sm2Id: 'hospital-0001' })
    t.match(await judge(signature, DOCUMENT, agreed), { status: 'valid' })
  },
)

t.test('an SM2 certificate of another key under the name of the issuer is refused', async (t) => {
  const twin = await sm2Certificate(workshop, 'SM2 middle', { extensions: AUTHORITY, issuer: root })
  const holder = await sm2Certificate(workshop, 'physician', { issuer: twin })
  const signature = await sm2Envelope(workshop, DOCUMENT, [holder], [middle])
  t.match(await judge(signature), { status: 'invalid', code: 'issuer-signature-wrong' })
})

t.test('an s without its leading zero, as some devices write it, has a code of its own', async (t) => {
  const signature = await sm2Envelope(workshop, DOCUMENT, [physician], [middle])
  const unpadded = changed(signature, ({ signers }) => {
    const value = signers.children[0]!.children.at(-1)!
    const s = `0220${'f'.repeat(64)}`
    value.bytes = Buffer.from(`3044${`0220${'7'.repeat(64)}`}${s}`, 'hex')
  })
  t.match(await judge(unpadded), { status: 'invalid', code: 'signature-integer-negative' })
})

t.test('signers with SM2 and with P-256 stand in one envelope', async (t) => {
  const root256 = await workshop.authority('Root')
  const seal256 = await workshop.certificate('Seal', { issuer: root256 })
  const lists = [...revocationLists, await workshop.revocationList(root256)]
  const both = new TrustStore({ anchors: [root.pem, root256.pem], revocationLists: lists })
  const bySeal = await workshop.sign(DOCUMENT, [seal256])
  const byPhysician = await sm2Envelope(workshop, DOCUMENT, [physician], [middle], {
    ...PKCS,
    hasAttributes: true,
  })
  let seals:
    | { body: import('../support/der-tree.ts').Tree; signers: import('../support/der-tree.ts').Tree }
    | undefined
  changed(bySeal, (parts) => {
    seals = parts
  })
  const joined = changed(byPhysician, ({ body, certificates, signers }) => {
    body.children[1]!.children.push(...seals!.body.children[1]!.children)
    certificates.children.push(...seals!.body.children.find((each) => each.tag === 0xa0)!.children)
    signers.children.push(...seals!.signers.children)
  })
  t.match(await judge(joined, DOCUMENT, both), {
    status: 'valid',
    signers: [{ algorithm: 'sm2-sm3' }, { algorithm: 'ecdsa-sha256' }],
  })
})
