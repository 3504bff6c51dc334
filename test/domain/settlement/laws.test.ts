import fc from 'fast-check'
import t from 'tap'
import type { Scheme } from '../../../src/domain/registers.ts'
import { adjudicate } from '../../../src/domain/settlement/adjudicate.ts'
import type {
  Adjudication,
  AdjudicationInput,
  PersonYear,
} from '../../../src/domain/settlement/adjudication.ts'
import {
  PART_NAMES,
  type PartName,
  type PlanPart,
  type SettlementPlan,
} from '../../../src/domain/settlement/plan.ts'
import { planFaults } from '../../../src/domain/settlement/plan-faults.ts'
import { postingsOf, reversalOf } from '../../../src/domain/settlement/postings.ts'
import { cited, inputOf, line, notCovered, part, sumOf } from './builder.ts'

/** The same cases in every run; another seed looks elsewhere. */
const SEED = Number(process.env['LAW_SEED'] ?? 20261122)
const RUNS = Number(process.env['LAW_RUNS'] ?? 2_000)
const ratio = fc.oneof(fc.constantFrom(0, 1, 5_000, 9_999, 10_000), fc.integer({ min: 0, max: 10_000 }))
const amount = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 300_000 }))
const layers = fc.uniqueArray(fc.constantFrom('class-b', 'deductible', 'coinsurance', 'above-maximum'), {
  minLength: 1,
})

/** Any plan whose figures are all cited, with parts left out at random. */
const anyPlan: fc.Arbitrary<SettlementPlan> = fc
  .record({
    r: fc.array(ratio, { minLength: 8, maxLength: 8 }),
    a: fc.array(amount, { minLength: 8, maxLength: 8 }),
    first: layers,
    second: layers,
    drop: fc.subarray(PART_NAMES.filter((name) => name !== 'ratio')),
  })
  .map(({ r, a, first, second, drop }) => {
    const parameters: Partial<Record<PartName, PlanPart['parameters']>> = {
      'class-b-self-paid': { shareBp: cited(r[0]!, { medicineClass: 'B' }) },
      inpatient: { ratioBp: cited(r[1]!) },
      deductible: {
        amountFen: [cited(a[0]!, { level: 'tertiary' }), cited(a[1]!)],
        levelWhenQualified: cited('highest'),
      },
      ratio: { ratioBp: [cited(r[2]!, { scheme: 'employee' }), cited(r[3]!)] },
      'yearly-maximum': { maximumFen: cited(a[2]!) },
      'large-amount': { ratioBp: cited(r[4]!, { scheme: 'employee' }), maximumFen: cited(a[3]!) },
      'serious-illness': {
        counts: cited(first),
        thresholdFen: cited(a[4]!),
        bands: cited([
          { overFen: 0, ratioBp: r[5]! },
          { overFen: a[5]! + 1, ratioBp: r[6]! },
        ]),
        maximumFen: cited(a[6]!),
      },
      'medical-assistance': {
        counts: cited(second),
        ratioBp: cited(r[7]!, { assistance: 'low-income' }),
        maximumFen: cited(a[7]!),
      },
    }
    const dropped = new Set<PartName>(drop)
    if (dropped.has('yearly-maximum')) dropped.add('large-amount')
    return {
      parts: PART_NAMES.filter((name) => !dropped.has(name)).map((name) => part(name, parameters[name])),
    }
  })

const anyLine = fc.record({
  price: amount,
  quantity: fc.integer({ min: 0, max: 40_000 }),
  standard: amount,
  purchase: amount,
  classB: fc.boolean(),
  free: fc.boolean(),
  uncovered: fc.boolean(),
  excess: fc.integer({ min: 0, max: 100 }),
})

const anyInput: fc.Arbitrary<AdjudicationInput> = fc
  .record({
    plan: anyPlan,
    scheme: fc.constantFrom<Scheme>('employee', 'resident'),
    helped: fc.boolean(),
    inpatient: fc.boolean(),
    specialDisease: fc.boolean(),
    lines: fc.array(anyLine, { minLength: 1, maxLength: 4 }),
    used: fc.array(amount, { minLength: 7, maxLength: 7 }),
    other: fc.option(fc.record({ paid: fc.boolean(), fund: amount })),
  })
  .map(({ plan, scheme, helped, inpatient, specialDisease, lines, used, other }) =>
    inputOf({
      plan,
      scheme,
      assistance: helped ? 'low-income' : 'none',
      specialDisease,
      hospitalLevel: 'secondary',
      hospitals: [{ level: 'tertiary', chosenFor: 'special-disease' }],
      ...(inpatient
        ? { setting: 'inpatient', stay: { stayNo: 'S', deductibleLeftFen: BigInt(used[6]!) } }
        : {}),
      lines: lines.map((one, index) =>
        line({
          lineNo: index + 1,
          unitPriceFen: BigInt(one.price),
          quantity: BigInt(one.quantity),
          paymentStandardFen: BigInt(one.standard),
          purchasePriceFen: BigInt(one.purchase),
          medicineClass: one.classB ? 'B' : 'A',
          charity: one.free && index > 0,
          excess: { quantity: BigInt(Math.floor((one.quantity * one.excess) / 100)), ruleId: 'ZZ-5' },
        }),
      ),
      notCovered: lines.flatMap((one, index) =>
        one.uncovered && index > 1 ? [notCovered('ZZ-3', index + 1)] : [],
      ),
      balances: {
        deductiblePaid: BigInt(used[0]!),
        fundPaid: BigInt(used[1]!),
        largeAmountPaid: BigInt(used[2]!),
        ownPaid: BigInt(used[3]!),
        seriousIllnessPaid: BigInt(used[4]!),
        assistancePaid: BigInt(used[5]!),
      },
      ...(other === null
        ? {}
        : {
            otherBenefit: {
              name: { zh: '其他', en: 'Other' },
              state: other.paid ? 'paid' : 'available',
              lines: [{ lineNo: 1, fundFen: BigInt(other.fund) }],
            },
          }),
    }),
  )

function split(input: AdjudicationInput): Adjudication {
  const outcome = adjudicate(input)
  if (outcome.outcome === 'refused') throw new Error(JSON.stringify(outcome))
  return outcome
}

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, one) => total + one, 0n)
const law = (check: (input: AdjudicationInput) => void) =>
  fc.assert(fc.property(anyInput, check), { numRuns: RUNS, seed: SEED })

t.test('law: every plan made here is a right plan', (t) => {
  fc.assert(fc.property(anyPlan, (plan) => planFaults(plan).length === 0))
  t.end()
})

t.test('law: nothing is lost, nothing is made, nothing is negative, in all and for each line', (t) => {
  law((input) => {
    const bill = split(input)
    if (bill.entries.some((entry) => entry.amount <= 0n)) throw new Error('an entry of nothing or less')
    if (sum(Object.values(bill.totals)) !== bill.charge) throw new Error('the totals are not the charge')
    if (sum(bill.entries.map((entry) => entry.amount)) !== bill.charge) throw new Error('the entries are not')
    for (const one of bill.lines) {
      if (sum(Object.values(one.payers)) !== one.charge) throw new Error('a line does not add up')
      const own = bill.entries.filter((entry) => entry.lineNo === one.lineNo)
      if (sum(own.map((entry) => entry.amount)) !== one.charge) throw new Error('its entries do not add up')
    }
  })
  t.end()
})

t.test('law: no balance passes its maximum, and none ever falls', (t) => {
  law((input) => {
    const after = split(input).balancesAfter
    const maximum = (name: PartName) => {
      const figure = input.plan.parts.find(({ part }) => part === name)?.parameters?.['maximumFen']
      return figure === undefined ? undefined : BigInt((figure as { value: number }).value)
    }
    const check = (key: Exclude<keyof PersonYear, 'deductibleLevel'>, name: PartName) => {
      const limit = maximum(name)
      if (after[key] < input.balances[key]) throw new Error(`${key} fell`)
      if (limit !== undefined && after[key] > limit && after[key] !== input.balances[key]) {
        throw new Error(`${key} is above its maximum`)
      }
    }
    check('fundPaid', 'yearly-maximum')
    check('largeAmountPaid', 'large-amount')
    check('seriousIllnessPaid', 'serious-illness')
    check('assistancePaid', 'medical-assistance')
  })
  t.end()
})

t.test('law: a fen more on a line moves nobody by more than a fen, and never lowers the basic fund', (t) => {
  law(({ otherBenefit: _, ...input }) => {
    const unitPriceFen = input.lines[0]!.unitPriceFen as bigint // the generator makes whole fen
    const dearer = {
      ...input.lines[0]!,
      unitPriceFen,
      quantity: 10_000n,
      excess: { quantity: 0n, ruleId: 'ZZ-5' },
    }
    const one = (unitPriceFen: bigint) => split({ ...input, lines: [{ ...dearer, unitPriceFen }] }).totals
    const [low, high] = [one(dearer.unitPriceFen), one(dearer.unitPriceFen + 1n)]
    for (const payer of [
      'patient',
      'basic-fund',
      'capitation',
      'serious-illness',
      'medical-assistance',
    ] as const) {
      const moved = high[payer] - low[payer]
      // Assistance counts what serious-illness insurance leaves, each rounded down: between those two, and so for
      // the patient, a fen can change sides. What the basic fund pays rests on no other payer.
      const least = payer === 'basic-fund' || payer === 'capitation' ? 0n : -1n
      if (moved < least) throw new Error(`${payer} falls by ${-moved}`)
      if (moved > 1n) throw new Error(`${payer} jumps by ${moved}`)
    }
  })
  t.end()
})

t.test('law: the order in which lines are sent, and how often one asks, change nothing', (t) => {
  law((input) => {
    const [one, other] = [split(input), split({ ...input, lines: input.lines.toReversed() })]
    const text = (bill: Adjudication) =>
      JSON.stringify([bill.entries, bill.balancesAfter, bill.totals], (_, v) =>
        typeof v === 'bigint' ? `${v}` : v,
      )
    if (text(one) !== text(other)) throw new Error('the order matters')
    if (text(one) !== text(split(input))) throw new Error('asking again gives another answer')
  })
  t.end()
})

t.test('law: postings are balanced, and a reversal undoes each account', (t) => {
  law((input) => {
    const postings = postingsOf(split(input), { supplierId: 'P', hospitalId: 'H', capitationHolderId: 'C' })
    if (sumOf(postings) !== 0n) throw new Error('unbalanced')
    if (postings.some(({ amount }) => amount === 0n)) throw new Error('an empty posting')
    if (new Set(postings.map(({ account }) => account)).size !== postings.length) throw new Error('twice')
    const both = [...postings, ...reversalOf(postings)]
    for (const { account } of postings) {
      if (sumOf(both.filter((posting) => posting.account === account)) !== 0n) throw new Error(account)
    }
    const hospital = postings.filter(({ account }) => account.startsWith('institution:H:'))
    if (sumOf(hospital) !== 0n) throw new Error('MZ-7.4 the hospital neither gains nor loses')
  })
  t.end()
})
