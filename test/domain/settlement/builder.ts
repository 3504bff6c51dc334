import type { Finding } from '../../../src/domain/finding.ts'
import type { Fen } from '../../../src/domain/primitives/money.ts'
import { parseQuantity } from '../../../src/domain/primitives/quantity.ts'
import { adjudicate } from '../../../src/domain/settlement/adjudicate.ts'
import type {
  Adjudication,
  AdjudicationInput,
  Layer,
  PersonYear,
  SettlementLine,
} from '../../../src/domain/settlement/adjudication.ts'
import type { Figure, PartName, PlanPart, SettlementPlan } from '../../../src/domain/settlement/plan.ts'
import type { Posting } from '../../../src/domain/settlement/postings.ts'

/** The start of a year. */
export const EMPTY_YEAR: PersonYear = {
  deductiblePaid: 0n,
  fundPaid: 0n,
  largeAmountPaid: 0n,
  ownPaid: 0n,
  seriousIllnessPaid: 0n,
  assistancePaid: 0n,
}

/** The sum of entries; zero for every settlement. */
export function sumOf(postings: readonly Posting[]): Fen {
  return postings.reduce((sum, { amount }) => sum + amount, 0n)
}

/** A cited figure, for plans that a test makes up. */
export function cited(value: Figure['value'] & {}, when?: Figure['when']): Figure {
  return { value, status: 'cited', source: 'ZZ-1', article: '1', ...(when === undefined ? {} : { when }) }
}

/** A part of such a plan. */
export function part(name: PartName, parameters: PlanPart['parameters'] = {}, source = 'ZZ-1'): PlanPart {
  return { part: name, source, article: '1', parameters }
}

/** A plan: ratio 70 %, unless told otherwise. */
export function planOf(...parts: readonly PlanPart[]): SettlementPlan {
  const ratio = part('ratio', { ratioBp: cited(7000) })
  return { parts: parts.some(({ part }) => part === 'ratio') ? parts : [...parts, ratio] }
}

/** A line of class A: one unit at its payment standard, CNY 1,000.00 unless told otherwise. */
export function line(change: Partial<SettlementLine> & { readonly count?: string } = {}): SettlementLine {
  const { count, ...rest } = change
  const unitPriceFen = rest.unitPriceFen ?? 100_000n
  return {
    lineNo: 1,
    drugCode: 'XA01BCA000A001010100001',
    medicineClass: 'A',
    quantity: parseQuantity(count ?? '1'),
    unitPriceFen,
    paymentStandardFen: unitPriceFen,
    ...rest,
  }
}

/** The input for an employee outpatient of a tertiary hospital at the start of the year. */
export function inputOf(change: Partial<AdjudicationInput> = {}): AdjudicationInput {
  return {
    versionId: 'test/1',
    plan: planOf(),
    mode: 'sandbox',
    day: '2026-03-02',
    scheme: 'employee',
    assistance: 'none',
    setting: 'outpatient',
    hospitalLevel: 'tertiary',
    specialDisease: false,
    hospitals: [],
    lines: [line()],
    balances: EMPTY_YEAR,
    notCovered: [],
    ...change,
  }
}

/** Adjudicates what must be possible. */
export function settle(change: Partial<AdjudicationInput> = {}): Adjudication {
  const outcome = adjudicate(inputOf(change))
  if (outcome.outcome === 'refused') throw new Error(`refused: ${JSON.stringify(outcome)}`)
  return outcome
}

/** Amounts by layer, of one line or of all, as numbers of fen. */
export function layersOf(settlement: Adjudication, lineNo?: number): Partial<Record<Layer, number>> {
  const sums: Partial<Record<Layer, number>> = {}
  for (const entry of settlement.entries) {
    if (lineNo !== undefined && entry.lineNo !== lineNo) continue
    sums[entry.layer] = (sums[entry.layer] ?? 0) + Number(entry.amount)
  }
  return sums
}

/** A finding that keeps the fund from paying. */
export function notCovered(ruleId: string, lineNo?: number): Finding {
  return {
    ruleId,
    rule: 'a-rule',
    article: '1',
    effect: 'not-covered',
    ...(lineNo === undefined ? {} : { lineNo }),
    message: { zh: '不予支付。', en: 'Not covered.' },
  }
}
