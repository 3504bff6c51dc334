import { formatYuan, least, shareOf } from '../../primitives/money.ts'
import { consult, hasFigure, numberOf } from '../figure-book.ts'
import { percent } from '../percent.ts'
import { type ApplyPart, amountOn, leftOf, shift } from '../workspace.ts'

/**
 * Large-amount insurance (大额): its ratio of what lies above the basic fund's yearly maximum, up to its own.
 *
 * Per line, cut to a whole fen; the rest stays the patient's. Applies to the schemes for which it has a ratio.
 *
 * @see CQ-2.5a
 */
export const applyLargeAmount: ApplyPart = (work, part) => {
  for (const line of work.lines) {
    if (line.eligible === 0n || !hasFigure(part, 'ratioBp', line.circumstances)) continue
    const ratio = consult(work.book, part, 'ratioBp', line.circumstances)
    const maximum = consult(work.book, part, 'maximumFen', line.circumstances)
    if (ratio === undefined || maximum === undefined) continue
    const byRatio = shareOf(amountOn(line, ['above-maximum']), numberOf(ratio))
    const paid = least(byRatio, leftOf(numberOf(maximum), work.balances.largeAmountPaid))
    shift(line, ['above-maximum'], { layer: 'large-amount', payer: 'large-amount' }, paid, {
      ruleId: ratio.ruleId,
      article: ratio.article,
      part: part.part,
      parameters: [ratio, maximum],
      explain: (amount) => ({
        zh: `超过统筹基金年度限额的部分，大额医保按 ${percent(numberOf(ratio))} 支付 ${formatYuan(amount)} 元。`,
        en: `Large-amount insurance pays ${percent(numberOf(ratio))} of what lies above the fund's maximum: CNY ${formatYuan(amount)}.`,
      }),
    })
    work.balances = { ...work.balances, largeAmountPaid: work.balances.largeAmountPaid + paid }
  }
}
