import t from 'tap'
import { cancelPrescription } from '../../src/usecases/cancel-prescription.ts'
import { deferSettlement } from '../../src/usecases/defer-settlement.ts'
import { handOver } from '../../src/usecases/hand-over.ts'
import { releasePrescription } from '../../src/usecases/release-prescription.ts'
import { requestSettlement } from '../../src/usecases/request-settlement.ts'
import { returnGoods } from '../../src/usecases/return-goods.ts'
import { reverseSettlement } from '../../src/usecases/reverse-settlement.ts'
import { settlePrescription } from '../../src/usecases/settle-prescription.ts'
import { sweepHolds } from '../../src/usecases/sweep.ts'
import { exhausted } from '../support/exhausted.ts'
import { aWrite, testHub } from '../support/hub.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { walker } from '../support/journey.ts'

t.test(
  'MZ-6.7 a settlement that used up its tries is deferred, handed over against full payment, and has a file',
  async (t) => {
    const hub = await testHub(t)
    const walk = walker(hub)
    const { no, content, settlementId } = await walk.settling()
    const job = { regionCode: hub.world.regionCode, settlementId }
    await exhausted(hub.deps, job)
    await exhausted(hub.deps, job)
    await settlePrescription(hub.deps, job)
    t.equal(await walk.stateOf(no), 'deferred', 'a late worker changes nothing')
    const pharmacy = hub.pharmacy()
    await handOver(hub.deps, pharmacy, aWrite(pharmacy), no, walk.handOverOf(content))
    t.equal(await walk.stateOf(no), 'dispensed')
    const { rows } = await hub.deps.pool.query('select status, reason from manual_file')
    t.same(rows, [{ status: 'open', reason: 'settlement-unavailable' }])
    t.same(await brokenInvariants(hub.deps.pool), [])
  },
)

t.test('MZ-6.7 a pharmacy may defer when its patience is over, not a moment before', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const { no } = await walk.settling()
  const begin = hub.now
  hub.now = new Date(begin.getTime() + 59_999)
  await t.rejects(deferSettlement(hub.deps, pharmacy, aWrite(pharmacy), no, 'no-answer'), {
    code: 'settlement-not-overdue',
  })
  hub.now = new Date(begin.getTime() + 60_000)
  await t.resolves(deferSettlement(hub.deps, pharmacy, aWrite(pharmacy), no, 'no-answer'))
  t.equal(await walk.stateOf(no), 'deferred')
})

t.test('a reversal before hand-over posts the opposite and gives the year back', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const { no, content } = await walk.settled()
  const { rows: first } = await hub.deps.pool.query(
    'select charge_fen, patient_fen, adjudication from settlement',
  )
  await reverseSettlement(hub.deps, pharmacy, aWrite(pharmacy), no, 'price-wrong')
  t.equal(await walk.stateOf(no), 'reviewed')
  const { rows: year } = await hub.deps.pool.query(
    'select measure, sum(amount_fen)::text as sum from person_year_movement group by measure having sum(amount_fen) <> 0',
  )
  t.same(year, [], 'the year is as it was')
  const { rows: accounts } = await hub.deps.pool.query(
    'select account from posting_line group by account having sum(amount_fen) <> 0',
  )
  t.same(accounts, [], 'and every account')
  const { body } = await requestSettlement(hub.deps, pharmacy, aWrite(pharmacy), no, {
    lines: walk.lines(content),
  })
  await settlePrescription(hub.deps, { regionCode: hub.world.regionCode, settlementId: body.settlementId })
  const { rows: second } = await hub.deps.pool.query(
    `select charge_fen, patient_fen, adjudication from settlement where status = 'settled'`,
  )
  t.same(second, first, 'settled again it is the same to the byte')
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test('returned goods reverse the settlement and free the packs', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const one = await walk.settled()
  const given = walk.handOverOf(one.content)
  await handOver(hub.deps, pharmacy, aWrite(pharmacy), one.no, given)
  const two = await walk.settled({ person: hub.world.cast.resident })
  const same = { ...walk.handOverOf(two.content), lines: given.lines }
  await t.rejects(handOver(hub.deps, pharmacy, aWrite(pharmacy), two.no, same), { code: 'trace-code-used' })
  t.equal(await walk.stateOf(two.no), 'settled', 'a refused hand-over changes nothing')
  await returnGoods(hub.deps, pharmacy, aWrite(pharmacy), one.no, 'adverse-reaction')
  t.equal(await walk.stateOf(one.no), 'returned')
  await t.resolves(handOver(hub.deps, pharmacy, aWrite(pharmacy), two.no, same), 'the pack may be sold again')
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test(
  'a cancel that waits takes effect on release, on a lapsed hold, and blocks a settlement',
  async (t) => {
    const hub = await testHub(t)
    const walk = walker(hub)
    const pharmacy = hub.pharmacy()
    const hospital = hub.hospital()
    const one = await walk.reviewed()
    const { body, status } = await cancelPrescription(
      hub.deps,
      hospital,
      aWrite(hospital),
      one.no,
      'wrong-drug',
    )
    t.equal(status, 202)
    t.equal(body.cancel, 'pending')
    await t.rejects(
      requestSettlement(hub.deps, pharmacy, aWrite(pharmacy), one.no, { lines: walk.lines(one.content) }),
      { code: 'cancel-pending' },
    )
    const released = await releasePrescription(
      hub.deps,
      pharmacy,
      aWrite(pharmacy),
      one.no,
      'cancel-requested',
    )
    t.equal(released.body.state, 'cancelled')
    const two = await walk.held()
    await cancelPrescription(hub.deps, hospital, aWrite(hospital), two.no, 'wrong-drug')
    hub.now = new Date(two.taken.holdUntil)
    t.equal(await sweepHolds(hub.deps), 1)
    t.equal(await walk.stateOf(two.no), 'cancelled')
    const three = await walk.settled({
      person: hub.world.cast.resident,
      issuedAt: new Date(hub.now.getTime() - 1000),
    })
    await t.rejects(cancelPrescription(hub.deps, hospital, aWrite(hospital), three.no, 'wrong-drug'), {
      code: 'wrong-state',
    })
    t.same(await brokenInvariants(hub.deps.pool), [])
  },
)

t.test('a hold that ran out frees the prescription for the next, even before the sweep', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const { no, taken } = await walk.held()
  const second = hub.pharmacy(hub.world.cast.secondPharmacy.institutionId)
  hub.now = new Date(new Date(taken.holdUntil).getTime() - 1)
  await t.rejects(walk.choose(no, second.institutionId), { code: 'held-by-another' })
  hub.now = new Date(taken.holdUntil)
  await t.rejects(walk.review(no), { code: 'hold-lost' })
  await walk.choose(no, second.institutionId)
  await walk.take(no, second)
  t.equal(await walk.stateOf(no), 'held')
  const { rows } = await hub.deps.pool.query('select end_reason from dispense order by taken_at')
  t.same(
    rows.map((row) => row.end_reason),
    ['lapsed', null],
  )
})

t.test('twenty settlements of one person at once leave the balances of one after another', async (t) => {
  const hub = await testHub(t, { max: 16 })
  const walk = walker(hub)
  const jobs = []
  for (let i = 0; i < 20; i += 1) jobs.push(await walk.settling())
  await Promise.all(
    jobs.map(({ settlementId }) =>
      settlePrescription(hub.deps, { regionCode: hub.world.regionCode, settlementId }),
    ),
  )
  const { rows } = await hub.deps.pool.query(
    `select (select count(*)::int from settlement where status = 'settled') as settled,
            (select sum(amount_fen)::bigint from person_year_movement where measure = 'deductiblePaid') as deductible,
            (select sum((adjudication::jsonb #>> '{balancesAfter,fundPaid}')::bigint
                      - (adjudication::jsonb #>> '{input,balances,fundPaid}')::bigint) from settlement) as moved,
            (select sum(amount_fen) from person_year_movement where measure = 'fundPaid') as fund`,
  )
  t.equal(rows[0].settled, 20)
  t.equal(String(rows[0].moved), String(rows[0].fund), 'each began where the one before ended')
  t.same(await brokenInvariants(hub.deps.pool), [])
})
