import t from 'tap'
import { canonicalJson } from '../../../src/domain/primitives/canonical-json.ts'
import { adjudicate } from '../../../src/domain/settlement/adjudicate.ts'
import { inputToJson, toJson } from '../../../src/domain/settlement/adjudication-json.ts'
import { inputOfJson } from '../../../src/domain/settlement/input-of-json.ts'
import { inputOf, line, notCovered, part, planOf } from './builder.ts'

const plan = planOf(part('payment-standard'))
const FULL = inputOf({
  plan,
  setting: 'inpatient',
  stay: { stayNo: 'Z1', deductibleLeftFen: 12_300n },
  hospitals: [{ level: 'tertiary', chosenFor: 'security-drug' }],
  lines: [
    line({ count: '2.5', purchasePriceFen: 90_000n, charity: true, listClass: 'high-value' }),
    line({ lineNo: 2, excess: { quantity: 1_000n, ruleId: 'SX-17.5', article: '第十七条' } }),
  ],
  balances: { ...inputOf().balances, deductiblePaid: 5n, deductibleLevel: 'secondary' },
  notCovered: [notCovered('SX-17.3', 2)],
  otherBenefit: {
    name: { zh: '样例', en: 'sample' },
    state: 'available',
    lines: [{ lineNo: 1, fundFen: 7n }],
  },
})

t.test('SX-17.5 FS-3.1 MZ-7.4 stored facts of a settlement are read as they were written', async (t) => {
  for (const input of [FULL, inputOf({ plan })]) {
    const read = inputOfJson(JSON.parse(canonicalJson(inputToJson(input))), plan)
    t.strictSame(read, input)
    t.equal(canonicalJson(toJson(adjudicate(read))), canonicalJson(toJson(adjudicate(input))))
  }
})

t.test('MZ-7.1 a line without a payment standard stays without one', async (t) => {
  const input = inputOf({ plan, lines: [line({ paymentStandardFen: undefined })] })
  const read = inputOfJson(JSON.parse(canonicalJson(inputToJson(input))), plan)
  t.strictSame(read, input)
  t.match(adjudicate(read), { outcome: 'refused', facts: [{ fact: 'payment-standard' }] })
})
