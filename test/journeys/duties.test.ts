import { readFileSync } from 'node:fs'
import t from 'tap'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { loadPolicies } from '../../src/policy/load-policies.ts'
import { dutyTable, proofs, unproved } from '../support/duties.ts'
import { DUTIES } from '../support/duty-ids.ts'

const book = await loadPolicies(new URL('policies/', PACKAGE_ROOT))
const all = proofs(book)

t.test('every duty has code or a policy line, and a test, or the table says what lacks', async (t) => {
  const lacking = DUTIES.filter(({ lacks }) => lacks !== undefined).map(({ id }) => id)
  t.same(
    unproved(all).filter((id) => !lacking.includes(id)),
    [],
  )
  const ids = DUTIES.map(({ id }) => id)
  t.same(
    ids.filter((id, index) => ids.indexOf(id) !== index),
    [],
    'each once',
  )
})

t.test('a duty that nothing names is found to be without a proof, whoever may own it', async (t) => {
  const [first] = all
  const bare = { duty: { id: 'XX-1', title: 'nothing' }, code: [], policy: [], accepts: [], refuses: [] }
  t.same(unproved([first!, bare]), ['XX-1'])
  t.same(unproved([{ ...bare, code: ['src/a.ts'] }]), ['XX-1'], 'code without a test')
  t.same(unproved([{ ...bare, accepts: ['a test'] }]), ['XX-1'], 'a test without code')
  t.match(dutyTable([bare]), 'Without a proof: XX-1.')
})

t.test('every source that a policy names is a duty of the list', async (t) => {
  const known = new Set(DUTIES.map(({ id }) => id))
  const named = JSON.stringify(book.regions().flatMap(({ region }) => book.versions(region)))
  const sources = [...named.matchAll(/"source":"([A-Z]{2}-[^"]+)"/g)].map((match) => match[1]!)
  t.same([...new Set(sources.filter((source) => !known.has(source)))], [])
})

t.test('the table of the duties is up to date: `npm run duties` writes it', async (t) => {
  t.equal(readFileSync(new URL('docs/duties.md', PACKAGE_ROOT), 'utf8'), dutyTable(all))
})
