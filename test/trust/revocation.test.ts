import t from 'tap'
import { recheckRevocation } from '../../src/trust/revocation.ts'
import { TrustStore } from '../../src/trust/trust-store.ts'
import { verifyEnvelope } from '../../src/trust/verify-envelope.ts'
import { Workshop } from '../support/openssl.ts'

const DOCUMENT = Buffer.from('{"prescription":"sample"}')
const HOUR = 3_600_000
const DAY = 24 * HOUR

const workshop = await Workshop.open(t)
const root = await workshop.authority('Root')
const middle = await workshop.authority('Middle', { issuer: root })
const signer = await workshop.certificate('Signer', { issuer: middle })
const signature = await workshop.sign(DOCUMENT, [signer], [middle])
const rootList = await workshop.revocationList(root)
const middleList = await workshop.revocationList(middle)

const ago = (ms: number) => new Date(Date.now() - ms)
const trusting = (...revocationLists: string[]) => new TrustStore({ anchors: [root.pem], revocationLists })

async function outcome(store: TrustStore, acceptPendingRevocation = true, now = new Date()): Promise<string> {
  const verdict = await verifyEnvelope(DOCUMENT, signature, store, { now, acceptPendingRevocation })
  return verdict.status === 'invalid' ? verdict.code : verdict.status
}

t.test('a signer on the list of the intermediate is refused as certificate-revoked', async (t) => {
  const list = await workshop.revocationList(middle, { revoked: [{ holder: signer }] })
  t.equal(await outcome(trusting(rootList, list)), 'certificate-revoked')
})

t.test('an intermediate on the list of the root is refused as issuer-revoked', async (t) => {
  const list = await workshop.revocationList(root, { revoked: [{ holder: middle }] })
  t.equal(await outcome(trusting(list, middleList)), 'issuer-revoked')
})

t.test('without a list the verdict is pending, accepted or refused by the setting', async (t) => {
  t.equal(await outcome(trusting()), 'valid-revocation-pending')
  t.equal(await outcome(trusting(), false), 'revocation-pending')
  t.equal(await outcome(trusting(middleList)), 'valid-revocation-pending', 'one of two is not enough')
  t.equal(await outcome(trusting(rootList, middleList), false), 'valid')
})

t.test('a list that ran out leaves the verdict pending, yet still tells who is revoked', async (t) => {
  const period = { thisUpdate: ago(3 * DAY), nextUpdate: ago(DAY) }
  t.equal(
    await outcome(trusting(rootList, await workshop.revocationList(middle, period))),
    'valid-revocation-pending',
  )
  const revoked = await workshop.revocationList(middle, { ...period, revoked: [{ holder: signer }] })
  t.equal(await outcome(trusting(rootList, revoked)), 'certificate-revoked')
})

t.test('a list decides up to its next update plus the skew, and not a millisecond longer', async (t) => {
  const end = Math.floor(Date.now() / 1000) * 1000 + HOUR
  const store = trusting(rootList, await workshop.revocationList(middle, { nextUpdate: new Date(end) }))
  t.equal(await outcome(store, true, new Date(end + 300_000)), 'valid')
  t.equal(await outcome(store, true, new Date(end + 300_001)), 'valid-revocation-pending')
})

t.test('a list from the future or by another key of the same name decides nothing', async (t) => {
  const early = await workshop.revocationList(middle, { thisUpdate: ago(-DAY) })
  t.equal(await outcome(trusting(rootList, early)), 'valid-revocation-pending')
  const twin = await workshop.authority('Middle', { issuer: root })
  const forged = await workshop.revocationList(twin, { revoked: [{ holder: signer }] })
  t.equal(await outcome(trusting(rootList, forged)), 'valid-revocation-pending')
})

t.test('several lists of one issuer: revoked if any says so, good only if all are current', async (t) => {
  const numbered = await workshop.revocationList(middle, {
    thisUpdate: ago(5 * HOUR),
    revoked: [{ holder: signer, reason: 'certificateHold' }],
  })
  t.equal(await outcome(trusting(rootList, numbered)), 'certificate-revoked')
  // Nothing tells a part of the whole from an older version: authorities number their lists without saying so.
  t.equal(await outcome(trusting(rootList, numbered, middleList)), 'certificate-revoked')
  t.equal(await outcome(trusting(rootList, middleList)), 'valid', 'taken out of the folder it is lifted')
  const stale = await workshop.revocationList(middle, { thisUpdate: ago(3 * DAY), nextUpdate: ago(DAY) })
  t.equal(await outcome(trusting(rootList, middleList, stale)), 'valid-revocation-pending')
})

t.test('replacing the material revokes at once and counts the generation', async (t) => {
  const store = trusting(rootList, middleList)
  t.equal(await outcome(store), 'valid')
  const list = await workshop.revocationList(middle, { revoked: [{ holder: signer }] })
  store.replace({ anchors: [root.pem], revocationLists: [rootList, list] })
  t.equal(store.generation, 2)
  t.equal(await outcome(store), 'certificate-revoked')
  t.throws(() => store.replace({ anchors: ['nothing'] }), RangeError)
  t.equal(store.generation, 2, 'broken material changes nothing')
})

t.test('a pending signature is asked about again before settlement, from stored evidence', async (t) => {
  const store = trusting()
  const verdict = await verifyEnvelope(DOCUMENT, signature, store, {
    now: ago(HOUR),
    acceptPendingRevocation: true,
  })
  if (verdict.status !== 'valid-revocation-pending') return t.fail(JSON.stringify(verdict))
  const evidence = JSON.parse(JSON.stringify(verdict.signers.flatMap((each) => each.evidence)))
  const ask = (other: TrustStore) => recheckRevocation(evidence, other, new Date())
  t.equal(await ask(store), 'pending')
  t.equal(await ask(trusting(rootList, middleList)), 'good', 'the intermediate came only with the envelope')
  const by = (reason: string) => workshop.revocationList(middle, { revoked: [{ holder: signer, reason }] })
  t.equal(await ask(trusting(rootList, await by('keyCompromise'))), 'revoked', 'a stolen key spoils all')
  t.equal(
    await ask(trusting(rootList, await by('cessationOfOperation'))),
    'good',
    'who left later had signed well',
  )
  const seenLater = evidence.map((each: object) => ({ ...each, seenAt: new Date().toISOString() }))
  const left = trusting(rootList, await by('cessationOfOperation'))
  t.equal(await recheckRevocation(seenLater, left, new Date()), 'revoked', 'who had left before had not')
  const stocked = new TrustStore({ anchors: [root.pem], intermediates: [middle.pem] })
  const lean = await verifyEnvelope(DOCUMENT, signature, stocked, {
    now: ago(HOUR),
    acceptPendingRevocation: true,
  })
  if (lean.status === 'invalid') return t.fail(lean.code)
  t.ok(
    lean.signers[0]!.evidence.every((each) => each.issuerKey === undefined),
    'a stored issuer needs no key',
  )
  stocked.replace({
    anchors: [root.pem],
    intermediates: [middle.pem],
    revocationLists: [rootList, middleList],
  })
  t.equal(await recheckRevocation(lean.signers[0]!.evidence, stocked, new Date()), 'good')
})
