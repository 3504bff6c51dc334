import t from 'tap'
import { closeMonth, computeMonth, readMonth } from '../../../src/usecases/clearing/close-month.ts'
import { readStatement } from '../../../src/usecases/clearing/statement.ts'
import { settlePrescription } from '../../../src/usecases/settle-prescription.ts'
import { aWrite, testHub } from '../../support/hub.ts'
import { walker } from '../../support/journey.ts'
import { COVERED, clearing, DECEMBER } from './clearing.ts'

t.test('MZ-7.3 a month of settlements is closed, sent, confirmed, paid, and ends at zero', async (t) => {
  const hub = await testHub(t, { anyQuantity: true })
  const walk = walker(hub)
  const clear = clearing(hub)
  const agency = hub.agency()
  const pharmacy = hub.pharmacy()
  const one = await walk.dispensed(COVERED)
  const two = await walk.dispensed(COVERED)
  const { rows } = await hub.deps.pool.query(
    'select sum(fund_fen)::int as fund from settlement where settlement_id = any($1)',
    [[one.settlementId, two.settlementId]],
  )
  const fund = BigInt(rows[0].fund)
  t.ok(fund > 0n)

  hub.now = DECEMBER
  const seen: number[] = []
  await closeMonth(hub.deps, agency, aWrite(agency), '2026-11')
  await computeMonth(hub.deps, { regionCode: agency.regionCode, month: '2026-11' }, ({ daysDone }) =>
    seen.push(daysDone),
  )
  t.same(
    seen,
    Array.from({ length: 30 }, (_, day) => day + 1),
    'progress is told day by day',
  )
  const overview = await readMonth(hub.deps, agency, '2026-11')
  t.equal(overview.run.postings, 2)
  t.equal(
    overview.trialBalance.reduce((sum, { amount }) => sum + amount, 0n),
    0n,
  )

  const before = await readStatement(hub.deps, agency, '2026-11', pharmacy.institutionId)
  t.match(before.figures, { opening: 0n, due: fund, paid: 0n, closing: fund })
  t.equal(before.figures.items.find(({ item }) => item === 'settlements')?.entries, 2)
  await t.rejects(readStatement(hub.deps, pharmacy, '2026-11'), { code: 'statement-not-sent' })
  await clear.confirmed('2026-11')
  await t.rejects(clear.send('2026-11', pharmacy.institutionId), { code: 'statement-wrong-state' })
  const { body } = await clear.pay('2026-11', pharmacy.institutionId)
  t.match(body, { status: 'paid', paidFen: Number(fund) })
  await t.rejects(
    clear.pay('2026-11', pharmacy.institutionId),
    { code: 'statement-wrong-state' },
    'pays once',
  )
  t.equal(await clear.total(`institution:${pharmacy.institutionId}:receivable`), 0n)
  t.equal(await clear.total(), 0n)

  hub.now = new Date('2026-12-31T16:00:00.000Z')
  await clear.close('2026-12')
  const next = await readStatement(hub.deps, agency, '2026-12', pharmacy.institutionId)
  t.match(
    next.figures,
    { opening: fund, due: 0n, paid: fund, closing: 0n },
    'the payment stands where it was made',
  )
})

t.test(
  'MZ-7.3 a closed month never changes: what is settled or returned later counts in the next',
  async (t) => {
    const hub = await testHub(t, { anyQuantity: true })
    const walk = walker(hub)
    const clear = clearing(hub)
    const dispensed = await walk.dispensed(COVERED)
    const settling = await walk.settling(COVERED)
    hub.now = DECEMBER
    await clear.close('2026-11')
    const pharmacyId = hub.pharmacy().institutionId
    const november = await readStatement(hub.deps, hub.agency(), '2026-11', pharmacyId)

    // A worker whose clock is behind: the day of the books moves to the first open one, the instant stays.
    hub.now = new Date('2026-11-30T15:59:59.999Z')
    await settlePrescription(hub.deps, { regionCode: clear.regionCode, settlementId: settling.settlementId })
    const { rows } = await hub.deps.pool.query('select day::text, at from posting where settlement_id = $1', [
      settling.settlementId,
    ])
    t.same(rows, [{ day: '2026-12-01', at: hub.now }])
    await clear.reversed(settling.no)
    await clear.returned(dispensed.no)
    t.same((await readStatement(hub.deps, hub.agency(), '2026-11', pharmacyId)).figures, november.figures)

    hub.now = new Date('2027-01-01T02:00:00.000Z')
    await clear.close('2026-12')
    const december = await readStatement(hub.deps, hub.agency(), '2026-12', pharmacyId)
    t.equal(december.figures.opening, november.figures.closing)
    t.equal(december.figures.closing, 0n, 'the return of November is taken off in December')
    t.equal(december.figures.due, -november.figures.due)
    t.equal(await clear.total(), 0n)
  },
)

t.test('MZ-7.3 what was asked for and is not decided is pending, in no account', async (t) => {
  const hub = await testHub(t, { anyQuantity: true })
  const walk = walker(hub)
  const clear = clearing(hub)
  const agency = hub.agency()
  const pending = async () => (await readMonth(hub.deps, agency, '2026-11')).pending
  const { settlementId } = await walk.settling({ quantity: 1_000 })
  await walk.settling({ quantity: 7 })
  hub.now = DECEMBER
  await clear.close('2026-11')
  // 1,000 * 3.24 + 7 * 3.24
  const uncollected = { settlements: 0, charge: 0n, fund: 0n }
  t.same(await pending(), { settlements: 2, charge: 326_268n, uncollected })
  t.equal(await clear.total('institution:%'), 0n)
  await settlePrescription(hub.deps, { regionCode: hub.world.regionCode, settlementId })
  t.same(await pending(), {
    settlements: 1,
    charge: 2_268n,
    // 3,240.00; class B 324.00; deductible 600.00; 2,316.00 * 75 %
    uncollected: { settlements: 1, charge: 324_000n, fund: 173_700n },
  })
  t.equal(await clear.total('institution:%'), 0n)
})

t.test('MZ-7.3 months close in order, only when over, once; an empty month is a month', async (t) => {
  const hub = await testHub(t, { anyQuantity: true })
  const walk = walker(hub)
  const clear = clearing(hub)
  const agency = hub.agency()
  await walk.dispensed()
  const close = (month: string) => closeMonth(hub.deps, agency, aWrite(agency), month)
  hub.now = new Date(DECEMBER.getTime() - 1)
  await t.rejects(close('2026-11'), { code: 'month-not-over' }, 'the last millisecond')
  hub.now = new Date('2027-02-01T02:00:00.000Z')
  await t.rejects(close('2026-12'), { code: 'month-out-of-order' }, 'November has entries')
  await t.rejects(
    close('1926-11'),
    { code: 'month-before-clearing', details: { month: '1926-11', begins: '2026-02' } },
    'a slip of the year would leave twelve hundred months to be closed',
  )
  await close('2026-11')
  await t.rejects(close('2026-11'), { code: 'month-closed' })
  const before = { code: 'month-before-clearing', details: { month: '2026-09', begins: '2026-11' } }
  await t.rejects(close('2026-09'), before)
  await t.rejects(readMonth(hub.deps, agency, '2026-09'), before)
  await t.rejects(readMonth(hub.deps, agency, '2026-12'), { code: 'month-open' })
  const own = () => readStatement(hub.deps, agency, '2026-11', hub.pharmacy().institutionId)
  await t.rejects(own(), { code: 'clearing-unfinished' })
  await t.rejects(close('2026-12'), { code: 'clearing-unfinished' })
  await computeMonth(hub.deps, { regionCode: clear.regionCode, month: '2026-11' })
  await t.rejects(close('2027-01'), { code: 'month-out-of-order' })
  await clear.close('2026-12')
  const empty = await readStatement(hub.deps, agency, '2026-12', hub.pharmacy().institutionId)
  t.equal(empty.figures.items.length, 0)
  t.equal(empty.figures.opening, empty.figures.closing)
  await clear.confirmed('2026-12')
  t.match((await clear.pay('2026-12', hub.pharmacy().institutionId)).body, { status: 'paid', paidFen: 0 })
})

t.test('MZ-7.3 closing waits for an entry under way, and adding up survives being cut off', async (t) => {
  const hub = await testHub(t, { anyQuantity: true })
  const walk = walker(hub)
  const clear = clearing(hub)
  await walk.dispensed()
  hub.now = DECEMBER
  const agency = hub.agency()
  const open = await hub.deps.pool.connect()
  await open.query('begin')
  await open.query(
    `insert into posting (region_code, posting_id, kind, day, at) values ($1, gen_random_uuid(), 'adjustment', '2026-11-30', now())`,
    [clear.regionCode],
  )
  let isClosed = false
  const closing = closeMonth(hub.deps, agency, aWrite(agency), '2026-11').then(() => {
    isClosed = true
  })
  await new Promise((resolve) => setTimeout(resolve, 200))
  t.notOk(isClosed, 'waits')
  await open.query('commit')
  open.release()
  await closing

  const job = { regionCode: clear.regionCode, month: '2026-11' }
  await t.rejects(
    computeMonth(hub.deps, job, ({ daysDone }) => {
      if (daysDone === 22) throw new Error('cut off')
    }),
    /cut off/,
  )
  await Promise.all([computeMonth(hub.deps, job), computeMonth(hub.deps, job)])
  const { run } = await readMonth(hub.deps, agency, '2026-11')
  t.equal(run.postings, 2, 'every entry counted once')
})
