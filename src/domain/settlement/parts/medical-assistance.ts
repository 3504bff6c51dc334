import { formatYuan, least, shareOf } from '../../primitives/money.ts'
import { consult, hasFigure, layersOf, numberOf } from '../figure-book.ts'
import { percent } from '../percent.ts'
import { type ApplyPart, amountOn, isEligible, leftOf, shift } from '../workspace.ts'

/**
 * Medical assistance (医疗救助): a ratio of what the insurances have left to a person of an assistance class, up to
 * a yearly maximum. Applies to the classes for which it has a ratio.
 *
 * Per line, cut to a whole fen; the odd fen is the patient's.
 *
 * @see MZ-6.6
 */
export const applyMedicalAssistance: ApplyPart = (work, part) => {
  for (const line of work.lines) {
    if (!isEligible(line) || !hasFigure(part, 'ratioBp', line.circumstances)) continue
    const counts = consult(work.book, part, 'counts', line.circumstances)
    const ratio = consult(work.book, part, 'ratioBp', line.circumstances)
    const maximum = consult(work.book, part, 'maximumFen', line.circumstances)
    if (counts === undefined || ratio === undefined || maximum === undefined) continue
    const counted = layersOf(counts)
    const byRatio = shareOf(amountOn(line, counted), numberOf(ratio))
    const paid = least(byRatio, leftOf(numberOf(maximum), work.balances.assistancePaid))
    shift(line, counted, { layer: 'medical-assistance', payer: 'medical-assistance' }, paid, {
      ruleId: ratio.ruleId,
      article: ratio.article,
      part: part.part,
      parameters: [ratio, maximum, counts],
      explain: (amount) => ({
        zh: `医疗救助按 ${percent(numberOf(ratio))} 支付个人负担中的 ${formatYuan(amount)} 元。`,
        en: `Medical assistance pays ${percent(numberOf(ratio))} of the remaining own part: CNY ${formatYuan(amount)}.`,
      }),
    })
    work.balances = { ...work.balances, assistancePaid: work.balances.assistancePaid + paid }
  }
}
