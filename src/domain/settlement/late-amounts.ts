import type { CivilDay } from '../primitives/civil-day.ts'
import type { Fen } from '../primitives/money.ts'
import { adjudicate } from './adjudicate.ts'
import type { Adjudication, AdjudicationInput } from './adjudication.ts'
import { measuresOfYear, movementsOf, personYearOf } from './year-movements.ts'

/** A settlement that stands, as it was decided. */
export interface StandingSettlement {
  readonly settlementId: string
  readonly decidedAt: Date
  readonly input: AdjudicationInput
  readonly adjudication: Pick<Adjudication, 'input' | 'balancesAfter' | 'totals'>
}

/** A statement of amounts from elsewhere: what it moved, when it came, and the day that it is about. */
export interface CountedStatement {
  readonly statedAt: Date
  readonly on: CivilDay
  readonly moved: ReadonlyMap<string, Fen>
}

/** By how much a settlement would have come to something else, by payer; none that is zero. */
export interface LateDifference {
  readonly settlementId: string
  readonly byPayer: Readonly<Record<string, Fen>>
}

/**
 * What the settlements of a person's year would have come to, had every amount from elsewhere been known when it arose.
 *
 * A settlement stays as the patient was told it; an amount that comes later counts from the next one on. For those that
 * were decided before it came, about a day on or before theirs, the difference is worked out, each with what the ones
 * before it would have left. The agency pays or recovers it.
 *
 * @param settlements of one person and year, oldest first
 * @see MZ-7.2, CQ-2.4b
 */
export function lateDifferences(
  settlements: readonly StandingSettlement[],
  statements: readonly CountedStatement[],
): LateDifference[] {
  const carried = new Map<string, Fen>()
  return settlements.flatMap(({ settlementId, decidedAt, input, adjudication }) => {
    const more = new Map(carried)
    for (const { statedAt, on, moved } of statements) {
      if (statedAt > decidedAt && on <= input.day) addAll(more, moved)
    }
    if ([...more.values()].every((fen) => fen === 0n)) return []
    const measures = measuresOfYear(input.balances)
    addAll(measures, more)
    const result = adjudicate({ ...input, balances: personYearOf(measures) })
    if (result.outcome === 'refused') return []
    addAll(carried, movementsOf(result))
    addAll(carried, movementsOf(adjudication as Adjudication), -1n)
    const byPayer = Object.fromEntries(
      Object.entries(result.totals)
        .map(([payer, fen]) => [payer, fen - (adjudication.totals as Record<string, Fen>)[payer]!] as const)
        .filter(([, fen]) => fen !== 0n),
    )
    return Object.keys(byPayer).length === 0 ? [] : [{ settlementId, byPayer }]
  })
}

function addAll(sums: Map<string, Fen>, amounts: ReadonlyMap<string, Fen>, sign = 1n): void {
  for (const [measure, fen] of amounts) sums.set(measure, (sums.get(measure) ?? 0n) + sign * fen)
}
