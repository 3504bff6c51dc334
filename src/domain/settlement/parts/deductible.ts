import { formatYuan, least } from '../../primitives/money.ts'
import type { HospitalLevel } from '../../registers.ts'
import type { AdjudicationInput } from '../adjudication.ts'
import { consult, hasFigure, numberOf } from '../figure-book.ts'
import type { PlanPart } from '../plan.ts'
import { type ApplyPart, allot, leftOf, openLines, type Workspace } from '../workspace.ts'

const RANK: Readonly<Record<HospitalLevel, number>> = { primary: 1, secondary: 2, tertiary: 3 }

/**
 * What the patient pays alone once a year before the fund pays, charged as far as this year's is still unpaid, in
 * the order of the lines. Exact. Inpatients of a plan with the part `inpatient` have paid that of the stay instead.
 *
 * @see CQ-2.4a, CQ-2.4b
 */
export const applyDeductible: ApplyPart = (work, part) => {
  if (work.stay !== undefined) return
  for (const line of openLines(work)) {
    const { level, choice } = levelOfYear(work, part)
    const circumstances = { ...line.circumstances, level }
    const figure = consult(work.book, part, 'amountFen', circumstances)
    if (figure === undefined) continue
    const amount = least(leftOf(numberOf(figure), work.balances.deductiblePaid), line.open)
    if (amount === 0n) continue
    allot(line, 'deductible', 'patient', amount, {
      ruleId: choice?.ruleId ?? figure.ruleId,
      article: choice?.article ?? figure.article,
      part: part.part,
      parameters: choice === undefined ? [figure] : [figure, choice],
      explain: (rest) => ({
        zh: `年度起付标准 ${formatYuan(numberOf(figure))} 元中尚未支付的部分，由个人负担 ${formatYuan(rest)} 元。`,
        en: `Unpaid part of the yearly deductible of CNY ${formatYuan(numberOf(figure))}: the patient pays CNY ${formatYuan(rest)}.`,
      }),
    })
    work.balances = {
      ...work.balances,
      deductiblePaid: work.balances.deductiblePaid + amount,
      deductibleLevel: level,
    }
  }
}

/** The level whose deductible applies, with the figure that says so when it is the combined one. */
function levelOfYear(work: Workspace, part: PlanPart) {
  const { input } = work
  if (input.specialDisease && hasFigure(part, 'levelWhenQualified', {})) {
    const choice = consult(work.book, part, 'levelWhenQualified', {})
    return { level: highestLevel(input), choice }
  }
  // Charged once a year: a second hospital of another level doesn't open a second deductible.
  return { level: work.balances.deductibleLevel ?? input.hospitalLevel, choice: undefined }
}

/**
 * The highest level among the hospitals that count: those chosen for special diseases or security drugs, and the
 * prescribing one. A hospital chosen for single-disease settlement does not count.
 *
 * @see CQ-2.4b
 */
export function highestLevel(input: Pick<AdjudicationInput, 'hospitalLevel' | 'hospitals'>): HospitalLevel {
  return input.hospitals
    .filter((hospital) => hospital.chosenFor !== 'single-disease')
    .map((hospital) => hospital.level)
    .reduce((best, level) => (RANK[level] > RANK[best] ? level : best), input.hospitalLevel)
}
