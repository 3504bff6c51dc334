import type { Facts } from '../../domain/facts.ts'
import type { Finding } from '../../domain/finding.ts'
import { formatQuantity } from '../../domain/primitives/quantity.ts'
import { adjudicate } from '../../domain/settlement/adjudicate.ts'
import type { SettlementLine } from '../../domain/settlement/adjudication.ts'
import type { AdjudicationJson } from '../../domain/settlement/adjudication-json.ts'
import { excessOf } from '../../domain/settlement/excess.ts'
import { inputOfJson, yearOfJson } from '../../domain/settlement/input-of-json.ts'
import type { SettlementPlan } from '../../domain/settlement/plan.ts'
import type { PolicyBook } from '../../policy/policy-book.ts'
import type { PastSettlement } from '../../storage/decision-stream.ts'
import { notCoveredAmong } from '../not-covered.ts'
import type { CarriedYear, Moved } from './carried-year.ts'
import { asDecided, judgeAgain, versionFor } from './recompute.ts'
import type { Amount } from './tally.ts'

/** What other policies make of a settlement. */
export type Resettled =
  | { readonly outcome: 'unjudged'; readonly cause: string }
  | { readonly outcome: 'declined'; readonly duty: string; readonly before: readonly Amount[] }
  | {
      readonly outcome: 'settled'
      /** The same to the byte. */
      readonly isIdentical: boolean
      readonly before: readonly Amount[]
      readonly after: readonly Amount[]
    }

/**
 * Judges and adjudicates a stored settlement by other policies: declined when its intake or itself would be refused.
 *
 * @param carried what the person's earlier settlements would have left to it; takes what it leaves
 */
export function resettle(policies: PolicyBook, past: PastSettlement, carried: CarriedYear): Resettled {
  const stored = JSON.parse(past.adjudication) as AdjudicationJson
  const { day } = stored.input
  const version = policies.inForce(past.regionCode, day)
  if (version?.settlement === undefined) return { outcome: 'unjudged', cause: 'policy-missing' }
  // What the hub worked out is compared; the amounts of a core system are no policy's.
  const before = stored.entries
    .filter(({ layer }) => layer !== 'payer-decided')
    .map(({ ruleId, payer, amount }) => ({ ruleId, payer, fen: BigInt(amount) }))
  const then = movedThen(stored)
  const findings = findingsAgain(policies, past, stored)
  if (findings === undefined) return { outcome: 'unjudged', cause: 'policy-missing' }
  const balances = carried.balances(past.personId, day, past.decidedAt, then.input.balances)
  const refusal = findings.find(({ effect }) => effect === 'reject')
  if (refusal !== undefined) {
    carried.carry(day, past.reversedAt, then, undefined)
    return { outcome: 'declined', duty: refusal.ruleId, before }
  }
  const notCovered = notCoveredAmong(findings)
  const input = inputOfJson(stored.input, version.settlement as SettlementPlan)
  const result = adjudicate({
    ...input,
    versionId: version.id,
    balances,
    lines: input.lines.map((line) => boundedAgain(line, past, notCovered)),
    notCovered,
  })
  if (result.outcome === 'refused') return { outcome: 'unjudged', cause: result.code }
  carried.carry(day, past.reversedAt, then, stored.decidedBy === 'payer' ? then : result)
  return {
    outcome: 'settled',
    isIdentical: asDecided(result, past.adjudication) === past.adjudication,
    before,
    after: result.entries.map(({ ruleId, payer, amount }) => ({ ruleId, payer, fen: amount })),
  }
}

/** What intake and settlement would find; what was not covered then, where no facts were kept. */
function findingsAgain(
  policies: PolicyBook,
  { intakeFacts, settlementFacts }: PastSettlement,
  stored: AdjudicationJson,
): readonly Finding[] | undefined {
  if (intakeFacts === undefined || settlementFacts === undefined) return stored.input.notCovered
  const found: Finding[] = []
  for (const [step, facts] of [
    ['intake', intakeFacts],
    ['settlement', settlementFacts],
  ] as const) {
    const version = versionFor(policies, step, JSON.parse(facts) as Facts)
    if (version === undefined) return undefined
    found.push(...judgeAgain(version, step, facts))
  }
  return found
}

/** A line with the excess of these findings; with its own, where no facts were kept. */
function boundedAgain(
  line: SettlementLine,
  { settlementFacts }: PastSettlement,
  notCovered: readonly Finding[],
): SettlementLine {
  if (settlementFacts === undefined) return line
  const { excess: _, ...rest } = line
  const supplied = { lineNo: line.lineNo, quantity: formatQuantity(line.quantity) }
  return { ...rest, ...excessOf(JSON.parse(settlementFacts) as Facts, supplied, notCovered) }
}

function movedThen({ input, balancesAfter }: AdjudicationJson): Moved {
  return { input: { balances: yearOfJson(input.balances) }, balancesAfter: yearOfJson(balancesAfter) }
}
