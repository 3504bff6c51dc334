import t from 'tap'
import * as settlements from '../../src/storage/settlement.ts'
import { quote } from '../../src/usecases/quote.ts'
import { requestSettlement } from '../../src/usecases/request-settlement.ts'
import { settlePrescription } from '../../src/usecases/settle-prescription.ts'
import { aWrite, type TestHub, testHub } from '../support/hub.ts'
import { walker } from '../support/journey.ts'

t.test('MZ-7.1 the quote is what the bill comes to, and stores nothing', async (t) => {
  const hub = await testHub(t, { anyQuantity: true })
  const { deps, world } = hub
  const walk = walker(hub)
  const { no, content } = await walk.chosen()
  const ask = () =>
    quote(
      deps,
      deps.pool,
      world.regionCode,
      no,
      hub.pharmacy().institutionId,
      walk.lines(content),
      deps.clock(),
    )
  const tables = ['decision', 'settlement', 'person_year', 'posting', 'prescription_event']
  const counts = async () =>
    await Promise.all(
      tables.map(async (name) => (await deps.pool.query(`select count(*) from ${name}`)).rows[0].count),
    )
  const before = await counts()
  const { split, accepted } = await ask()
  t.same(await counts(), before, 'nothing was written')
  t.ok(accepted)
  t.equal(split.patientFen + split.fundFen, split.chargeFen)
  t.ok(split.entries.length > 0)
  t.ok(split.restsOnSample, 'the ratios of Meizhou are samples')
  t.ok(split.entries.every(({ explanation, ruleId }) => explanation.zh && explanation.en && ruleId))
  t.equal(
    split.entries.reduce((sum, { amountFen }) => sum + amountFen, 0),
    split.chargeFen,
    'every fen has an entry',
  )

  await walk.take(no)
  await walk.review(no)
  const { settlementId } = await requested(hub, no, content)
  await settlePrescription(deps, { regionCode: world.regionCode, settlementId })
  const bill = await settlements.find(deps.pool, world.regionCode, settlementId)
  t.equal(bill?.chargeFen, split.chargeFen)
  t.equal(bill?.patientFen, split.patientFen)
})

t.test('a quote for more than remains is refused', async (t) => {
  const hub = await testHub(t, { anyQuantity: true })
  const { deps, world } = hub
  const walk = walker(hub)
  const { no, content } = await walk.chosen()
  const lines = walk.lines(content).map((line) => ({ ...line, quantity: '999' }))
  await t.rejects(
    quote(deps, deps.pool, world.regionCode, no, hub.pharmacy().institutionId, lines, deps.clock()),
    { code: 'quantity-exceeded' },
  )
})

t.test('MZ-7.1 a quote beyond what can be counted is refused, not broken', async (t) => {
  const hub = await testHub(t, { anyQuantity: true })
  const { deps, world } = hub
  const walk = walker(hub)
  const { no, content } = await walk.chosen({ quantity: 10_000_000 })
  const ask = (unitPriceFen: number) => {
    const lines = walk.lines(content).map((line) => ({ ...line, unitPriceFen }))
    return quote(deps, deps.pool, world.regionCode, no, hub.pharmacy().institutionId, lines, deps.clock())
  }
  await t.rejects(ask(10_001), { code: 'amount-exceeded' })
  t.equal((await ask(10_000)).split.chargeFen, 100_000_000_000)
})

t.test('a confidential payment standard is in no part of a quote, a public one is shown', async (t) => {
  for (const [region, confidential] of [
    ['510600', true],
    ['441400', false],
  ] as const) {
    const hub = await testHub(t, { anyQuantity: true, regions: [region] })
    const { deps } = hub
    const walk = walker(hub)
    const { no, content } = await walk.chosen()
    const dearer = walk.lines(content).map((line) => ({ ...line, unitPriceFen: line.unitPriceFen + 777 }))
    const pharmacyId = hub.pharmacy().institutionId
    const { split, adjudication } = await quote(deps, deps.pool, region, no, pharmacyId, dearer, deps.clock())
    const standard = Number(adjudication.input.lines[0]?.paymentStandardFen)
    t.ok(standard > 0, 'the adjudication rests on it')
    const above = split.entries.find(({ layer }) => layer === 'above-standard')
    t.equal(above?.amountFen, 777 * Number(content.lines[0]?.quantity), 'the amount itself is shown')
    t.equal(split.lines[0]?.paymentStandardFen, confidential ? undefined : standard)
    t.equal(JSON.stringify(split).includes((standard / 100).toFixed(2)), !confidential)
  }
})

async function requested(
  hub: TestHub,
  no: string,
  content: Parameters<ReturnType<typeof walker>['lines']>[0],
) {
  const by = hub.pharmacy()
  const answer = await requestSettlement(hub.deps, by, aWrite(by), no, { lines: walker(hub).lines(content) })
  return answer.body
}
