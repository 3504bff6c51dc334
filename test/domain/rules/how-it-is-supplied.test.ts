import t from 'tap'
import type { Facts, SupplyLineFacts } from '../../../src/domain/facts.ts'
import { DRUG, someFacts, type Wish } from '../../support/facts.ts'
import { objections } from '../../support/rules.ts'

const at = (wish: Wish = {}) => someFacts('441400', 'hand-over', wish)
const LINE = '/lines/0/lineNo'
const base = at().supply![0]!
const supplied = (...lines: readonly Partial<SupplyLineFacts>[]): Facts =>
  at({ facts: { supply: lines.map((line) => ({ ...base, ...line })) } })

t.test('no rule about supply, buyer, delivery or statement passes without them', async (t) => {
  const { supply: _, buyer: __, delivery: ___, statement: ____, ...bare } = at()
  t.not(objections('supply-matches-prescription', {}, bare).length, 0)
  t.not(objections('prescribed-quantity', {}, bare).length, 0)
  t.not(objections('price-at-most-standard', { bases: ['negotiated'] }, bare).length, 0)
  t.not(objections('traceable-supply', {}, bare).length, 0)
  t.not(objections('buyer-identified', {}, bare).length, 0)
  t.not(objections('cold-chain-kept', { advice: false }, bare).length, 0)
  t.not(objections('special-storage-delivered', {}, bare).length, 0)
  t.not(objections('statement-signed', {}, bare).length, 0)
})

t.test('MZ-6.3 within-validity: the last millisecond is valid and the next one is not', async (t) => {
  const expiresAt = '2025-11-22T16:00:00.000Z'
  const on = (now: string) => objections('within-validity', {}, at({ now, prescription: { expiresAt } }))
  t.same(on('2025-11-22T15:59:59.999Z'), [])
  t.same(on('2025-11-22T16:00:00.000Z'), ['/issuedAt'])
  t.same(objections('within-validity', {}, at()), ['/issuedAt'], 'an unknown end is not valid')
})

t.test(
  'MZ-6.5 SX-10.1 supply-matches-prescription: another drug or an unknown line is refused',
  async (t) => {
    t.same(objections('supply-matches-prescription', {}, supplied({})), [])
    t.same(objections('supply-matches-prescription', {}, supplied({ drugCode: 'X' })), [LINE])
    t.same(objections('supply-matches-prescription', {}, supplied({}, { lineNo: 7 })), ['/lines/1/lineNo'])
  },
)

t.test(
  'SX-17.5 prescribed-quantity: the whole quantity passes, one ten-thousandth more does not',
  async (t) => {
    t.same(objections('prescribed-quantity', {}, supplied({ quantity: '30' })), [])
    t.same(objections('prescribed-quantity', {}, supplied({ quantity: '30.0001' })), ['/lines/0/quantity'])
    t.same(objections('prescribed-quantity', {}, supplied({ quantity: '15' }, { quantity: '15' })), [])
    t.same(objections('prescribed-quantity', {}, supplied({ quantity: '15' }, { quantity: '16' })), [
      '/lines/1/quantity',
    ])
    t.same(objections('prescribed-quantity', {}, supplied({ quantity: 'many' })), ['/lines/0/quantity'])
    t.same(objections('prescribed-quantity', {}, at({ line: { remaining: '10' } })), ['/lines/0/quantity'])
  },
)

t.test('CQ-5.1 FS-3.4 price-at-most-standard: the standard passes, a fen more does not', async (t) => {
  const values = { bases: ['negotiated', 'purchase'] }
  t.same(objections('price-at-most-standard', values, supplied({ unitPriceFen: 1000 })), [])
  t.same(objections('price-at-most-standard', values, supplied({ unitPriceFen: 1001 })), [
    '/lines/0/unitPriceFen',
  ])
  t.same(objections('price-at-most-standard', { bases: ['purchase'] }, supplied({ unitPriceFen: 1001 })), [])
  const past = {
    drugCode: DRUG,
    fen: 1000,
    confidential: false,
    basis: 'negotiated',
    validFrom: '2020-01-01',
  } as const
  const ended = at({ drug: { paymentStandards: [{ ...past, validTo: '2025-11-19' }] } })
  t.same(
    objections('price-at-most-standard', values, { ...ended, supply: [{ ...base, unitPriceFen: 9999 }] }),
    [],
  )
})

t.test('MZ-6.5 SX-10.1 buyer-identified: checked, with the papers of patient or agent', async (t) => {
  const values = { patientPapers: ['insurance-card'], agentPapers: ['insurance-card', 'handbook'] }
  const buyer = (relation: 'patient' | 'agent', papers: readonly string[], identityChecked = true) =>
    objections(
      'buyer-identified',
      values,
      at({
        facts: {
          buyer: { relation, papers, identityChecked },
          delivery: { way: 'counter', feeFen: 0 },
        },
      }),
    )
  t.same(buyer('patient', ['insurance-card']), [])
  t.same(buyer('patient', ['insurance-card'], false), [''])
  t.same(buyer('agent', ['insurance-card']), [''])
  t.same(buyer('agent', ['insurance-card', 'handbook']), [])
  t.same(buyer('agent', [], false), ['', ''])
})

t.test('MZ-6.5 buyer-identified: a delivery is checked and signed for at the door, not before', async (t) => {
  const judged = (step: 'settlement' | 'hand-over', buyer: object) =>
    objections(
      'buyer-identified',
      {},
      {
        ...at({ facts: { delivery: { way: 'home', feeFen: 0 } } }),
        step,
        buyer: { relation: 'agent', identityChecked: true, papers: ['identity-card'], ...buyer },
      },
    )
  t.same(judged('settlement', { identityChecked: false, checkedAt: 'delivery' }), [])
  t.same(judged('settlement', { identityChecked: false }), [''])
  t.same(judged('hand-over', { identityChecked: false, checkedAt: 'delivery' }), ['', ''])
  t.same(judged('hand-over', {}), [''], 'not signed for')
  t.same(judged('hand-over', { receiptSigned: true, papers: [] }), [''], 'without a paper')
  t.same(judged('hand-over', { receiptSigned: true }), [])
})

t.test('MZ-6.5 statement-signed', async (t) => {
  t.same(objections('statement-signed', {}, at()), [])
  t.same(objections('statement-signed', {}, at({ facts: { statement: { signed: false } } })), [''])
  const kept = { national: 'kept-by-pharmacy' }
  const national = at({ facts: { statement: { signed: false, door: 'national' } } })
  t.same(objections('statement-signed', {}, national), [''], 'as at any door where the policy says no more')
  t.same(objections('statement-signed', kept, national), [])
  t.same(objections('statement-signed', kept, at({ facts: { statement: { signed: false } } })), [''])
})

t.test('SX-10.3 cold-chain-kept: cold, and with advice where that is asked', async (t) => {
  const leaves = (delivery: Partial<NonNullable<Facts['delivery']>>, advice = true, coldChain = true) =>
    objections(
      'cold-chain-kept',
      { advice },
      at({ drug: { coldChain }, facts: { delivery: { way: 'counter', feeFen: 0, ...delivery } } }),
    )
  t.same(leaves({ coldChain: 'ice-pack', adviceGiven: true }), [])
  t.same(leaves({ coldChain: 'cold-delivery' }), [LINE])
  t.same(leaves({ coldChain: 'cold-delivery' }, false), [])
  t.same(leaves({ adviceGiven: true }), [LINE])
  t.same(leaves({}, true, false), [])
})

t.test('MZ-9.4b special-storage-delivered: to the hospital, and without a fen', async (t) => {
  const delivered = (way: 'counter' | 'hospital', feeFen: number, coldChain = true) =>
    objections(
      'special-storage-delivered',
      {},
      at({ drug: { coldChain }, facts: { delivery: { way, feeFen } } }),
    )
  t.same(delivered('hospital', 0), [])
  t.same(delivered('hospital', 1), [LINE])
  t.same(delivered('counter', 0), [LINE])
  t.same(delivered('counter', 0, false), [])
})

t.test('MZ-4.3a every-pack-traced: split packs give as much as is supplied', async (t) => {
  const { quantity } = base
  const given = (splitQuantity?: string) =>
    objections('every-pack-traced', {}, supplied(splitQuantity === undefined ? {} : { splitQuantity }))
  t.same(given(), [])
  t.same(given(quantity), [])
  t.same(given('0.5'), ['/lines/0/traceCodes'])
})

t.test('MZ-4.3a traceable-supply: batch, date and trace code, and not past the date', async (t) => {
  t.same(objections('traceable-supply', {}, supplied({ expiresOn: '2025-11-20' })), [])
  t.same(objections('traceable-supply', {}, supplied({ expiresOn: '2025-11-19' })), ['/lines/0/expiresOn'])
  t.same(objections('traceable-supply', {}, supplied({ traceCodes: [] })), ['/lines/0/traceCodes'])
  const { batchNo: _, ...unbatched } = base
  t.same(objections('traceable-supply', {}, at({ facts: { supply: [unbatched] } })), ['/lines/0/batchNo'])
})
