import t from 'tap'
import { settlePrescription } from '../../../src/usecases/settle-prescription.ts'
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
