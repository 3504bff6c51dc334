import type { Dated } from '../facts.ts'
import { type Fen, fenToJson } from '../primitives/money.ts'
import { parseQuantity, type Quantity } from '../primitives/quantity.ts'
import { Problem } from '../problems.ts'
import type { BenefitStatement } from '../registers.ts'
import type { Mode } from '../rules/cited.ts'
import { adjudicate } from './adjudicate.ts'
import type { Adjudication, AdjudicationInput, SettlementLine } from './adjudication.ts'
import type { AdjudicationJson } from './adjudication-json.ts'
import { inputOfJson } from './input-of-json.ts'
import { OTHER_BENEFIT_MEASURE, otherBenefitsOf } from './other-benefits.ts'
import type { SettlementPlan } from './plan.ts'
import { personYearOf } from './year-movements.ts'

/** What the settlement of a part that the patient keeps rests on. */
export interface ResettlementBasis {
  /** Of the settlement that is reversed. */
  readonly adjudication: AdjudicationJson
  /** Of the policy version that judged it. */
  readonly plan: SettlementPlan
  readonly mode: Mode
  readonly prescriptionNo: string
  /** Of the person's year as it is now. */
  readonly balances: ReadonlyMap<string, Fen>
  /** What the reversed settlement moved in it. */
  readonly moved: ReadonlyMap<string, Fen>
  readonly benefits: readonly Dated<BenefitStatement>[]
}

/**
 * Settles anew what the patient keeps of a supply: the same facts, prices, policy version and day, fewer goods, and the
 * balances of the year as the reversal leaves them.
 *
 * @param kept decimal quantities by line; lines that came back whole are left out
 * @throws Problem policy-not-cited, settlement-facts-missing
 */
export function resettle(basis: ResettlementBasis, kept: ReadonlyMap<number, string>): Adjudication {
  const { adjudication, balances, moved } = basis
  const { otherBenefit, ...input } = inputOfJson(adjudication.input, basis.plan)
  const left = (measure: string): Fen => (balances.get(measure) ?? 0n) - (moved.get(measure) ?? 0n)
  const measures = new Set([...balances.keys(), ...moved.keys()])
  const lines = input.lines.flatMap((line) => {
    const quantity = kept.get(line.lineNo)
    return quantity === undefined ? [] : [reduced(line, parseQuantity(quantity))]
  })
  const reducedInput: AdjudicationInput = {
    ...input,
    mode: basis.mode,
    lines,
    balances: personYearOf(new Map([...measures].map((measure) => [measure, left(measure)]))),
    notCovered: input.notCovered.filter(({ lineNo }) => lineNo === undefined || kept.has(lineNo)),
    // Of the stay's deductible there is at least what the reversal gives back, and fewer goods are charged no more.
    ...(input.stay && {
      stay: { ...input.stay, deductibleLeftFen: BigInt(adjudication.stay?.deductibleChargedFen ?? 0) },
    }),
  }
  if (otherBenefit === undefined) return adjudicated(reducedInput)
  const others = otherBenefitsOf(basis.benefits, input.day, basis.prescriptionNo, lines, (benefit) =>
    left(OTHER_BENEFIT_MEASURE + benefit),
  )
  if (others.length === 0) return adjudicated(reducedInput)
  return others
    .map((one) => adjudicated({ ...reducedInput, otherBenefit: one }))
    .reduce((best, next) => (next.totals.patient < best.totals.patient ? next : best))
}

/** Fewer goods; what was too many of them comes back first. */
function reduced({ excess, ...line }: SettlementLine, quantity: Quantity): SettlementLine {
  const back = line.quantity - quantity
  const tooMany = excess === undefined ? 0n : excess.quantity - back
  return {
    ...line,
    quantity,
    ...(excess !== undefined && tooMany > 0n ? { excess: { ...excess, quantity: tooMany } } : {}),
  }
}

function adjudicated(input: AdjudicationInput): Adjudication {
  const result = adjudicate(input)
  if (result.outcome !== 'refused') return result
  throw new Problem('settlement-facts-missing', { details: { policyVersion: result.versionId } })
}

/** What the patient pays of a settlement, in fen. */
export function patientFenOf({ totals }: Adjudication): number {
  return fenToJson(totals.patient)
}
