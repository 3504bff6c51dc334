import { readFile } from 'node:fs/promises'
import t from 'tap'
import { issueRevocationList } from '../../src/trust/certificate-issuing.ts'
import { readRevocationList } from '../../src/trust/list-reader.ts'
import { parseRevocationList } from '../../src/trust/revocation-list.ts'
import { createSandboxAuthority } from '../../src/trust/sandbox-authority.ts'
import { blocksOf, TrustStore } from '../../src/trust/trust-store.ts'
import { Workshop } from '../support/openssl.ts'

const NOW = new Date('2026-03-01T02:00:00.000Z')
const { root } = await createSandboxAuthority(NOW, 'p-256')
const period = { thisUpdate: NOW, nextUpdate: new Date(NOW.getTime() + 86_400_000), number: 7 }
const serialOf = (i: number) => `10${i.toString(16).padStart(14, '0')}`
const revoked = Array.from({ length: 8_000 }, (_, i) => ({ serial: serialOf(i), at: NOW, reason: i % 2 }))
const large = issueRevocationList(root, { ...period, revoked })

t.test('a large list is read in a thread of its own, and the loop goes on meanwhile', async (t) => {
  t.ok(large.length > 262_144)
  let turns = 0
  const timer = setInterval(() => {
    turns += 1
  }, 1)
  const list = await readRevocationList(large)
  clearInterval(timer)
  t.ok(turns > 0)
  const { revoked: read, ...rest } = list
  const { revoked: expected, ...same } = parseRevocationList(large)
  t.same(rest, same)
  t.equal(read.size, 8_000)
  t.same(read.packed, expected.packed)
  t.match(read.find(serialOf(7_999)), { isCompromised: true, revokedAt: NOW.getTime() })
  t.equal(read.find('20'), undefined)
})

t.test('what was read there is trusted as if it were read here', async (t) => {
  const store = new TrustStore({
    anchors: [root.certificate],
    revocationLists: [await readRevocationList(large)],
  })
  const [list] = store.view.lists
  t.equal(await store.problemOfLink(list!, store.certificate(root.certificate).key), undefined)
})

t.test('a small list, and a large file that is none', async (t) => {
  const workshop = await Workshop.open(t)
  const authority = await workshop.authority('Root')
  const small = blocksOf([await workshop.revocationList(authority)])[0]!
  t.same(await readRevocationList(small), parseRevocationList(small))
  await t.rejects(readRevocationList(Buffer.alloc(400_000, 0x30)), RangeError)
  await t.rejects(readRevocationList(await readFile(authority.certificate)), RangeError)
})
