import t from 'tap'
import * as stock from '../../../src/storage/stock.ts'
import { loadPrescription } from '../../../src/usecases/judge-stored.ts'
import { metresBetween } from '../../../src/usecases/patient/distance.ts'
import { pharmacyOffers } from '../../../src/usecases/patient/pharmacy-offers.ts'
import { quote } from '../../../src/usecases/quote.ts'
import { testHub } from '../../support/hub.ts'
import { walker } from '../../support/journey.ts'

const hub = await testHub(t)
const { deps, world } = hub
const { cast } = world
const walk = walker(hub)
const offersOf = async (no: string, now = hub.now) =>
  pharmacyOffers(deps, deps.pool, await loadPrescription(deps, deps.pool, world.regionCode, no, now), now)

t.test('MZ-5 only designated pharmacies are offered, those with stock first, by distance', async (t) => {
  const { no } = await walk.submitted()
  const { pharmacies, obstacles } = await offersOf(no)
  const ids = pharmacies.map(({ pharmacyId }) => pharmacyId)
  t.same(
    new Set(ids),
    new Set([
      cast.designatedPharmacy.institutionId,
      cast.secondPharmacy.institutionId,
      cast.noStockPharmacy.institutionId,
    ]),
  )
  t.same(obstacles, [])
  t.equal(ids.at(-1), cast.noStockPharmacy.institutionId)
  const near = pharmacies.slice(0, 2).map(({ metres }) => metres!)
  t.same(
    near,
    [...near].sort((a, b) => a - b),
  )
  t.match(pharmacies[0], { stock: 'all', reportedAt: Date })
  t.match(pharmacies.at(-1), { stock: 'none', price: undefined, ownPayment: undefined })
})

t.test(
  'MZ-7.1 the expected own payment is that of the quote, and says that it rests on a sample',
  async (t) => {
    const { no, content } = await walk.submitted({ drugs: [cast.publicPriceDrug] })
    const { pharmacies } = await offersOf(no)
    const id = cast.designatedPharmacy.institutionId
    const offer = pharmacies.find(({ pharmacyId }) => pharmacyId === id)!
    const { split } = await quote(deps, deps.pool, world.regionCode, no, id, walk.lines(content), hub.now)
    t.equal(offer.ownPayment?.fen, split.patientFen)
    t.equal(offer.price, split.chargeFen)
    t.equal(offer.ownPayment?.restsOnSample, true)
  },
)

t.test('a confidential price is not shown', async (t) => {
  const { no } = await walk.submitted({
    person: cast.extremePoverty,
    drugs: [cast.publicPriceDrug, cast.confidentialDrug],
  })
  const { pharmacies } = await offersOf(no)
  t.equal(pharmacies[0]?.price, 'confidential')
})

t.test('stock is all, part, none or unknown, to the last unit', async (t) => {
  const person = cast.assisted
  const { no, content } = await walk.submitted({
    person,
    drugs: [cast.publicPriceDrug, cast.confidentialDrug],
  })
  const pharmacyId = cast.secondPharmacy.institutionId
  const of = async (quantities: readonly string[]) => {
    await stock.report(
      deps.pool,
      world.regionCode,
      content.lines.map((line, place) => ({
        pharmacyId,
        drugCode: line.drugCode,
        quantity: quantities[place]!,
        unitPriceFen: 100,
      })),
      hub.now,
    )
    const { pharmacies } = await offersOf(no)
    return pharmacies.find((offer) => offer.pharmacyId === pharmacyId)?.stock
  }
  const [first, second] = content.lines.map(({ quantity }) => quantity)
  t.equal(await of([first!, second!]), 'all')
  t.equal(await of([first!, String(Number(second) - 0.0001)]), 'part')
  t.equal(await of(['0', '0']), 'none')
  await deps.pool.query('delete from stock where pharmacy_id = $1', [pharmacyId])
  const { pharmacies } = await offersOf(no)
  t.equal(pharmacies.find((offer) => offer.pharmacyId === pharmacyId)?.stock, 'unknown')
})

t.test('MZ-6.3 when nothing may be chosen any more, the reason is given', async (t) => {
  const { no, receipt } = await walk.submitted()
  const end = new Date(receipt.expiresAt)
  const { pharmacies, obstacles } = await offersOf(no, end)
  t.same(pharmacies, [])
  t.ok(obstacles.some(({ ruleId }) => ruleId === 'MZ-6.3'))
})

t.test('distances are those on the globe', async (t) => {
  const degree = metresBetween({ longitude: 116, latitude: 0 }, { longitude: 117, latitude: 0 })
  t.ok(Math.abs(degree - 111_195) < 5)
  const meizhou = { longitude: 116.12, latitude: 24.29 }
  t.equal(metresBetween(meizhou, meizhou), 0)
  const guangzhou = metresBetween(meizhou, { longitude: 113.26, latitude: 23.13 })
  t.ok(guangzhou > 315_000 && guangzhou < 323_000)
})
