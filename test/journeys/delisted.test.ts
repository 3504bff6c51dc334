import t from 'tap'
import { testHub } from '../support/hub.ts'
import { endToday, supplied, unpaidBy } from '../support/region.ts'

for (const [region, duty, list] of [
  ['441400', 'MZ-2', 'dual-channel'],
  ['500000', 'CQ-2.2', 'outpatient-security'],
  ['140000', 'SX-17.6', 'negotiated'],
  ['510600', 'SC-N1', 'negotiated'],
  ['210400', 'FS-2.2', 'two-disease'],
] as const) {
  t.test(
    `${duty} a drug that leaves the list after the review is supplied at the cost of the patient`,
    async (t) => {
      const hub = await testHub(t, { regions: [region] })
      const { drugCode } = hub.world.cast.drug
      const { bill, state } = await supplied(hub, {}, () => endToday(hub, 'drug-list', `${list}:${drugCode}`))
      t.equal(state, 'dispensed')
      t.same(unpaidBy(bill), [`${duty} patient`])
      t.equal(bill.totals['patient'], bill.charge)
    },
  )
}
