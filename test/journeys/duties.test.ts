import { readFileSync } from 'node:fs'
import t from 'tap'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { loadPolicies } from '../../src/policy/load-policies.ts'
import { dutyTable, proofs, unproved } from '../support/duties.ts'
import { DUTIES } from '../support/duty-ids.ts'

const book = await loadPolicies(new URL('policies/', PACKAGE_ROOT))
const all = proofs(book)

t.test('every duty has code or a policy line, and a test, or is known to be open', async (t) => {
  const open = DUTIES.filter(({ isOpen }) => isOpen === true).map(({ id }) => id)
  t.same(unproved(all), open)
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
