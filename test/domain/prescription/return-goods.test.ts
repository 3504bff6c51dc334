import t from 'tap'
import type { Prescription } from '../../../src/domain/prescription/prescription.ts'
import { decideReturn, type GoodsReturn } from '../../../src/domain/prescription/return-goods.ts'
import type { Supply } from '../../../src/domain/prescription/supply.ts'
import type { Adjudication } from '../../../src/domain/settlement/adjudication.ts'
import {
  AGENCY,
  aPrescription,
  aSettlement,
  aSupply,
  at,
  NOW,
  OTHER_PHARMACY,
  PHARMACY,
  refusalOf,
  situationOf,
} from './situations.ts'

const LINES = [
  { lineNo: 1, drugCode: 'X', quantity: '14', unitPriceFen: 10 },
  { lineNo: 2, drugCode: 'Y', quantity: '2', unitPriceFen: 100 },
]
const POSTED = {
  postingId: 'posting-2',
  lines: [
    { account: 'fund:basic:employee', amount: -70n },
    { account: 'institution:P1:receivable', amount: 70n },
  ],
  movements: { personId: 'person', year: 2026, measures: new Map([['fundPaid', 70n]]) },
}

const handed = (change: Partial<Supply> = {}): Supply =>
  aSupply({ lines: LINES, handedOverAt: at(-5), settlement: aSettlement({ posted: POSTED }), ...change })

/** What a stub of the adjudication settles: the fund pays half, in fen, of what is kept. */
function halves(kept: ReadonlyMap<number, string>): Adjudication {
  const charge = LINES.reduce(
    (sum, line) => sum + BigInt(line.unitPriceFen) * BigInt(kept.get(line.lineNo) ?? 0),
    0n,
  )
  const none = { 'large-amount': 0n, 'serious-illness': 0n, 'medical-assistance': 0n, charity: 0n }
  const year = {
    deductiblePaid: 0n,
    fundPaid: 0n,
    largeAmountPaid: 0n,
    ownPaid: 0n,
    seriousIllnessPaid: 0n,
    assistancePaid: 0n,
  }
  return {
    outcome: 'settled',
    charge,
    totals: { ...none, capitation: 0n, institution: 0n, patient: charge / 2n, 'basic-fund': charge / 2n },
    entries: [],
    input: { scheme: 'employee', balances: year },
    balancesAfter: { ...year, fundPaid: charge / 2n },
  } as unknown as Adjudication
}

function returned(
  goods: Partial<GoodsReturn> = {},
  change: {
    readonly prescription?: Prescription
    readonly supplies?: readonly Supply[]
    readonly caller?: typeof PHARMACY | typeof AGENCY
  } = {},
) {
  return decideReturn(
    {
      ...situationOf(change.prescription ?? aPrescription('dispensed')),
      supplies: change.supplies ?? [handed()],
      soldCodes: new Map([
        [
          'D1',
          new Map([
            [1, ['pack-1', 'pack-2']],
            [2, ['pack-3']],
          ]),
        ],
      ]),
      resettle: (_, kept) => halves(kept),
      refundDays: 7,
    },
    { caller: change.caller ?? PHARMACY, goods: { reasonCode: 'adverse-reaction', ...goods } },
  )
}

t.test(
  'a whole supply comes back: reversed, nothing kept, all packs, the patient is owed the own part',
  async (t) => {
    const { changes, supplies, settlements, postings, refunds, answer } = returned()
    t.match(changes, [{ after: { state: 'returned' }, event: { type: 'returned' } }])
    t.match(supplies, [
      {
        kind: 'returned',
        isWhole: true,
        isBarred: false,
        lines: [
          { lineNo: 1, quantity: '14', traceCodes: ['pack-1', 'pack-2'] },
          { lineNo: 2, quantity: '2', traceCodes: ['pack-3'] },
        ],
      },
    ])
    t.same(settlements, [{ kind: 'reversed', settlementId: 'S1' }])
    t.match(postings, [{ kind: 'reversal', reversesId: 'posting-2' }])
    t.match(refunds, [{ amountFen: 70, cause: 'goods-returned', pharmacyId: 'P1', dueOn: '2026-11-29' }])
    t.match(answer.body, { state: 'returned', settlementId: 'S1', refund: { amountFen: 70 } })
    t.notOk('resettlementId' in answer.body)
  },
)

t.test('some of it comes back: reversed whole, what is kept is settled and owed anew', async (t) => {
  const { changes, supplies, settlements, postings, refunds, answer } = returned({
    lines: [{ lineNo: 1, quantity: '7', traceCodes: ['pack-2'] }],
  })
  t.match(changes, [{ after: { state: 'dispensed' }, event: { type: 'goods-returned' } }])
  t.match(supplies, [{ isWhole: false, lines: [{ lineNo: 1, quantity: '7', traceCodes: ['pack-2'] }] }])
  t.match(settlements, [{ kind: 'reversed' }, { kind: 'settled-anew', before: { settlementId: 'S1' } }])
  t.same(
    postings?.map(({ kind }) => kind),
    ['reversal', 'reservation', 'settlement'],
  )
  // Kept: 7 at 10 and 2 at 100, half of 270 by the patient; 70 were paid.
  t.same(refunds, [], 'the patient owes more for the rest than was paid, so nothing is given back')
  t.match(answer.body.lines, [
    { lineNo: 1, returned: '7', kept: '7' },
    { lineNo: 2, returned: '0', kept: '2' },
  ])
  t.match(returned({ lines: [{ lineNo: 2 }] }).refunds, [], '140 / 2 = 70 is what was paid')
  t.match(
    returned({ lines: [{ lineNo: 2 }, { lineNo: 1, quantity: '4' }] }).refunds,
    [{ amountFen: 20 }],
    '100 / 2 = 50 of 70',
  )
})

t.test('goods come back in every later state, and what is under way stays so', async (t) => {
  const earlier = handed({ dispenseId: 'D1' })
  for (const state of [
    'open',
    'chosen',
    'held',
    'reviewed',
    'settling',
    'settled',
    'deferred',
    'refused',
    'cancelled',
    'expired',
  ] as const) {
    const prescription = aPrescription(state, { pharmacyId: 'P2', dispenseId: 'D2' })
    const { changes } = returned({ dispenseId: 'D1' }, { prescription, supplies: [earlier] })
    t.match(
      changes,
      [{ after: { state }, event: { type: 'goods-returned', data: { pharmacyId: 'P1' } } }],
      state,
    )
    t.ok(changes[0]!.recipients.includes('P1') && changes[0]!.recipients.includes('H1'))
  }
  const kept = handed({ dispenseId: 'D2', pharmacyId: 'P2' })
  const { changes } = returned({ dispenseId: 'D1' }, { supplies: [earlier, kept] })
  t.equal(changes[0]!.after.state, 'dispensed', 'the other pharmacy’s part is with the patient')
})

t.test('whose supply it is, and what of it can come back', async (t) => {
  const two = [handed(), handed({ dispenseId: 'D2' })]
  const back = handed({ returnedAt: NOW })
  const rows: [string | undefined, () => unknown][] = [
    ['supply-unknown', () => returned({ dispenseId: 'D9' })],
    ['supply-unknown', () => returned({ dispenseId: 'D1' }, { caller: OTHER_PHARMACY })],
    [undefined, () => returned({ dispenseId: 'D1' }, { caller: AGENCY as never })],
    ['supply-ambiguous', () => returned({}, { supplies: two })],
    [undefined, () => returned({ dispenseId: 'D2' }, { supplies: two })],
    ['goods-not-handed-over', () => returned({}, { supplies: [aSupply()] })],
    ['goods-not-handed-over', () => returned({ dispenseId: 'D1' }, { supplies: [aSupply()] })],
    ['goods-not-handed-over', () => returned({}, { caller: OTHER_PHARMACY })],
    ['goods-returned-already', () => returned({}, { supplies: [back] })],
    ['goods-returned-already', () => returned({ dispenseId: 'D1' }, { supplies: [back] })],
    ['return-exceeds', () => returned({ lines: [{ lineNo: 1, quantity: '14.0001' }] })],
    ['return-exceeds', () => returned({ lines: [{ lineNo: 1, quantity: '0' }] })],
    ['return-exceeds', () => returned({ lines: [{ lineNo: 3 }] })],
    [
      'return-exceeds',
      () =>
        returned({
          lines: [
            { lineNo: 1, quantity: '7' },
            { lineNo: 1, quantity: '7' },
          ],
        }),
    ],
    [
      'trace-code-not-supplied',
      () => returned({ lines: [{ lineNo: 1, quantity: '7', traceCodes: ['pack-3'] }] }),
    ],
  ]
  for (const [index, [code, work]] of rows.entries()) t.equal(refusalOf(work), code, `row ${index}`)
})

t.test('what came back before does not come back again, and the last of it ends the supply', async (t) => {
  const lines = [
    { ...LINES[0]!, returned: '10' },
    { ...LINES[1]!, returned: '2' },
  ]
  const supplies = [handed({ lines })]
  const rest = returned({}, { supplies })
  t.match(rest.supplies, [{ isWhole: true, lines: [{ lineNo: 1, quantity: '4' }] }])
  t.equal(rest.changes[0]!.after.state, 'returned')
  const more = () => returned({ lines: [{ lineNo: 1, quantity: '5' }] }, { supplies })
  t.equal(refusalOf(more), 'return-exceeds')
})

t.test('a pack is sold again only when it is intact and neither defective nor recalled', async (t) => {
  const barred = (goods: Partial<GoodsReturn>) => {
    const change = returned(goods).supplies?.[0]
    return change?.kind === 'returned' && change.isBarred
  }
  t.same(
    [
      barred({}),
      barred({ packs: 'opened' }),
      barred({ reasonCode: 'recall' }),
      barred({ reasonCode: 'quality-defect', packs: 'intact' }),
    ],
    [false, true, true, true],
  )
})

t.test('nothing is owed that was not paid at the till', async (t) => {
  t.same(returned({ patientPaid: false }).refunds, [])
  const stay = handed({ settlement: aSettlement({ posted: POSTED, hospitalCollects: true }) })
  t.same(returned({}, { supplies: [stay] }).refunds, [], 'an inpatient pays the hospital')
})

t.test(
  'MZ-6.7 of a deferred supply all that was paid is owed, and what is kept has a file of its own',
  async (t) => {
    const { posted: _, ...settlement } = aSettlement({
      status: 'deferred',
      manualFile: { fileId: 'F1', status: 'open' },
    })
    const supplies = [handed({ settlement })]
    t.match(returned({}, { supplies }).refunds, [{ amountFen: 340 }])
    const part = returned({ lines: [{ lineNo: 2 }] }, { supplies })
    t.same(
      part.settlements?.map(({ kind }) => kind),
      ['reversed', 'file-withdrawn', 'deferred-anew'],
    )
    t.match(part.refunds, [{ amountFen: 200 }])
    const submitted = { ...settlement, manualFile: { fileId: 'F1', status: 'submitted' } }
    t.equal(
      refusalOf(() => returned({}, { supplies: [handed({ settlement: submitted })] })),
      'wrong-state',
    )
  },
)

t.test(
  'MZ-6.6 a payer that paid for all is asked for what is kept, after a whole return for nothing',
  async (t) => {
    const supplies = [handed({ settlement: aSettlement({ posted: POSTED, isAskedOfPayer: true }) })]
    const { settlements = [], answer } = returned({ lines: [{ lineNo: 1, quantity: '4' }] }, { supplies })
    t.match(
      settlements.map(({ kind }) => kind),
      ['reversed', 'cancelled-at-payer', 'settled-anew', 'claimed-anew'],
    )
    t.match(settlements.at(-1), {
      year: 2026,
      claim: {
        settlementId: answer.body.resettlementId,
        replaces: 'S1',
        day: '2026-11-22',
        chargeFen: 300,
        totals: { patient: 150, 'basic-fund': 150 },
      },
    })
    const whole = returned({}, { supplies }).settlements?.map(({ kind }) => kind)
    t.same(whole, ['reversed', 'cancelled-at-payer'])
    const own = returned({ lines: [{ lineNo: 1, quantity: '4' }] }).settlements?.map(({ kind }) => kind)
    t.same(own, ['reversed', 'settled-anew'], 'the hub pays itself')
  },
)
