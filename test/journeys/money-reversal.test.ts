import t from 'tap'
import { readStatement } from '../../src/usecases/clearing/statement.ts'
import { handOver } from '../../src/usecases/hand-over.ts'
import { requestSettlement } from '../../src/usecases/request-settlement.ts'
import { settlePrescription } from '../../src/usecases/settle-prescription.ts'
import { aWrite, type TestHub, testHub } from '../support/hub.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { walker } from '../support/journey.ts'
import { accountsOnceCollected, bought } from '../support/money.ts'
import type { Bill } from '../support/region.ts'
import { clearing } from '../usecases/clearing/clearing.ts'

/*
 * Worked examples of reversals, and of settlements that arrive out of order, by hand: Meizhou, an employee, 丁苯酞软胶囊,
 * class B, 3.24 a capsule. 1,000 = 3,240.00; class B 10 % = 324.00; then either the deductible of 600.00 and
 * 2,316.00 * 75 % = 1,737.00 (own 579.00), or, when it is paid, 2,916.00 * 75 % = 2,187.00 (own 729.00).
 */
const FIRST = { 'class-b': 32_400, deductible: 60_000, 'basic-fund': 173_700, coinsurance: 57_900 }
const LATER = { 'class-b': 32_400, 'basic-fund': 218_700, coinsurance: 72_900 }
const THOUSAND = { quantity: 1_000 }

/** A requested settlement that its worker has not taken up. */
async function asked(hub: TestHub) {
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const { no, content } = await walk.reviewed(THOUSAND)
  const lines = walk.lines(content)
  const { body } = await requestSettlement(hub.deps, pharmacy, aWrite(pharmacy), no, { lines })
  return { no, content, settlementId: body.settlementId }
}

/** Lets the worker do it. @returns what lies on each layer */
async function work(hub: TestHub, settlementId: string): Promise<Record<string, number>> {
  await settlePrescription(hub.deps, { regionCode: hub.world.regionCode, settlementId })
  const { rows } = await hub.deps.pool.query<{ adjudication: string }>(
    'select adjudication from settlement where settlement_id = $1',
    [settlementId],
  )
  const bill = JSON.parse(rows[0]!.adjudication) as Bill
  return Object.fromEntries(bill.entries.map(({ layer, amount }) => [layer, amount]))
}

async function yearsOf(hub: TestHub) {
  const { rows } = await hub.deps.pool.query<{ year: number; measure: string; fen: number }>(
    `select year, measure, sum(amount_fen)::int as fen from person_year_movement
      where measure in ('deductiblePaid', 'fundPaid') group by 1, 2 having sum(amount_fen) <> 0 order by 1, 2`,
  )
  return rows.map(({ year, measure, fen }) => `${year} ${measure} ${fen}`)
}

t.test('MZ-7.3 before the hand-over: opposite entries, as if it had never been', async (t) => {
  const hub = await testHub(t, { anyQuantity: true })
  const { no, settlementId } = await asked(hub)
  t.same(await work(hub, settlementId), FIRST)
  await clearing(hub).reversed(no)
  t.same(await accountsOnceCollected(hub), {})
  t.same(await yearsOf(hub), [])
  const { rows } = await hub.deps.pool.query('select kind from posting order by posting_id')
  t.same(rows, [{ kind: 'reservation' }, { kind: 'release' }], 'nothing is deleted')
  t.same(await work(hub, (await asked(hub)).settlementId), FIRST, 'the next one is charged the deductible')
})

t.test(
  'MZ-6.6 a return leaves later settlements as they are; the next one pays the deductible again',
  async (t) => {
    const hub = await testHub(t, { anyQuantity: true })
    const clear = clearing(hub)
    const first = await bought(hub, THOUSAND)
    const second = await bought(hub, THOUSAND)
    t.same([first.layers, second.layers], [FIRST, LATER])
    await clear.returned(first.no)
    // The second stands: 2,187.00. Its patient was told so and paid 1,053.00.
    t.same(await yearsOf(hub), ['2026 fundPaid 218700'])
    const third = await bought(hub, THOUSAND)
    t.same(third.layers, FIRST)
    t.same(await yearsOf(hub), ['2026 deductiblePaid 60000', '2026 fundPaid 392400'])
    t.equal((await accountsOnceCollected(hub))['fund:basic:employee'], -392_400, '2,187.00 + 1,737.00')
    t.same(await brokenInvariants(hub.deps.pool), [])
  },
)

t.test('MZ-6.6 a return under serious-illness insurance: no band is paid twice', async (t) => {
  // 20,000 at 3.24 = 64,800.00; class B 6,480.00; deductible 600.00; 57,720.00 * 75 %; own 600.00 + 14,430.00 = 15,030.00.
  // 15,000.00 is the threshold: 30.00 * 60 % = 18.00. Then 1,000: own 729.00, * 60 % = 437.40.
  const hub = await testHub(t, { anyQuantity: true })
  const clear = clearing(hub)
  const first = await bought(hub, { quantity: 20_000 })
  t.equal(first.layers['serious-illness'], 1_800)
  const second = await bought(hub, THOUSAND)
  t.equal(second.layers['serious-illness'], 43_740)
  await clear.returned(first.no)
  // The year has 729.00 of own payments left and keeps 437.40. Again 20,000: own 729.00 + 15,030.00 = 15,759.00, for
  // which the year gets 759.00 * 60 % = 455.40; 437.40 of it were paid, so 18.00.
  const third = await bought(hub, { quantity: 20_000 })
  t.equal(third.layers['serious-illness'], 1_800)
  t.equal(
    (await accountsOnceCollected(hub))['fund:serious-illness'],
    -45_540,
    'as if the first had never been',
  )
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test('MZ-7.3 a return in the same month: the month pays what is left', async (t) => {
  const hub = await testHub(t, { anyQuantity: true })
  const clear = clearing(hub)
  const pharmacy = hub.pharmacy().institutionId
  const first = await bought(hub, THOUSAND)
  await bought(hub, THOUSAND)
  await clear.returned(first.no)
  hub.now = new Date('2026-12-01T02:00:00.000Z')
  await clear.close('2026-11')
  // 1,737.00 + 2,187.00 - 1,737.00
  const { figures } = await readStatement(hub.deps, hub.agency(), '2026-11', pharmacy)
  t.match(figures, { opening: 0n, due: 218_700n, closing: 218_700n })
  t.match(
    figures.items.find(({ item }) => item === 'settlements'),
    { amount: 392_400n, entries: 2 },
  )
  t.match(
    figures.items.find(({ item }) => item === 'reversals'),
    { amount: -173_700n, entries: 1 },
  )
})

t.test(
  'MZ-7.3 a return of a closed and paid month: that month stays, the next one is short of it',
  async (t) => {
    const hub = await testHub(t, { anyQuantity: true })
    const clear = clearing(hub)
    const pharmacy = hub.pharmacy().institutionId
    const due = async (month: string) =>
      (await readStatement(hub.deps, hub.agency(), month, pharmacy)).figures.due
    const first = await bought(hub, THOUSAND)
    hub.now = new Date('2026-12-01T02:00:00.000Z')
    await clear.close('2026-11')
    await clear.confirmed('2026-11')
    t.match((await clear.pay('2026-11', pharmacy)).body, { paidFen: 173_700 })
    await clear.returned(first.no)
    t.same((await bought(hub, THOUSAND)).layers, FIRST, 'the deductible is open again')
    await bought(hub, THOUSAND)
    hub.now = new Date('2027-01-01T02:00:00.000Z')
    await clear.close('2026-12')
    t.equal(await due('2026-11'), 173_700n, 'a closed month never changes')
    t.equal(await due('2026-12'), 218_700n, '-1,737.00 + 1,737.00 + 2,187.00')
    await clear.confirmed('2026-12')
    t.match((await clear.pay('2026-12', pharmacy)).body, { paidFen: 218_700 })
    t.equal(await clear.total(`institution:${pharmacy}:receivable`), 0n)
    t.equal(await clear.total(), 0n)
  },
)

t.test('MZ-7.3 more came back than was sold: the institution owes, and pays 1,737.00', async (t) => {
  const hub = await testHub(t, { anyQuantity: true })
  const clear = clearing(hub)
  const pharmacy = hub.pharmacy().institutionId
  const first = await bought(hub, THOUSAND)
  hub.now = new Date('2026-12-01T02:00:00.000Z')
  await clear.close('2026-11')
  await clear.confirmed('2026-11')
  await clear.pay('2026-11', pharmacy)
  await clear.returned(first.no)
  hub.now = new Date('2027-01-01T02:00:00.000Z')
  await clear.close('2026-12')
  await clear.confirmed('2026-12')
  t.match((await clear.pay('2026-12', pharmacy)).body, { paidFen: -173_700 })
  t.equal(await clear.total(`institution:${pharmacy}:receivable`), 0n)
})

t.test('MZ-6.6 out of order within a year: who is posted first is charged the deductible', async (t) => {
  // Asked at 10:00 and 10:05, done in the other order: the one that comes late is not slipped in before the other.
  const hub = await testHub(t, { anyQuantity: true })
  const early = await asked(hub)
  hub.now = new Date(hub.now.getTime() + 300_000)
  const late = await asked(hub)
  t.same(await work(hub, late.settlementId), FIRST)
  t.same(await work(hub, early.settlementId), LATER)
  t.same(await yearsOf(hub), ['2026 deductiblePaid 60000', '2026 fundPaid 392400'])
})

t.test('MZ-7.2 out of order over the end of a year: each moves the year of its request', async (t) => {
  // Asked on 31 December 2025 at 23:50 and on 1 January 2026 at 00:10; the later one is done first.
  const hub = await testHub(t, { anyQuantity: true, now: new Date('2025-12-31T15:50:00.000Z') })
  const clear = clearing(hub)
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const old = await asked(hub)
  hub.now = new Date('2025-12-31T16:10:00.000Z')
  const fresh = await asked(hub)
  await clear.close('2025-12')
  t.same(await work(hub, fresh.settlementId), FIRST)
  t.same(await work(hub, old.settlementId), FIRST, 'the deductible of 2025, which nobody had paid')
  t.same(await yearsOf(hub), [
    '2025 deductiblePaid 60000',
    '2025 fundPaid 173700',
    '2026 deductiblePaid 60000',
    '2026 fundPaid 173700',
  ])
  for (const { no, content } of [old, fresh]) {
    await handOver(hub.deps, pharmacy, aWrite(pharmacy), no, walk.handOverOf(content))
  }
  // December is closed: January's books pay both, and a return in January gives 2025 its balance back.
  await clear.returned(old.no)
  t.same(await yearsOf(hub), ['2026 deductiblePaid 60000', '2026 fundPaid 173700'])
  hub.now = new Date('2026-02-01T02:00:00.000Z')
  await clear.close('2026-01')
  const due = async (month: string) =>
    (await readStatement(hub.deps, hub.agency(), month, pharmacy.institutionId)).figures.due
  t.same([await due('2025-12'), await due('2026-01')], [0n, 173_700n])
  t.same(await brokenInvariants(hub.deps.pool), [])
})
