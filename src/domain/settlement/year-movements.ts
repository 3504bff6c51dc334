import type { Fen } from '../primitives/money.ts'
import type { HospitalLevel } from '../registers.ts'
import type { Adjudication, PersonYear } from './adjudication.ts'
import { OTHER_BENEFIT_MEASURE } from './other-benefits.ts'

const LEVELS: readonly HospitalLevel[] = ['primary', 'secondary', 'tertiary']
/** Prefix of the measures that hold the deductible paid by the level at which it was charged. Fen. */
export const LEVEL_MEASURE = 'deductible-level:'

/** The measure that holds how much of a stay's deductible the hub has charged. Fen. */
export function stayMeasure(hospitalId: string, stayNo: string): string {
  return `stay-deductible:${hospitalId}:${stayNo}`
}

/**
 * The balances of a year from the sums of its movements.
 *
 * The level of the year's deductible is the highest at which a part of it was charged that still stands.
 */
export function personYearOf(measures: ReadonlyMap<string, Fen>): PersonYear {
  const of = (measure: keyof PersonYear) => measures.get(measure) ?? 0n
  const level = LEVELS.filter((each) => (measures.get(LEVEL_MEASURE + each) ?? 0n) > 0n).at(-1)
  return {
    deductiblePaid: of('deductiblePaid'),
    ...(level === undefined ? {} : { deductibleLevel: level }),
    fundPaid: of('fundPaid'),
    largeAmountPaid: of('largeAmountPaid'),
    ownPaid: of('ownPaid'),
    seriousIllnessPaid: of('seriousIllnessPaid'),
    assistancePaid: of('assistancePaid'),
  }
}

/** The measures behind the balances of a year: the other way from `personYearOf`. */
export function measuresOfYear({ deductibleLevel, ...amounts }: PersonYear): Map<string, Fen> {
  const measures = new Map<string, Fen>(Object.entries(amounts))
  if (deductibleLevel !== undefined) measures.set(LEVEL_MEASURE + deductibleLevel, amounts.deductiblePaid)
  return measures
}

/**
 * What a settlement moves in the person's year. A deductible counts for its level too, by its amount: when one of two
 * settlements that charged it is reversed, the level of the other one stands. The deductible of a stay counts for the
 * stay, whatever the year.
 *
 * @param hospitalId the hospital that has the stay; without one the stay is left out, as where nothing is posted
 */
export function movementsOf(adjudication: Adjudication, hospitalId?: string): ReadonlyMap<string, Fen> {
  const before = adjudication.input.balances
  const after = adjudication.balancesAfter
  const moved = new Map<string, Fen>()
  for (const measure of [
    'deductiblePaid',
    'fundPaid',
    'largeAmountPaid',
    'ownPaid',
    'seriousIllnessPaid',
    'assistancePaid',
  ] as const) {
    moved.set(measure, after[measure] - before[measure])
  }
  const charged = after.deductiblePaid - before.deductiblePaid
  if (after.deductibleLevel !== undefined && charged !== 0n) {
    moved.set(LEVEL_MEASURE + after.deductibleLevel, charged)
  }
  const { stay } = adjudication
  if (stay !== undefined && hospitalId !== undefined)
    moved.set(stayMeasure(hospitalId, stay.stayNo), stay.deductibleChargedFen)
  const { otherBenefit } = adjudication.input
  if (adjudication.benefit === 'other' && otherBenefit?.benefit !== undefined) {
    moved.set(OTHER_BENEFIT_MEASURE + otherBenefit.benefit, otherPaid(adjudication))
  }
  return moved
}

function otherPaid({ entries }: Adjudication): Fen {
  return entries.reduce((sum, { layer, amount }) => (layer === 'other-benefit' ? sum + amount : sum), 0n)
}
