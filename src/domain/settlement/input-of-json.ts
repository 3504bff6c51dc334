import { priceFromJson } from '../primitives/price.ts'
import { parseQuantity } from '../primitives/quantity.ts'
import type { AdjudicationInput, OtherBenefit, PersonYear, SettlementLine } from './adjudication.ts'
import type { InputJson, LineJson, Plain } from './adjudication-json.ts'
import type { SettlementPlan } from './plan.ts'

/**
 * Reads what `inputToJson` wrote, so that a stored settlement can be worked out again.
 *
 * @param json the member `input` of a stored settlement, parsed
 * @param plan of the policy version that is to judge; the stored facts name their version and hold no plan
 */
export function inputOfJson(json: InputJson, plan: SettlementPlan): AdjudicationInput {
  const { lines, balances, stay, otherBenefit, ...rest } = json
  return {
    ...rest,
    plan,
    lines: lines.map(lineOf),
    balances: yearOfJson(balances),
    ...(stay && { stay: { ...stay, deductibleLeftFen: BigInt(stay.deductibleLeftFen) } }),
    ...(otherBenefit && { otherBenefit: benefitOf(otherBenefit) }),
  }
}

/** Reads the balances of a person's year. */
export function yearOfJson(balances: Plain<PersonYear>): PersonYear {
  return {
    ...balances,
    deductiblePaid: BigInt(balances.deductiblePaid),
    fundPaid: BigInt(balances.fundPaid),
    largeAmountPaid: BigInt(balances.largeAmountPaid),
    ownPaid: BigInt(balances.ownPaid),
    seriousIllnessPaid: BigInt(balances.seriousIllnessPaid),
    assistancePaid: BigInt(balances.assistancePaid),
  }
}

function lineOf({ paymentStandardFen, purchasePriceFen, excess, ...rest }: LineJson): SettlementLine {
  return {
    ...rest,
    quantity: parseQuantity(rest.quantity),
    unitPriceFen: priceFromJson(rest.unitPriceFen),
    paymentStandardFen: paymentStandardFen === undefined ? undefined : priceFromJson(paymentStandardFen),
    ...(purchasePriceFen === undefined ? {} : { purchasePriceFen: priceFromJson(purchasePriceFen) }),
    ...(excess && { excess: { ...excess, quantity: parseQuantity(excess.quantity) } }),
  }
}

function benefitOf(benefit: Plain<OtherBenefit>): OtherBenefit {
  return {
    ...benefit,
    lines: benefit.lines.map(({ lineNo, fundFen }) => ({ lineNo, fundFen: BigInt(fundFen) })),
  }
}
