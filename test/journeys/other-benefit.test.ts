import t from 'tap'
import type { BenefitStatement } from '../../src/domain/registers.ts'
import { readStatement } from '../../src/usecases/pharmacy/statement.ts'
import { quote } from '../../src/usecases/quote.ts'
import { NOON, testHub } from '../support/hub.ts'
import { hubApp } from '../support/hub-app.ts'
import { walker } from '../support/journey.ts'
import { accountsOf, bought } from '../support/money.ts'
import { register, settled } from '../support/region.ts'

/*
 * FS-3.1 by hand. 苯磺酸氨氯地平片, class A, 2,000 at 0.15 = 300.00, hospital secondary, from 2021 by capitation.
 * The two-disease benefit: deductible 200.00 once a year, then 50 %: at first 50.00, patient 250.00.
 * The chronic-disease benefit of the example: 70 % without a deductible, 300.00 a year. Amounts in fen in the code.
 */
const CHRONIC = {
  benefit: 'chronic-disease',
  name: { zh: '门诊特慢病统筹', en: 'Outpatient chronic-disease benefit' },
} as const
const DAY = 86_400_000

t.test('FS-3.1 never less than before: the better benefit is taken until it is used up', async (t) => {
  const { hub, as } = await hubApp(t, { anyQuantity: true, regions: ['210400'] })
  const { person, hospital, designatedPharmacy } = hub.world.cast
  const data: BenefitStatement = {
    ...CHRONIC,
    personId: person.personId,
    state: 'available',
    ratioBp: 7_000,
    maximumFen: 30_000,
  }
  const stated = await as(hub.agency(), 'POST', '/agency/registers/other-benefit', {
    body: { key: 'chronic:1', validFrom: '2026-01-01', reason: '门诊特慢病待遇', data },
  })
  t.equal(stated.status, 201)

  // 300.00 * 70 % = 210.00, patient 90.00 instead of 250.00.
  const first = await bought(hub, { quantity: 2_000, days: 1 })
  t.same(first.layers, { 'other-benefit': 21_000, coinsurance: 9_000 })
  t.same(first.payers, { patient: 9_000, 'basic-fund': 21_000 })
  t.same(first.because, { 'other-benefit': 'FS-3.1', coinsurance: 'FS-3.1' })

  // 90.00 are left of 300.00: patient 210.00, still better than 250.00.
  hub.now = new Date(NOON.getTime() + 2 * DAY)
  const second = await bought(hub, { quantity: 2_000, days: 1 })
  t.same(second.layers, { 'other-benefit': 9_000, coinsurance: 21_000 })

  // Used up: the own benefit, whose deductible and maximum are still untouched.
  hub.now = new Date(NOON.getTime() + 4 * DAY)
  const third = await bought(hub, { quantity: 2_000, days: 1 })
  t.same(third.layers, { deductible: 20_000, 'basic-fund': 5_000, coinsurance: 5_000 })
  t.same(third.payers, { patient: 25_000, capitation: 5_000 })

  // The other benefit is paid by the pooled fund, not out of the capitation account. 90 + 210 + 250 at the counter.
  t.same(await accountsOf(hub), {
    [`capitation:${hospital.institutionId}`]: -5_000,
    'fund:basic:resident': -30_000,
    [`institution:${designatedPharmacy.institutionId}:counter`]: 55_000,
    [`institution:${designatedPharmacy.institutionId}:prepaid`]: 5_000,
    [`institution:${designatedPharmacy.institutionId}:receivable`]: 30_000,
    'patient:paid': -55_000,
  })
})

t.test('FS-3.1 never twice: what another benefit paid for is not paid again', async (t) => {
  const hub = await testHub(t, { anyQuantity: true, regions: ['210400'] })
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const { person } = hub.world.cast
  const { no, content } = await walk.reviewed({ quantity: 2_000 })
  await register(hub, 'other-benefit', 'stay:1', {
    personId: person.personId,
    benefit: 'inpatient',
    name: { zh: '住院统筹', en: 'Inpatient benefit' },
    state: 'paid',
    prescriptionNo: no,
    paidFen: 18_000,
  })
  const lines = walk.lines(content)
  const asked = await quote(hub.deps, hub.deps.pool, '210400', no, pharmacy.institutionId, lines, hub.now)
  t.equal(asked.split.patientFen, 30_000, 'the quote says so before')
  const bill = await settled(hub, no, lines)
  t.match(bill, { totals: { patient: 30_000, capitation: 0, 'basic-fund': 0 } })
  const { split } = await readStatement(hub.deps, pharmacy, no)
  t.match(split?.entries, [{ layer: 'paid-elsewhere', amountFen: 30_000, ruleId: 'FS-3.1' }])
  t.match(split?.entries[0]?.explanation.zh, /住院统筹/)
})

t.test(
  'FS-3.1 among several the best for the patient; none that is worse, over, or of another',
  async (t) => {
    const hub = await testHub(t, { anyQuantity: true, regions: ['210400'] })
    const { person, drug, sameIndicationDrug } = hub.world.cast
    const offer = (key: string, more: Partial<BenefitStatement>) =>
      register(hub, 'other-benefit', key, {
        ...CHRONIC,
        personId: person.personId,
        benefit: key,
        state: 'available',
        ...more,
      })
    await offer('equal', { ratioBp: 1_666, drugCode: drug.drugCode })
    await offer('another-drug', { ratioBp: 9_900, drugCode: sameIndicationDrug.drugCode })
    await offer('another-person', { ratioBp: 9_900, personId: 'NOBODY01' })
    // 300.00 * 16.66 % = 49.98: patient 250.02, two fen more than by the own benefit.
    const own = await bought(hub, { quantity: 2_000, days: 1 })
    t.equal(own.payers['patient'], 25_000)
    // The deductible is paid now: the own benefit gives 150.00, so 50.01 % is better by 3 fen, 80 % the best.
    await offer('better', { ratioBp: 5_001 })
    await offer('best', { ratioBp: 8_000 })
    hub.now = new Date(NOON.getTime() + 2 * DAY)
    const other = await bought(hub, { quantity: 2_000, days: 1 })
    t.same(other.payers, { patient: 6_000, 'basic-fund': 24_000 })
  },
)
