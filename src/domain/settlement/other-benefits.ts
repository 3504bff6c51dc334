import { type Dated, inForce } from '../facts.ts'
import type { CivilDay } from '../primitives/civil-day.ts'
import { type Fen, least } from '../primitives/money.ts'
import { priceOf } from '../primitives/price.ts'
import type { BenefitStatement } from '../registers.ts'
import type { OtherBenefit, SettlementLine } from './adjudication.ts'
import { leftOf } from './workspace.ts'

/** Prefix of the measures that hold what other benefits paid through the hub in a year. Fen. */
export const OTHER_BENEFIT_MEASURE = 'other-benefit:'

/**
 * The other benefits that a settlement has to be compared with, from what was stated of the person.
 *
 * What was paid already comes alone: nothing is paid twice, so no offer is asked for the same supply.
 *
 * @param day on which the statements must hold
 * @param usedOf fen that a benefit, by its code, has paid through the hub this year
 * @returns empty when nothing concerns these lines; otherwise the one that paid, or all that would pay, by code
 * @see FS-3.1
 */
export function otherBenefitsOf(
  stated: readonly Dated<BenefitStatement>[],
  day: CivilDay,
  prescriptionNo: string | undefined,
  lines: readonly SettlementLine[],
  usedOf: (benefit: string) => Fen,
): OtherBenefit[] {
  const live = inForce(stated, day)
  const paid = live.filter(
    (one) =>
      one.state === 'paid' &&
      (one.prescriptionNo === undefined || one.prescriptionNo === prescriptionNo) &&
      concerned(one, lines).length > 0,
  )
  if (paid.length > 0) return [paidBy(paid, lines)]
  return live
    .filter((one) => one.state === 'available' && concerned(one, lines).length > 0)
    .map((one) => offerOf(one, concerned(one, lines), usedOf(one.benefit)))
    .sort((a, b) => (a.benefit! < b.benefit! ? -1 : 1))
}

function concerned({ drugCode }: BenefitStatement, lines: readonly SettlementLine[]): SettlementLine[] {
  return lines.filter((line) => drugCode === undefined || line.drugCode === drugCode)
}

/** All that paid, as one; an amount stated for several lines stands at the first of them. */
function paidBy(paid: readonly BenefitStatement[], lines: readonly SettlementLine[]): OtherBenefit {
  const fen = new Map<number, Fen>()
  for (const one of paid) {
    concerned(one, lines).forEach(({ lineNo }, index) => {
      fen.set(lineNo, (fen.get(lineNo) ?? 0n) + (index === 0 ? BigInt(one.paidFen ?? 0) : 0n))
    })
  }
  const names = [...new Map(paid.map(({ benefit, name }) => [benefit, name])).values()]
  return {
    benefit: paid[0]!.benefit,
    name: { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') },
    state: 'paid',
    lines: [...fen].map(([lineNo, fundFen]) => ({ lineNo, fundFen })),
  }
}

/** What a benefit would pay: its part of each charge, cut to a whole fen, until its maximum is used up. */
function offerOf(stated: BenefitStatement, lines: readonly SettlementLine[], used: Fen): OtherBenefit {
  let left = stated.maximumFen === undefined ? undefined : leftOf(BigInt(stated.maximumFen), used)
  return {
    benefit: stated.benefit,
    name: stated.name,
    state: 'available',
    lines: lines.map(({ lineNo, unitPriceFen, quantity }) => {
      const part = (priceOf(unitPriceFen, quantity) * BigInt(stated.ratioBp ?? 0)) / 10_000n
      const fundFen = left === undefined ? part : least(part, left)
      if (left !== undefined) left -= fundFen
      return { lineNo, fundFen }
    }),
  }
}
