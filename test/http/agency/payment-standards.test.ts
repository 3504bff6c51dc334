import t from 'tap'
import { reportStock } from '../../../src/usecases/pharmacy/shelf.ts'
import { settlePrescription } from '../../../src/usecases/settle-prescription.ts'
import { aWrite } from '../../support/hub.ts'
import { hubApp } from '../../support/hub-app.ts'
import { walker } from '../../support/journey.ts'
import { endToday } from '../../support/region.ts'

/**
 * Payment standards that are no whole fen for a unit, with a price of a line at it and what 14 units cost; then the same
 * units for a fen more.
 */
const STANDARDS = [
  { standard: { fen: 12.345678 }, price: { unitPriceFen: 12.345678 }, chargeFen: 173, shown: 12.345678 },
  {
    standard: { fen: 1000, per: 28 },
    price: { price: { fen: 1000, per: '28' } },
    chargeFen: 500,
    shown: 35.714286,
  },
  { standard: { fen: 999.5, per: 28 }, price: { amountFen: 500 }, chargeFen: 500, shown: 35.696429 },
] as const

for (const { standard, price, chargeFen, shown } of STANDARDS) {
  t.test(
    `MZ-7.1 a payment standard of ${JSON.stringify(standard)} goes from the register to the bill`,
    async (t) => {
      const { hub, as } = await hubApp(t)
      const walk = walker(hub)
      const { drugCode } = hub.world.cast.drug
      await endToday(hub, 'payment-standard', drugCode)
      const added = await as(hub.agency(), 'POST', '/agency/registers/payment-standard', {
        body: {
          validFrom: '2026-11-22',
          reason: '经办机构书面决定',
          data: { drugCode, ...standard, confidential: false, basis: 'negotiated' },
        },
      })
      t.equal(added.status, 201)

      const { content, document, signature } = hub.envelope({}, ['insurance-office'])
      const pushed = await as(hub.hospital(), 'POST', '/hospital/prescriptions', {
        body: { document: document.toString('base64'), signature: signature.toString('base64') },
      })
      t.equal(pushed.status, 201, 'no fault of the facts, which hold no fractions')
      const no: string = pushed.body.prescriptionNo
      await walk.choose(no)
      await walk.take(no)
      await walk.review(no)

      const { lineNo, quantity } = content.lines[0]!
      t.equal(quantity, '14')
      const at = `/pharmacy/prescriptions/${no}`
      const pharmacy = hub.pharmacy()
      const quoteOf = async (line: object) =>
        (await as(pharmacy, 'POST', `${at}/quote`, { body: { lines: [{ lineNo, quantity, ...line }] } })).body
          .split
      const layersOf = (split: { entries: { layer: string; amountFen: number }[] }) =>
        split.entries.filter(({ layer }) => layer === 'above-standard').map(({ amountFen }) => amountFen)
      const quote = await quoteOf(price)
      t.match(quote, { chargeFen, lines: [{ paymentStandardFen: shown }] })
      t.same(layersOf(quote), [], 'at the standard nothing is above it')
      t.same(layersOf(await quoteOf({ amountFen: chargeFen + 1 })), [1], 'a fen more is the patient’s')

      const requested = await as(pharmacy, 'POST', `${at}/settlement`, {
        body: { lines: [{ lineNo, quantity, ...price }] },
      })
      t.equal(requested.status, 202)
      const { settlementId } = requested.body
      await settlePrescription(hub.deps, { regionCode: hub.world.regionCode, settlementId })
      const { body } = await as(pharmacy, 'GET', `${at}/settlement`)
      t.equal(body.status, 'settled')
      t.same(body.split, quote, 'the bill is the quote')
    },
  )
}

t.test('FS-3.5b the procured price of a generic name is the standard of all its products', async (t) => {
  const { hub, as } = await hubApp(t, { regions: ['210400'], anyQuantity: true })
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const { drug } = hub.world.cast
  const add = async (register: string, data: object) =>
    await as(hub.agency(), 'POST', `/agency/registers/${register}`, {
      body: { validFrom: '2026-11-22', reason: '经办机构书面决定', data },
    })
  const standard = (data: object) => add('payment-standard', { confidential: false, ...data })
  const other = { ...drug, drugCode: 'XC08CAA901A001010299999' }
  t.equal((await add('drug', other)).status, 201)
  t.equal(
    (await add('drug-list', { listId: 'two-disease', drugCode: other.drugCode, class: 'hypertension' }))
      .status,
    201,
  )
  const paid = await standard({ drugCode: other.drugCode, fen: 20, basis: 'purchase' })
  t.match(paid, { status: 201, body: { key: `${other.drugCode}:purchase` } })
  const shelf = { items: [{ drugCode: other.drugCode, quantity: '9000', unitPriceFen: 20 }] }
  await reportStock(hub.deps, pharmacy, aWrite(pharmacy), shelf)

  const { no } = await walk.reviewed({ drugs: [other], quantity: 2_000 })
  const quote = async () => {
    const body = { lines: [{ lineNo: 1, quantity: '2000', unitPriceFen: 20 }] }
    const { split } = (await as(pharmacy, 'POST', `/pharmacy/prescriptions/${no}/quote`, { body })).body
    const above = split.entries.filter(({ layer }: { layer: string }) => layer === 'above-standard')
    return [split.lines[0].paymentStandardFen, above.map(({ amountFen }: { amountFen: number }) => amountFen)]
  }
  t.same(await quote(), [20, []], 'until the name is procured what was paid for the product')
  const { genericName, form, specification } = drug
  const ofName = { generic: { genericName, form, specification }, fen: 15, basis: 'procured' }
  const procured = await standard(ofName)
  t.equal(procured.status, 201)
  t.same(
    await quote(),
    [15, [10_000]],
    'then that of the name, the rest is the patient’s; the price may stay',
  )
  t.equal((await standard({ ...ofName, fen: 14 })).body.code, 'register-conflict')
  const elsewhere = { generic: { genericName, specification: '10mg/片' }, fen: 3, basis: 'procured' }
  t.match(await standard(elsewhere), { status: 422, body: { code: 'reference-unknown' } })
  for (const wrong of [
    { fen: 15, basis: 'procured' },
    { ...ofName, drugCode: other.drugCode },
    { ...ofName, basis: 'purchase' },
  ])
    t.match(await standard(wrong), { status: 400, body: { code: 'malformed' } })

  const body = { lastDay: '2026-11-21', reason: '新一轮集采' }
  const ended = await as(
    hub.agency(),
    'POST',
    `/agency/registers/payment-standard/${procured.body.key}/end`,
    { body },
  )
  t.equal(ended.status, 200)
  t.equal((await standard({ ...ofName, fen: 12 })).status, 201)
  t.same(
    await quote(),
    [12, [16_000]],
    'adjusted from its day on, for a product that was not procured as well',
  )
})
