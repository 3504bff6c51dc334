import { formatYuan, least } from '../../primitives/money.ts'
import type { PlanPart } from '../plan.ts'
import { type ApplyPart, allot, type LineWork, openLines, type Workspace } from '../workspace.ts'

/**
 * Never twice: a line that another benefit has paid for is not paid again. Exact.
 *
 * The other half of the guard, never less than before, is `takeBetterBenefit`, once the own outcome is known.
 *
 * @see FS-3.1
 */
export const applyDoubleBenefit: ApplyPart = (work, part) => {
  const other = work.input.otherBenefit
  if (other?.state !== 'paid') return
  const paid = new Set(other.lines.map((line) => line.lineNo))
  for (const line of openLines(work)) {
    if (!paid.has(line.line.lineNo)) continue
    allot(line, 'paid-elsewhere', 'patient', line.open, {
      ruleId: part.source,
      article: part.article,
      part: part.part,
      parameters: [],
      explain: () => ({
        zh: `该笔费用已享受“${other.name.zh}”待遇，不重复支付。`,
        en: `This cost was already paid under “${other.name.en}”; it is not paid twice.`,
      }),
    })
  }
}

/**
 * Never less than before: when another benefit would leave the patient less to pay, that one is taken instead, and
 * nothing of this benefit's year is used up. On equal outcomes the own benefit stays. Exact.
 *
 * @param coverage the lines as they were when only coverage had been decided
 * @returns true when the other benefit was taken
 * @see FS-3.1
 */
export function takeBetterBenefit(work: Workspace, part: PlanPart, coverage: readonly LineWork[]): boolean {
  const other = work.input.otherBenefit
  if (other?.state !== 'available') return false
  const offers = new Map(other.lines.map((line) => [line.lineNo, line.fundFen]))
  const offered = coverage.map((line) => least(offers.get(line.line.lineNo) ?? 0n, line.open))
  const ours = work.lines.map((line, index) => patientPays(line) - patientPays(coverage[index]!))
  const theirs = coverage.map((line, index) => line.open - offered[index]!)
  if (sum(theirs) >= sum(ours)) return false
  work.lines.forEach((line, index) => {
    const before = coverage[index]!
    line.slices = before.slices
    line.open = before.open
    const reason = { ruleId: part.source, article: part.article, part: part.part, parameters: [] }
    allot(line, 'other-benefit', 'basic-fund', offered[index]!, {
      ...reason,
      explain: (amount) => ({
        zh: `“${other.name.zh}”待遇更高，按其支付 ${formatYuan(amount)} 元，确保原有待遇不降低。`,
        en: `“${other.name.en}” is better for the patient and pays CNY ${formatYuan(amount)} instead.`,
      }),
    })
    allot(line, 'coinsurance', 'patient', line.open, {
      ...reason,
      explain: (amount) => ({
        zh: `按“${other.name.zh}”待遇由个人负担 ${formatYuan(amount)} 元。`,
        en: `Own part under “${other.name.en}”: CNY ${formatYuan(amount)}.`,
      }),
    })
  })
  work.balances = work.input.balances
  return true
}

function patientPays(line: LineWork): bigint {
  return sum(line.slices.filter((slice) => slice.payer === 'patient').map((slice) => slice.amount))
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}
