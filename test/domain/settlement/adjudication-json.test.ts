import t from 'tap'
import { canonicalJson, type Json } from '../../../src/domain/primitives/canonical-json.ts'
import { adjudicate } from '../../../src/domain/settlement/adjudicate.ts'
import { toJson } from '../../../src/domain/settlement/adjudication-json.ts'
import { inputOf, line, notCovered, part, planOf, settle } from './builder.ts'

t.test('a settlement is plain JSON: fen as integers, quantities as text, no plan', (t) => {
  const bill = settle({
    lines: [line({ count: '0.5', excess: { quantity: 1_000n, ruleId: 'SX-17.5' } })],
    notCovered: [notCovered('ZZ-9', 7)],
  })
  const json = toJson(bill) as { [key: string]: Json } & { input: { [key: string]: Json } }
  t.equal(json['charge'], 50_000)
  t.match(json.input['lines'], [{ quantity: '0.5', unitPriceFen: 100_000, excess: { quantity: '0.1' } }])
  t.notOk('plan' in json.input)
  t.same(JSON.parse(JSON.stringify(json)), json)
  t.end()
})

t.test('equal settlements have equal canonical bytes', (t) => {
  t.equal(canonicalJson(toJson(settle())), canonicalJson(toJson(settle())))
  t.not(canonicalJson(toJson(settle())), canonicalJson(toJson(settle({ day: '2026-03-03' }))))
  t.end()
})

t.test('a refusal is plain JSON too', (t) => {
  const outcome = adjudicate(
    inputOf({ plan: planOf(part('payment-standard')), lines: [line({ paymentStandardFen: undefined })] }),
  )
  t.match(toJson(outcome), { outcome: 'refused', facts: [{ fact: 'payment-standard', lineNo: 1 }] })
  t.end()
})

t.test('an amount that JSON would blur is an error', (t) => {
  t.throws(() => toJson(settle({ lines: [line({ unitPriceFen: 2n ** 53n })] })), RangeError)
  t.end()
})
