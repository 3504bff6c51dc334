import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { loadPolicies } from '../../src/policy/load-policies.ts'
import { testHub } from '../support/hub.ts'
import { walker } from '../support/journey.ts'
import { refusedBy } from '../support/refusals.ts'
import { findingsAt, supplied, unpaidBy } from '../support/region.ts'

/** A region that no code and no sandbox knows: five duties, a deductible and a ratio. */
const POLICY = `
format: 1
region: '330100'
name: { zh: 样例第六市, en: Sample Sixth City }
counties: ['330102', '330105']
documents:
  ZZ: { title: 样例第六市谈判药品管理办法（样例）, issuedOn: '2026-01-01', effectiveFrom: '2026-02-01' }
versions:
  - id: 330100/2026-02
    from: '2026-02-01'
    validity:
      days: { value: 5, status: cited, source: ZZ-5, article: 第五条 }
    hold:
      minutes: { value: 60, status: cited, source: ZZ-5, article: 第五条 }
    steps:
      intake:
        - rule: signed-by
          source: ZZ-1
          article: 第一条
          effect: reject
          parameters:
            purposes: { value: [physician, hospital-seal], status: cited, source: ZZ-1 }
        - { rule: insured-here, source: ZZ-1, article: 第一条, effect: reject }
        - rule: designated-institution
          source: ZZ-2
          article: 第二条
          effect: reject
          parameters:
            subject: { value: hospital, status: cited, source: ZZ-2 }
            kinds: { value: [special-drug], status: cited, source: ZZ-2 }
        - rule: physician-title
          source: ZZ-2
          article: 第二条
          effect: reject
          parameters:
            minimum: { value: attending, status: cited, source: ZZ-2 }
        - rule: drug-on-list
          source: ZZ-3
          article: 第三条
          effect: reject
          parameters:
            lists: { value: [outpatient-security], status: cited, source: ZZ-3 }
        - rule: days-at-most
          source: ZZ-3
          article: 第三条
          effect: reject
          parameters:
            days: { value: 10, status: cited, source: ZZ-3 }
        - { rule: restricted-disease, source: ZZ-4, article: 第四条, effect: not-covered }
      choice: &counter
        - { rule: within-validity, source: ZZ-5, article: 第五条, effect: reject }
        - rule: designated-institution
          source: ZZ-6
          article: 第六条
          effect: reject
          parameters:
            subject: { value: pharmacy, status: cited, source: ZZ-6 }
            kinds: { value: [special-drug], status: cited, source: ZZ-6 }
      taking: *counter
      settlement:
        - { rule: supply-matches-prescription, source: ZZ-6, article: 第六条, effect: reject }
        - { rule: prescribed-quantity, source: ZZ-6, article: 第六条, effect: reject }
      hand-over:
        - { rule: buyer-identified, source: ZZ-6, article: 第六条, effect: reject }
    settlement:
      parts:
        - { part: payment-standard, source: ZZ-7, article: 第七条 }
        - part: deductible
          source: ZZ-7
          article: 第七条
          parameters:
            amountFen: { value: 1000, status: cited, source: ZZ-7, article: 第七条 }
        - part: ratio
          source: ZZ-7
          article: 第七条
          parameters:
            ratioBp: { value: 9000, status: cited, source: ZZ-7, article: 第七条 }
`

t.test('CQ-3 MZ-2 a sixth region needs a policy file and nothing else', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'policies-'))
  t.teardown(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, '330100-sixth.yaml'), POLICY)
  const policies = await loadPolicies(folder)
  // Every figure is cited, so it runs as in production.
  const hub = await testHub(t, { policies, regions: ['330100'], mode: 'production' })
  const { cast } = hub.world
  const walk = walker(hub)

  await t.test(
    'its sandbox makes a prescription that goes to the hand-over and is paid as it says',
    async (t) => {
      const { bill, no, state } = await supplied(hub, { days: 10, quantity: 20 })
      t.equal(state, 'dispensed')
      t.match(no, /^330100\d{16}$/)
      const { charge, totals } = bill
      t.equal(totals['patient'], charge - Math.floor(((charge - 1000) * 9000) / 10_000))
      const { rows } = await hub.deps.pool.query('select sum(amount_fen)::int as total from posting_line')
      t.same(rows, [{ total: 0 }])
    },
  )

  await t.test('its duties refuse, and say so by their own ids', async (t) => {
    t.same(await findingsAt(hub, { days: 10 }), [])
    t.same(await findingsAt(hub, { days: 11 }), ['ZZ-3 reject'])
    t.same(await findingsAt(hub, { days: 10, person: cast.outsider }), ['ZZ-1 reject'])
    t.ok((await findingsAt(hub, { drugs: [cast.unlistedDrug] })).includes('ZZ-3 reject'))
    const { no } = await walk.submitted({ days: 10, person: cast.resident })
    t.same(await refusedBy(walk.choose(no, cast.undesignatedPharmacy.institutionId)), [
      'ZZ-6 designated-institution',
    ])
  })

  await t.test('what it does not cover is dispensed at the cost of the patient', async (t) => {
    const diagnoses = [{ code: 'J06.900', name: '急性上呼吸道感染' }]
    const { bill, state } = await supplied(hub, { days: 10, diagnoses, person: cast.assisted })
    t.equal(state, 'dispensed')
    t.same(unpaidBy(bill), ['ZZ-4 patient'])
  })
})
