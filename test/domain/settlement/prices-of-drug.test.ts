import t from 'tap'
import type { PaymentStandard } from '../../../src/domain/registers.ts'
import { pricesOfDrug } from '../../../src/domain/settlement/prices-of-drug.ts'

type Basis = PaymentStandard['basis']
const own = (basis: Basis, fen: number): PaymentStandard => ({
  drugCode: 'X1',
  basis,
  fen,
  confidential: false,
})
const name = (basis: Basis, fen: number, more: object = {}): PaymentStandard => ({
  generic: { genericName: '苯磺酸氨氯地平片', ...more },
  basis,
  fen,
  confidential: false,
})

t.test('FS-3.5b CQ-5.1 which of the registered prices is the standard, and which bounds the price', (t) => {
  const cases: readonly (readonly [
    string,
    readonly PaymentStandard[],
    number | undefined,
    number | undefined,
  ])[] = [
    ['nothing', [], undefined, undefined],
    ['only what was paid', [own('purchase', 20)], 20, 20],
    ['its own procured price', [own('procured', 15)], 15, 15],
    ['procured after it was bought', [own('procured', 15), own('purchase', 20)], 15, 20],
    ['the name was procured', [own('purchase', 20), name('procured', 12)], 12, 20],
    ['the name before the product', [own('procured', 15), name('procured', 12)], 12, 15],
    ['the negotiated price before all', [own('negotiated', 30), name('procured', 12)], 30, undefined],
    ['a negotiated name', [own('procured', 15), name('negotiated', 25)], 25, 15],
    [
      'the narrowest name',
      [name('procured', 12), name('procured', 9, { specification: '2.5mg/片' })],
      9,
      undefined,
    ],
    [
      'the specification before the form',
      [name('procured', 12, { form: '片剂' }), name('procured', 9, { specification: '2.5mg/片' })],
      9,
      undefined,
    ],
  ]
  for (const [what, standards, standard, purchase] of cases) {
    for (const given of [standards, standards.toReversed()]) {
      const found = pricesOfDrug(given)
      t.same(found.standard, standard === undefined ? undefined : BigInt(standard), what)
      t.same(found.purchase, purchase === undefined ? undefined : BigInt(purchase), what)
    }
  }
  t.end()
})
