import { formatYuan, shareOf } from '../../primitives/money.ts'
import { consult, numberOf } from '../figure-book.ts'
import { percent } from '../percent.ts'
import type { PlanPart } from '../plan.ts'
import { type ApplyPart, allot, type LineWork, openLines, type Workspace } from '../workspace.ts'

/**
 * The basic fund's part of what exceeds the deductible, per line, by scheme, setting, level and drug-list class.
 *
 * The fund's part is cut to a whole fen; the odd fen is the patient's.
 *
 * @see CQ-2.5a, CQ-2.5b, SC-P2, FS-2.3
 */
export const applyRatio: ApplyPart = (work, part) => {
  if (work.stay !== undefined) return
  for (const line of openLines(work)) divide(work, part, line)
}

/** Divides what is open of a line between fund and patient by the ratio of the part. */
export function divide(work: Workspace, part: PlanPart, line: LineWork): void {
  const figure = consult(work.book, part, 'ratioBp', line.circumstances)
  line.eligible = line.open
  if (figure === undefined) return
  const ratio = numberOf(figure)
  line.ratio = ratio
  const reason = { ruleId: figure.ruleId, article: figure.article, part: part.part, parameters: [figure] }
  const fund = shareOf(line.open, ratio)
  allot(line, 'basic-fund', 'basic-fund', fund, {
    ...reason,
    explain: (amount) => ({
      zh: `统筹基金按 ${percent(ratio)} 支付 ${formatYuan(amount)} 元（不足一分的部分舍去）。`,
      en: `The basic fund pays ${percent(ratio)}: CNY ${formatYuan(amount)} (cut to a whole fen).`,
    }),
  })
  allot(line, 'coinsurance', 'patient', line.open, {
    ...reason,
    explain: (amount) => ({
      zh: `统筹基金支付后个人按比例负担 ${formatYuan(amount)} 元。`,
      en: `The patient's part beside the fund's ${percent(ratio)}: CNY ${formatYuan(amount)}.`,
    }),
  })
  work.balances = { ...work.balances, fundPaid: work.balances.fundPaid + fund }
}
