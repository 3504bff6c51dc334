import { fenToJson } from '../../domain/primitives/money.ts'
import { standings } from '../../storage/capitation.ts'
import type { Caller, Deps } from '../deps.ts'
import type { OutcomeJson } from './settle-year.ts'

/** How a year stands for one institution; fen. */
export interface YearStanding {
  readonly institutionId: string
  readonly persons: number
  readonly grants: number
  readonly budgetFen: number
  readonly advancedFen: number
  /** The fund's part of what its persons got, wherever they got it. */
  readonly usedFen: number
  /** What of that it supplied itself. */
  readonly earnedFen: number
  /** Negative: an over-run. */
  readonly balanceFen: number
  readonly isOverrun: boolean
  readonly settledAt?: string
  readonly outcome?: OutcomeJson
}

/**
 * How a year of capitation stands: all institutions for the agency, its own for an institution.
 *
 * @see FS-3.5a, FS-4.2c
 */
export async function readCapitationYear(
  deps: Pick<Deps, 'pool'>,
  caller: Caller,
  year: number,
): Promise<YearStanding[]> {
  const own = caller.kind === 'agency' ? undefined : (caller.institutionId ?? '')
  const found = await standings(deps.pool, caller.regionCode, year, own)
  return found.map(({ budget, advanced, used, earned, settledAt, outcome, ...rest }) => ({
    ...rest,
    budgetFen: fenToJson(budget),
    advancedFen: fenToJson(advanced),
    usedFen: fenToJson(used),
    earnedFen: fenToJson(earned),
    balanceFen: fenToJson(budget - used),
    isOverrun: used > budget,
    ...(settledAt === undefined ? {} : { settledAt: settledAt.toISOString() }),
    ...(outcome === undefined ? {} : { outcome: JSON.parse(outcome) as OutcomeJson }),
  }))
}
