import type { CivilDay } from '../primitives/civil-day.ts'
import type { Fen } from '../primitives/money.ts'
import { adjudicate } from './adjudicate.ts'
import type { Adjudication, AdjudicationInput } from './adjudication.ts'
import { measuresOfOutside, type OutsideAmounts } from './outside-amount.ts'
import { measuresOfYear, movementsOf, personYearOf } from './year-movements.ts'

/** A settlement that stands, as it was decided. */
export interface StandingSettlement {
  readonly settlementId: string
  /** When it found the balances of the year: where a payer outside decides, when that was asked. */
  readonly balancesAt: Date
  readonly input: AdjudicationInput
  readonly adjudication: Pick<Adjudication, 'input' | 'balancesAfter' | 'totals'>
}

/** One revision of a statement of amounts from elsewhere. */
export interface StatedRevision {
  readonly source: string
  readonly reference: string
  readonly statedAt: Date
  /** The day of the expense. */
  readonly on: CivilDay
  readonly amounts: OutsideAmounts
}

/** What a revision moved, when it came, and the day that it is about. Fen. */
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
 * What each revision moved: its amounts on its day, and those of the revision before it off theirs, which may be of
 * another day.
 *
 * @param revisions of one person and year, in the order in which they came
 */
export function countedStatements(revisions: readonly StatedRevision[]): CountedStatement[] {
  const newest = new Map<string, StatedRevision>()
  return revisions.flatMap((revision) => {
    const { source, reference, statedAt, on, amounts } = revision
    const key = `${source} ${reference}`
    const before = newest.get(key)
    newest.set(key, revision)
    const added = { statedAt, on, moved: measuresOfOutside(amounts) }
    if (before === undefined) return [added]
    const takenBack = new Map<string, Fen>()
    addAll(takenBack, measuresOfOutside(before.amounts), -1n)
    return [{ statedAt, on: before.on, moved: takenBack }, added]
  })
}

/**
 * What the settlements of a person's year would have come to, had every amount from elsewhere been known when it arose.
 *
 * A settlement stays as the patient was told it; an amount that comes later counts from the next one on. For those that
 * found the year before it came, about a day on or before theirs, the difference is worked out, each with what the ones
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
  return settlements.flatMap(({ settlementId, balancesAt, input, adjudication }) => {
    const more = new Map(carried)
    for (const { statedAt, on, moved } of statements) {
      if (statedAt > balancesAt && on <= input.day) addAll(more, moved)
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
