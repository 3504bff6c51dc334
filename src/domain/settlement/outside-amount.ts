import type { Fen } from '../primitives/money.ts'
import type { HospitalLevel } from '../registers.ts'
import { LEVEL_MEASURE } from './year-movements.ts'

/** Where a person used something up that the hub did not settle. */
export const OUTSIDE_SOURCES = [
  'opening-balance',
  'special-disease-clinic',
  'outpatient',
  'inpatient',
  'other-region',
] as const
export type OutsideSource = (typeof OUTSIDE_SOURCES)[number]

/** What was used up of a person's year elsewhere. Whole fen, zero or more. */
export interface OutsideAmounts {
  readonly deductibleFen: number
  /** The hospital's level at which that was charged. */
  readonly deductibleLevel?: HospitalLevel
  readonly fundFen: number
  readonly largeAmountFen: number
  /** Own payments that count towards serious-illness insurance. */
  readonly ownFen: number
  readonly seriousIllnessFen: number
  readonly assistanceFen: number
  /** Expenses under the policy; told, and not counted by any limit of the hub. */
  readonly expenseFen: number
}

const MEASURES = [
  ['deductiblePaid', 'deductibleFen'],
  ['fundPaid', 'fundFen'],
  ['largeAmountPaid', 'largeAmountFen'],
  ['ownPaid', 'ownFen'],
  ['seriousIllnessPaid', 'seriousIllnessFen'],
  ['assistancePaid', 'assistanceFen'],
] as const satisfies readonly (readonly [string, keyof OutsideAmounts])[]

/** The measures of the year that amounts stand for. */
export function measuresOfOutside(amounts: OutsideAmounts): ReadonlyMap<string, Fen> {
  const measures = new Map<string, Fen>(MEASURES.map(([measure, name]) => [measure, BigInt(amounts[name])]))
  if (amounts.deductibleLevel !== undefined)
    measures.set(LEVEL_MEASURE + amounts.deductibleLevel, BigInt(amounts.deductibleFen))
  return measures
}

/**
 * What a statement moves in the year: all of it, or by how much it corrects the one before.
 *
 * @see CQ-2.4b, MZ-7.2
 */
export function movedByStatement(
  before: OutsideAmounts | undefined,
  after: OutsideAmounts,
): ReadonlyMap<string, Fen> {
  const moved = new Map(measuresOfOutside(after))
  if (before === undefined) return moved
  for (const [measure, fen] of measuresOfOutside(before)) moved.set(measure, (moved.get(measure) ?? 0n) - fen)
  return moved
}
