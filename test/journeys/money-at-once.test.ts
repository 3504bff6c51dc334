import t from 'tap'
import { requestSettlement } from '../../src/usecases/request-settlement.ts'
import { returnGoods } from '../../src/usecases/return-goods.ts'
import { settlePrescription } from '../../src/usecases/settle-prescription.ts'
import { aWrite, type TestHub, testHub } from '../support/hub.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { walker } from '../support/journey.ts'
import { accountsOnceCollected, bought } from '../support/money.ts'
import { register } from '../support/region.ts'

/*
 * Many settlements of one person at once at the edge of the year's maximum, by hand: Meizhou, an employee, 丁苯酞软胶囊,
 * class B, 3.24 a capsule. Amounts in CNY in the comments, in fen in the code.
 */

/** Three pharmacies with a pharmacist each; the third one gets its own here. */
async function pharmacies(hub: TestHub) {
  const { pharmacist, secondPharmacist, secondPharmacy, noStockPharmacy } = hub.world.cast
  const third = { ...pharmacist, practitionerId: 'YS441402990099', licenceNo: 'SAMPLE-99' }
  await register(hub, 'practitioner', third.practitionerId, third)
  const { institutionId } = noStockPharmacy
  const role = 'pharmacist'
  await register(hub, 'filing', `${third.practitionerId}:${institutionId}:${role}`, {
    practitionerId: third.practitionerId,
    institutionId,
    role,
    diseases: [],
  })
  return [
    { pharmacy: hub.pharmacy(), pharmacistId: pharmacist.practitionerId },
    {
      pharmacy: hub.pharmacy(secondPharmacy.institutionId),
      pharmacistId: secondPharmacist.practitionerId,
    },
    { pharmacy: hub.pharmacy(institutionId), pharmacistId: third.practitionerId },
  ]
}

/** Requests of so many capsules, round the pharmacies. */
async function requests(hub: TestHub, count: number, quantity: number): Promise<string[]> {
  const walk = walker(hub)
  const places = await pharmacies(hub)
  const ids: string[] = []
  for (let index = 0; index < count; index += 1) {
    const { pharmacy, pharmacistId } = places[index % places.length]!
    const { no } = await walk.submitted({ quantity })
    await walk.choose(no, pharmacy.institutionId)
    await walk.take(no, pharmacy)
    await walk.review(no, pharmacy, pharmacistId)
    const lines = [{ lineNo: 1, quantity: String(quantity), unitPriceFen: 324 }]
    const { body } = await requestSettlement(hub.deps, pharmacy, aWrite(pharmacy), no, { lines })
    ids.push(body.settlementId)
  }
  return ids
}

/** The fund's parts of settlements, greatest first, and how often each occurs. */
async function fundParts(hub: TestHub, ids: readonly string[]): Promise<[number, number][]> {
  const { rows } = await hub.deps.pool.query<{ fen: number; n: number }>(
    `select (adjudication::jsonb -> 'totals' ->> 'basic-fund')::int as fen, count(*)::int as n
       from settlement where settlement_id = any($1) group by 1 order by 1 desc`,
    [ids],
  )
  return rows.map(({ fen, n }) => [fen, n])
}

/** What the fund had paid of the year after each posting. */
async function runningTotals(hub: TestHub): Promise<number[]> {
  const { rows } = await hub.deps.pool.query<{ fen: number }>(
    `select sum(amount_fen) over (order by posting_id)::int as fen
       from person_year_movement where measure = 'fundPaid' order by posting_id`,
  )
  return rows.map(({ fen }) => fen)
}

t.test(
  'MZ-7.2 fifteen settlements at once in three pharmacies: 300,000.00 to the fen, no more',
  async (t) => {
    // 130,000 at 3.24 = 421,200.00; class B 42,120.00; deductible 600.00; 378,480.00 * 75 % = 283,860.00; 16,140.00 left.
    // Then 3,000 = 9,720.00 each; class B 972.00; 8,748.00 * 75 % = 6,561.00. Two fit: 13,122.00. The third gets the last
    // 3,018.00, the other twelve nothing, whoever comes first.
    const hub = await testHub(t, { anyQuantity: true, max: 16 })
    await bought(hub, { quantity: 130_000 })
    const ids = await requests(hub, 15, 3_000)
    const { regionCode } = hub.world
    // Each is delivered twice, as a queue may.
    await Promise.all(
      [...ids, ...ids].map((settlementId) => settlePrescription(hub.deps, { regionCode, settlementId })),
    )
    t.same(await fundParts(hub, ids), [
      [656_100, 2],
      [301_800, 1],
      [0, 12],
    ])
    t.equal((await accountsOnceCollected(hub))['fund:basic:employee'], -30_000_000)
    const totals = await runningTotals(hub)
    t.equal(totals.at(-1), 30_000_000)
    t.ok(totals.every((fen) => fen <= 30_000_000))
    t.same(await brokenInvariants(hub.deps.pool), [])
  },
)

t.test('MZ-7.2 a return beside them gives back what it took, and the sum never exceeds', async (t) => {
  // 100,000 at 3.24 = 324,000.00; 32,400.00; 600.00; 291,000.00 * 75 % = 218,250.00.
  // 30,000 = 97,200.00; 9,720.00; 87,480.00 * 75 % = 65,610.00; together 283,860.00. The second one is returned at the
  // same time: 81,750.00 are free then, of which twelve at 6,561.00 take 78,732.00 at most.
  const hub = await testHub(t, { anyQuantity: true, max: 16 })
  await bought(hub, { quantity: 100_000 })
  const second = await bought(hub, { quantity: 30_000 })
  t.equal(second.payers['basic-fund'], 6_561_000)
  const ids = await requests(hub, 12, 3_000)
  const { regionCode } = hub.world
  const agency = hub.agency()
  await Promise.all([
    ...ids.map((settlementId) => settlePrescription(hub.deps, { regionCode, settlementId })),
    returnGoods(hub.deps, agency, aWrite(agency), second.no, 'dispensing-error'),
  ])
  const parts = await fundParts(hub, ids)
  for (const [fen] of parts) t.ok([656_100, 301_800, 0].includes(fen), `${fen}`)
  const ofTwelve = parts.reduce((sum, [fen, n]) => sum + fen * n, 0)
  const totals = await runningTotals(hub)
  t.ok(totals.every((fen) => fen >= 0 && fen <= 30_000_000))
  t.equal(totals.at(-1), 21_825_000 + ofTwelve, 'what came back is free again')
  t.equal((await accountsOnceCollected(hub))['fund:basic:employee'], -totals.at(-1)!)
  // One more of 30,000: 65,610.00, or what is left of the 300,000.00.
  const left = 30_000_000 - totals.at(-1)!
  const last = await bought(hub, { quantity: 30_000 })
  t.equal(last.payers['basic-fund'] ?? 0, Math.min(6_561_000, left))
  t.same(await brokenInvariants(hub.deps.pool), [])
})
