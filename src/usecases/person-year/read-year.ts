import { fenToJson } from '../../domain/primitives/money.ts'
import { Problem } from '../../domain/problems.ts'
import type { Adjudication, AdjudicationInput, PersonYear } from '../../domain/settlement/adjudication.ts'
import type { AdjudicationJson } from '../../domain/settlement/adjudication-json.ts'
import { inputOfJson, yearOfJson } from '../../domain/settlement/input-of-json.ts'
import {
  countedStatements,
  lateDifferences,
  type StandingSettlement,
} from '../../domain/settlement/late-amounts.ts'
import type { SettlementPlan } from '../../domain/settlement/plan.ts'
import { personYearOf } from '../../domain/settlement/year-movements.ts'
import * as ledger from '../../storage/ledger.ts'
import * as outside from '../../storage/outside-amount.ts'
import { listEntries } from '../../storage/registers.ts'
import type { Caller, Deps } from '../deps.ts'

/** A person's balances with plain numbers, as answers have them. */
type Balances = {
  readonly [Name in keyof PersonYear]: PersonYear[Name] extends bigint ? number : PersonYear[Name]
}

/** A person's year: what is used up, what was stated from elsewhere, and what that would have changed. */
export interface PersonYearView {
  readonly personId: string
  readonly year: number
  /** As the next settlement finds them, in fen; the level of the deductible where one was charged. */
  readonly balances: Balances
  /** Every revision, in the order in which they came. */
  readonly statements: readonly (Omit<outside.OutsideStatement, 'statedAt' | 'personId' | 'year'> & {
    readonly statedAt: string
  })[]
  /** By settlement and payer, in fen; settlements themselves stay as they are. */
  readonly differences: readonly {
    readonly settlementId: string
    readonly byPayer: Readonly<Record<string, number>>
  }[]
}

/**
 * Reads a person's year with the differences that amounts from elsewhere make to settlements that were decided before
 * they came.
 *
 * @throws Problem not-yours for a person whom the registers of the region never knew
 * @see CQ-2.4b, MZ-7.2
 */
export async function readPersonYear(
  deps: Pick<Deps, 'pool' | 'policies'>,
  { regionCode }: Caller,
  personId: string,
  year: number,
): Promise<PersonYearView> {
  const { pool } = deps
  const known = await listEntries(pool, regionCode, 'person', { key: personId, limit: 1 })
  if (known.length === 0) throw new Problem('not-yours')
  const [measures, statements, settlements] = await Promise.all([
    ledger.readYear(pool, regionCode, personId, year),
    outside.statementsOfYear(pool, regionCode, personId, year),
    outside.settlementsOfYear(pool, regionCode, personId, year),
  ])
  const standing = settlements.flatMap((each) => standingOf(deps, each))
  return {
    personId,
    year,
    balances: balancesOf(personYearOf(measures)),
    statements: statements.map(({ statedAt, personId: _, year: __, ...rest }) => ({
      ...rest,
      statedAt: statedAt.toISOString(),
    })),
    differences: lateDifferences(standing, countedStatements(statements)).map(
      ({ settlementId, byPayer }) => ({
        settlementId,
        byPayer: Object.fromEntries(Object.entries(byPayer).map(([payer, fen]) => [payer, fenToJson(fen)])),
      }),
    ),
  }
}

function balancesOf({ deductibleLevel, ...amounts }: PersonYear): Balances {
  const { deductiblePaid, fundPaid, largeAmountPaid, ownPaid, seriousIllnessPaid, assistancePaid } = amounts
  return {
    deductiblePaid: fenToJson(deductiblePaid),
    ...(deductibleLevel === undefined ? {} : { deductibleLevel }),
    fundPaid: fenToJson(fundPaid),
    largeAmountPaid: fenToJson(largeAmountPaid),
    ownPaid: fenToJson(ownPaid),
    seriousIllnessPaid: fenToJson(seriousIllnessPaid),
    assistancePaid: fenToJson(assistancePaid),
  }
}

/** A settlement as it can be worked out again; nothing for one whose amounts another system decided. */
function standingOf(
  { policies }: Pick<Deps, 'policies'>,
  { settlementId, balancesAt, adjudication }: outside.SettlementOfYear,
): StandingSettlement[] {
  const stored = JSON.parse(adjudication) as AdjudicationJson
  const plan = policies.version(stored.input.versionId)?.settlement as SettlementPlan | undefined
  if (plan === undefined || stored.decidedBy === 'payer') return []
  const input: AdjudicationInput = inputOfJson(stored.input, plan)
  const totals = Object.fromEntries(
    Object.entries(stored.totals).map(([payer, fen]) => [payer, BigInt(fen)]),
  ) as unknown as Adjudication['totals']
  const then = { input, balancesAfter: yearOfJson(stored.balancesAfter), totals }
  return [{ settlementId, balancesAt, input, adjudication: then }]
}
