import { parseQuantity } from '../primitives/quantity.ts'
import type { AdjudicationInput, OtherBenefit, PersonYear, SettlementLine } from './adjudication.ts'
import type { SettlementPlan } from './plan.ts'

type Members = Readonly<Record<string, unknown>>

/** Everything of a line that is money. */
const LINE_FEN = ['unitPriceFen', 'paymentStandardFen', 'purchasePriceFen'] as const

/**
 * Reads what `inputToJson` wrote, so that a stored settlement can be worked out again.
 *
 * @param json the member `input` of a stored settlement, parsed
 * @param plan of the policy version that is to judge; the stored facts name their version and hold no plan
 */
export function inputOfJson(json: unknown, plan: SettlementPlan): AdjudicationInput {
  const { lines, balances, stay, otherBenefit, ...rest } = json as Members
  return {
    ...(rest as unknown as AdjudicationInput),
    plan,
    lines: (lines as readonly Members[]).map(lineOf),
    balances: balancesOf(balances as Members),
    ...(stay === undefined ? {} : { stay: stayOf(stay as Members) }),
    ...(otherBenefit === undefined ? {} : { otherBenefit: benefitOf(otherBenefit as Members) }),
  }
}

function lineOf({ quantity, excess, ...rest }: Members): SettlementLine {
  const { quantity: above, ...why } = (excess ?? {}) as Members
  return {
    paymentStandardFen: undefined,
    ...rest,
    ...Object.fromEntries(
      LINE_FEN.filter((name) => rest[name] !== undefined).map((name) => [name, fen(rest[name])]),
    ),
    quantity: parseQuantity(quantity as string),
    ...(excess === undefined ? {} : { excess: { ...why, quantity: parseQuantity(above as string) } }),
  } as unknown as SettlementLine
}

/** All members of a year are fen, but for the level of its deductible. */
function balancesOf(balances: Members): PersonYear {
  return Object.fromEntries(
    Object.entries(balances).map(([name, value]) => [name, typeof value === 'number' ? fen(value) : value]),
  ) as unknown as PersonYear
}

function stayOf(stay: Members): NonNullable<AdjudicationInput['stay']> {
  return { stayNo: stay['stayNo'] as string, deductibleLeftFen: fen(stay['deductibleLeftFen']) }
}

function benefitOf({ lines, ...rest }: Members): OtherBenefit {
  return {
    ...(rest as unknown as OtherBenefit),
    lines: (lines as readonly Members[]).map(({ lineNo, fundFen }) => ({
      lineNo: lineNo as number,
      fundFen: fen(fundFen),
    })),
  }
}

function fen(value: unknown): bigint {
  return BigInt(value as number)
}
