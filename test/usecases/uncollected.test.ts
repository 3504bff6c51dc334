import t from 'tap'
import { closeMonth, computeMonth, readMonth } from '../../src/usecases/clearing/close-month.ts'
import { deferSettlement } from '../../src/usecases/defer-settlement.ts'
import { handOver } from '../../src/usecases/hand-over.ts'
import { readUncollected } from '../../src/usecases/read-uncollected.ts'
import { sweepHolds, sweepUncollected } from '../../src/usecases/sweep.ts'
import { aWrite, testHub } from '../support/hub.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { walker } from '../support/journey.ts'
import { waitingNotices } from '../support/notices.ts'

const hub = await testHub(t, { anyQuantity: true })
const walk = walker(hub)
const pharmacy = hub.pharmacy()
const agency = hub.agency()
const { regionCode } = hub.world

const uncollected = () => readUncollected(hub.deps, regionCode, undefined, undefined, 50)

async function collectUntil(no: string): Promise<Date> {
  const { rows } = await hub.deps.pool.query<{ hold_until: Date }>(
    'select hold_until from prescription_state where prescription_no = $1',
    [no],
  )
  return rows[0]!.hold_until
}

async function yearMoved(): Promise<string> {
  const { rows } = await hub.deps.pool.query<{ fen: string }>(
    `select coalesce(sum(amount_fen), 0)::text as fen from person_year_movement where measure = 'fundPaid'`,
  )
  return rows[0]!.fen
}

async function owed(): Promise<string> {
  const { rows } = await hub.deps.pool.query<{ fen: string }>(
    `select coalesce(sum(amount_fen), 0)::text as fen from posting_line where account = $1`,
    [`institution:${pharmacy.institutionId}:receivable`],
  )
  return rows[0]!.fen
}

t.test('MZ-7.3 a settlement is owed to nobody until the hand-over, and then from its day', async (t) => {
  const { no, content } = await walk.settled({ quantity: 1_000 })
  t.equal(await owed(), '0')
  t.not(await yearMoved(), '0', 'the balances of the year are taken')
  const page = await uncollected()
  t.match(page.items, [{ prescriptionNo: no, state: 'settled', pharmacyId: pharmacy.institutionId }])
  t.equal(page.items[0]!.collectUntil, (await collectUntil(no)).toISOString())
  t.same(await readUncollected(hub.deps, regionCode, 'P00000000000', undefined, 50), { items: [] })
  hub.now = new Date(hub.now.getTime() + 26 * 3_600_000)
  await handOver(hub.deps, pharmacy, aWrite(pharmacy), no, walk.handOverOf(content))
  const { rows } = await hub.deps.pool.query(
    `select p.kind, p.day::text from posting p join settlement s using (region_code, settlement_id)
      where s.prescription_no = $1 order by p.posting_id`,
    [no],
  )
  t.match(rows, [{ kind: 'reservation' }, { kind: 'settlement' }])
  t.ok(rows[1].day > rows[0].day)
  t.not(await owed(), '0')
  t.same(await uncollected(), { items: [] })
})

t.test('what nobody collects is taken back by the hub, told to all, and may be settled again', async (t) => {
  const [before, year] = [await owed(), await yearMoved()]
  const { no } = await walk.settled({ quantity: 1_000 })
  hub.now = new Date((await collectUntil(no)).getTime() - 1)
  t.equal(await sweepUncollected(hub.deps), 0, 'not a moment too early')
  hub.now = new Date(hub.now.getTime() + 1)
  t.equal(await sweepUncollected(hub.deps), 1)
  t.equal(await sweepUncollected(hub.deps), 0)
  t.equal(await yearMoved(), year, 'the year is as it was')
  t.equal(await owed(), before)
  t.same(await uncollected(), { items: [] })
  const { rows: told } = await hub.deps.pool.query<{ recipient_id: string }>(
    `select f.recipient_id from feed_entry f join prescription_event e using (region_code, prescription_no, revision)
      where e.prescription_no = $1 and e.type = 'settlement-lapsed' order by 1`,
    [no],
  )
  t.equal(told.length, 2, 'hospital and pharmacy')
  const notices = await waitingNotices(hub, 'prescription-changed')
  t.ok(
    notices.some(({ body }) => body['prescriptionNo'] === no),
    'and the patient',
  )
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test('a deferred one lapses with its file; after the time to collect nothing is handed over', async (t) => {
  const it = await walk.settling()
  await deferSettlement(hub.deps, agency, aWrite(agency), it.no, 'settlement-unavailable')
  t.match((await uncollected()).items, [{ prescriptionNo: it.no, state: 'deferred' }])
  hub.now = await collectUntil(it.no)
  const late = handOver(hub.deps, pharmacy, aWrite(pharmacy), it.no, walk.handOverOf(it.content))
  await t.rejects(late, { code: 'prescription-expired' })
  t.equal(await sweepUncollected(hub.deps), 1)
  t.equal(await walk.stateOf(it.no), 'expired')
  const { rows } = await hub.deps.pool.query('select status from manual_file where prescription_no = $1', [
    it.no,
  ])
  t.same(rows, [{ status: 'withdrawn' }])
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test('MZ-7.3 a month has only what was handed over; the rest is pending, with its sums', async (t) => {
  const { no } = await walk.settled({ quantity: 1_000 })
  await sweepHolds(hub.deps)
  const { rows } = await hub.deps.pool.query(
    'select charge_fen::int as charge, fund_fen::int as fund from settlement where prescription_no = $1',
    [no],
  )
  hub.now = new Date('2027-01-01T02:00:00.000Z')
  for (const month of ['2026-11', '2026-12'] as const) {
    await closeMonth(hub.deps, agency, aWrite(agency), month)
    await computeMonth(hub.deps, { regionCode, month })
  }
  const { pending, trialBalance } = await readMonth(hub.deps, agency, '2026-12')
  t.same(pending, {
    settlements: 0,
    charge: 0n,
    uncollected: { settlements: 1, charge: BigInt(rows[0].charge), fund: BigInt(rows[0].fund) },
  })
  t.equal(
    trialBalance.reduce((sum, { amount }) => sum + amount, 0n),
    0n,
  )
  const { rows: counted } = await hub.deps.pool.query(
    `select count(*)::int as n from clearing_movement where account = 'receivable' and kind = 'settlement'`,
  )
  t.equal(counted[0].n, 1, 'the one that was handed over')
})
