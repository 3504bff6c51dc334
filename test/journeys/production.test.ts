import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { parse } from 'yaml'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { loadPolicies } from '../../src/policy/load-policies.ts'
import { servedBook } from '../../src/policy/served-book.ts'
import { admissionApp, CENTRE, OFFICE } from '../http/admissions/apply.ts'
import { testHub } from '../support/hub.ts'
import { walker } from '../support/journey.ts'
import { refusedBy } from '../support/refusals.ts'
import { supplied } from '../support/region.ts'

/** A policy file whose figures are all cited; what is cited names its article. */
function cited(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cited)
  if (typeof value !== 'object' || value === null) return value
  const inner = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, cited(part)]))
  return inner['status'] === 'sample' ? { article: '第一条', ...inner, status: 'cited' } : inner
}

/** The shipped policies as an agency has them that cited every figure. */
async function citedPolicies() {
  const folder = await mkdtemp(join(tmpdir(), 'cited-policies-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const shipped = new URL('policies/', PACKAGE_ROOT)
  for (const name of await readdir(shipped)) {
    if (!name.endsWith('.yaml')) continue
    const text = await readFile(new URL(name, shipped), 'utf8')
    await writeFile(join(folder, name), JSON.stringify(cited(parse(text))))
  }
  return await loadPolicies(folder)
}

const policies = servedBook(await citedPolicies())
const mode = 'production'

for (const [region, duty] of [
  ['441400', 'MZ-6.3'],
  ['500000', 'CQ-4.5'],
  ['140000', 'SX-8.1'],
  ['510600', 'SC-D4b'],
  ['210400', 'FS-3.4'],
] as const) {
  t.test(
    `${duty} with every figure cited, ${region} goes from push to hand-over in production`,
    async (t) => {
      const hub = await testHub(t, { policies, regions: [region], mode })
      const { state, bill } = await supplied(hub)
      t.equal(state, 'dispensed')
      t.ok(bill.charge > 0)
      const { rows } = await hub.deps.pool.query('select sum(amount_fen)::int as total from posting_line')
      t.same(rows, [{ total: 0 }])
    },
  )

  t.test(
    `${duty} as shipped, ${region} takes in nothing in production while figures are samples`,
    async (t) => {
      const hub = await testHub(t, { regions: [region], mode })
      await t.rejects(walker(hub).submitted(), { code: 'policy-not-cited' })
      const { rows } = await hub.deps.pool.query('select count(*)::int as stored from prescription')
      t.same(rows, [{ stored: 0 }])
    },
  )
}

t.test('SX-4.2 with every figure cited, a handbook is issued in production and lets prescribe', async (t) => {
  const it = await admissionApp(t, { policies, regions: ['140000'], mode })
  const { hub, open, complete, decide, agency } = it
  const { cast } = hub.world
  const hospital = hub.hospital()
  const person = cast.unqualifiedPerson
  const fields = {
    drugCodes: [cast.drug.drugCode],
    diagnoses: ['C61.x00'],
    physicianIds: [cast.physician.practitionerId],
  }
  const walk = walker(hub)
  t.ok((await refusedBy(walk.submitted({ person }))).includes('SX-4.3 qualification-live'))
  const { body } = await open(hospital, 'handbook', person.personId, fields)
  const no: string = body.applicationNo
  await complete(hospital, no)
  const physician = { physicianId: cast.physician.practitionerId }
  const applied = await decide(hospital, no, { step: 'apply', ...OFFICE })
  t.match(applied.body, { step: 'appraise', dueOn: '2026-11-27' }, 'a cited deadline counts')
  await decide(hospital, no, { step: 'appraise', ...physician, fields: { regimen: '按说明书' } })
  await decide(hospital, no, { step: 'review', ...OFFICE })
  const filed = await decide(agency, no, { step: 'file', ...CENTRE, fields: { documentNo: 'SC-1' } })
  t.equal(filed.body.status, 'approved')
  t.ok((await walk.submitted({ person })).no)
})

t.test('FS-4.2b a sanction with a cited term is imposed in production and refuses at once', async (t) => {
  const { hub, as, agency } = await admissionApp(t, { policies, regions: ['210400'], mode })
  const person = hub.world.cast.resident
  const body = { kind: 'benefit-excluded', subject: 'person', subjectId: person.personId, reason: '伪造病情' }
  const imposed = await as(agency, 'POST', '/admissions/sanctions', { body: { ...body, ...CENTRE } })
  t.match(imposed.body.sanctions, [{ validTo: '2027-11-21' }, {}])
  t.ok((await refusedBy(walker(hub).submitted({ person }))).includes('FS-4.2b not-sanctioned'))
})
