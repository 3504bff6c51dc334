import t from 'tap'
import { TrustStore } from '../../src/trust/trust-store.ts'
import { type Verdict, verifyEnvelope } from '../../src/trust/verify-envelope.ts'
import { Workshop } from '../support/openssl.ts'

const DOCUMENT = Buffer.from('{"prescription":"sample","lines":[{"lineNo":1}]}')
const SEED = 20_260_301

const workshop = await Workshop.open(t)
const root = await workshop.authority('Root', { kind: 'rsa:2048' })
const middle = await workshop.authority('Middle', { issuer: root, kind: 'rsa:2048' })
const physician = await workshop.certificate('Physician', { issuer: middle })
const seal = await workshop.certificate('Seal', { issuer: middle, kind: 'rsa:2048' })
const revocationLists = [await workshop.revocationList(root), await workshop.revocationList(middle)]
const store = new TrustStore({ anchors: [root.pem], revocationLists })
const pss = { holder: seal, options: ['-keyopt', 'rsa_padding_mode:pss'] }
const signatures = [
  await workshop.sign(DOCUMENT, [physician, seal], [middle]),
  await workshop.sign(DOCUMENT, [physician, pss], [middle], ['-keyid']),
  await workshop.sign(DOCUMENT, [physician], [middle], ['-noattr']),
]
const now = new Date()

function judge(document: Buffer, signature: Buffer): Promise<Verdict> {
  return verifyEnvelope(document, signature, store, { now })
}

/** Numbers in [0, bound) that are the same in every run (mulberry32). */
function dice(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound
  }
}

function flipped(bytes: Buffer, index: number, bit: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[index]! ^= 1 << bit
  return copy
}

t.test('untouched, all are valid', async (t) => {
  for (const signature of signatures) t.match(await judge(DOCUMENT, signature), { status: 'valid' })
})

t.test('a flipped bit in any byte of the signature never leaves it valid', async (t) => {
  const roll = dice(SEED)
  for (const signature of signatures) {
    for (let index = 0; index < signature.length; index += 1) {
      const bit = roll(8)
      const verdict = await judge(DOCUMENT, flipped(signature, index, bit))
      if (verdict.status !== 'invalid') t.fail(`byte ${index} bit ${bit} still gives ${verdict.status}`)
    }
  }
  t.pass(`${signatures.reduce((sum, each) => sum + each.length, 0)} flips refused`)
})

t.test('a flipped bit in a certificate that nobody needs changes nothing of the verdict', async (t) => {
  const stranger = await workshop.authority('Stranger')
  const signature = await workshop.sign(DOCUMENT, [physician], [middle, stranger])
  const untouched = await judge(DOCUMENT, signature)
  t.match(untouched, { status: 'valid' })
  const needless = Buffer.from(stranger.pem.replace(/-----[A-Z ]+-----/g, ''), 'base64')
  const from = signature.indexOf(needless)
  for (let at = from; at < from + needless.length; at += 7) {
    const verdict = await judge(DOCUMENT, flipped(signature, at, at % 8))
    if (verdict.status !== 'invalid') t.same(verdict, untouched)
  }
})

t.test('a flipped bit anywhere in the document never leaves it valid', async (t) => {
  for (const signature of signatures) {
    for (let index = 0; index < DOCUMENT.length; index += 1) {
      const verdict = await judge(flipped(DOCUMENT, index, index % 8), signature)
      if (verdict.status !== 'invalid') t.fail(`byte ${index}`)
    }
  }
  t.pass()
})

t.test('truncated, extended, spliced or random bytes give a verdict and never an exception', async (t) => {
  const roll = dice(SEED + 1)
  for (let round = 0; round < 1500; round += 1) {
    const signature = signatures[roll(signatures.length)]!
    const cut = signature.subarray(0, roll(signature.length))
    const from = roll(signature.length)
    const spliced = Buffer.concat([signature.subarray(0, from), signature.subarray(roll(signature.length))])
    const noise = Buffer.from(Array.from({ length: roll(64) }, () => roll(256)))
    const mixed = Buffer.from(signature)
    for (let i = 0; i < 1 + roll(8); i += 1) mixed[roll(mixed.length)] = roll(256)
    for (const bytes of [cut, Buffer.concat([signature, noise]), noise, mixed, spliced]) {
      if (bytes.equals(signature)) continue
      const verdict = await judge(DOCUMENT, bytes)
      if (bytes !== mixed && verdict.status !== 'invalid' && noise.length > 0) t.fail(`round ${round}`)
    }
  }
  t.pass()
})

t.test('nesting without end is refused quickly', async (t) => {
  let deep = Buffer.from([0x05, 0x00])
  for (let i = 0; i < 4000; i += 1) {
    const length = deep.length < 0x80 ? [deep.length] : [0x82, deep.length >> 8, deep.length & 0xff]
    if (deep.length >= 0x80 && deep.length < 0x100) length.splice(0, 3, 0x81, deep.length)
    deep = Buffer.concat([Buffer.from([0x30, ...length]), deep])
  }
  t.match(await judge(DOCUMENT, deep), { status: 'invalid', code: 'signature-malformed' })
})
