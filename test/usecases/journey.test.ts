import t from 'tap'
import { testHub } from '../support/hub.ts'
import { walker } from '../support/journey.ts'

for (const region of ['441400', '500000', '140000', '510600', '210400']) {
  t.test(`${region} a prescription goes from signature to hand-over`, async (t) => {
    const hub = await testHub(t, { regions: [region] })
    const walk = walker(hub)
    const { no } = await walk.dispensed()
    t.equal(await walk.stateOf(no), 'dispensed')
    const { rows } = await hub.deps.pool.query(
      'select revision, type from prescription_event where prescription_no = $1 order by revision',
      [no],
    )
    t.same(
      rows.map((row) => row.type),
      [
        'submitted',
        'pharmacy-chosen',
        'taken',
        'review-approved',
        'settlement-requested',
        'settled',
        'handed-over',
      ],
    )
    const sums = await hub.deps.pool.query(
      'select coalesce(sum(amount_fen), 0) as total, count(*) from posting_line',
    )
    t.equal(sums.rows[0].total, '0', 'the ledger balances')
    t.ok(Number(sums.rows[0].count) > 0, 'and something was posted')
  })
}
