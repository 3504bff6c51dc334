import t from 'tap'
import { PAYERS, type Payer } from '../../../src/domain/settlement/adjudication.ts'
import { toJson } from '../../../src/domain/settlement/adjudication-json.ts'
import { type BillJson, withPayerTotals } from '../../../src/domain/settlement/payer-amounts.ts'
import { cited, EMPTY_YEAR, line, part, planOf, settle } from './builder.ts'
import { randomFrom } from './random-years.ts'

/** Two lines of 100 fen each; 70 % of what exceeds a deductible of 10. */
function bill(): BillJson & { readonly charge: number } {
  const plan = planOf(part('deductible', { amountFen: cited(10) }), part('ratio', { ratioBp: cited(7_000) }))
  const lines = [1, 2].map((lineNo) => line({ lineNo, unitPriceFen: 100n }))
  const balances = { ...EMPTY_YEAR, fundPaid: 5n }
  return JSON.parse(JSON.stringify(toJson(settle({ plan, lines, balances }))))
}
const NOTHING = Object.fromEntries(PAYERS.map((payer) => [payer, 0])) as Record<Payer, number>

t.test(
  'MZ-6.6 the last line bears the difference, by the duty of the amount that it is taken from',
  async (t) => {
    const own = bill()
    t.match(own.totals, { patient: 67, 'basic-fund': 133 })
    const decided = withPayerTotals(own, {
      ...NOTHING,
      patient: 66,
      'basic-fund': 130,
      'medical-assistance': 4,
    })
    t.same(decided.entries.slice(0, own.entries.length), own.entries, 'what the hub worked out stays')
    t.match(decided.entries.slice(own.entries.length), [
      { lineNo: 2, layer: 'payer-decided', payer: 'patient', amount: -1 },
      { lineNo: 2, layer: 'payer-decided', payer: 'medical-assistance', amount: 1 },
      { lineNo: 2, layer: 'payer-decided', payer: 'basic-fund', amount: -3 },
      { lineNo: 2, layer: 'payer-decided', payer: 'medical-assistance', amount: 3 },
    ])
    t.match(decided.lines, [
      { payers: { patient: 37, 'basic-fund': 63 } },
      { payers: { patient: 29, 'basic-fund': 67, 'medical-assistance': 4 } },
    ])
    t.match(decided.balancesAfter, { deductiblePaid: 10, fundPaid: 135, ownPaid: 66, assistancePaid: 4 })
    t.equal(decided.decidedBy, 'payer')
  },
)

t.test('MZ-6.6 whatever a payer decides, each line and payer adds up', async (t) => {
  const random = randomFrom(7)
  for (let round = 0; round < 500; round += 1) {
    const own = bill()
    const totals = { ...NOTHING }
    for (let fen = 0; fen < own.charge; fen += 1) totals[random.one(PAYERS)] += 1
    const { lines, entries, totals: after, balancesAfter } = withPayerTotals(own, totals)
    const wrong: string[] = []
    if (JSON.stringify(after) !== JSON.stringify(totals)) wrong.push('totals')
    for (const [index, { lineNo, payers }] of lines.entries()) {
      const sum = PAYERS.reduce((all, payer) => all + payers[payer], 0)
      const charge = PAYERS.reduce((all, payer) => all + own.lines[index]!.payers[payer], 0)
      if (sum !== charge) wrong.push(`line ${lineNo}`)
      for (const payer of PAYERS) {
        const ofEntries = entries
          .filter((each) => each.lineNo === lineNo && each.payer === payer)
          .reduce((all, { amount }) => all + amount, 0)
        if (ofEntries !== payers[payer] || payers[payer] < 0) wrong.push(`line ${lineNo} ${payer}`)
      }
    }
    for (const payer of PAYERS) {
      if (lines.reduce((all, { payers }) => all + payers[payer], 0) !== totals[payer]) wrong.push(payer)
    }
    for (const [name, before] of Object.entries(own.input.balances)) {
      if (balancesAfter[name as keyof typeof balancesAfter] < before) wrong.push(name)
    }
    if (wrong.length > 0) t.same(wrong, [], `round ${round}`)
  }
  t.throws(() => withPayerTotals(bill(), { ...NOTHING, patient: 201 }), RangeError)
})
