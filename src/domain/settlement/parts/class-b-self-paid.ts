import { FULL, formatYuan, shareOf } from '../../primitives/money.ts'
import { consult, hasFigure, numberOf } from '../figure-book.ts'
import { percent } from '../percent.ts'
import { type ApplyPart, allot, openLines } from '../workspace.ts'

/**
 * The share of a class-B medicine that the patient pays before anything else, per line.
 *
 * What stays eligible is cut to a whole fen; the odd fen is the patient's. A line for which the plan names no share
 * has none when it is class A, and cannot be settled when it is class B.
 *
 * @see MZ-7.1, SC-P2
 */
export const applyClassBSelfPaid: ApplyPart = (work, part) => {
  for (const line of openLines(work)) {
    if (line.line.medicineClass === 'A' && !hasFigure(part, 'shareBp', line.circumstances)) continue
    const figure = consult(work.book, part, 'shareBp', line.circumstances)
    if (figure === undefined) continue
    const share = numberOf(figure)
    allot(line, 'class-b', 'patient', line.open - shareOf(line.open, FULL - share), {
      ruleId: figure.ruleId,
      article: figure.article,
      part: part.part,
      parameters: [figure],
      explain: (amount) => ({
        zh: `乙类药品先行自付 ${percent(share)}：${formatYuan(amount)} 元（不足一分的部分由个人负担）。`,
        en: `First self-paid share of a class-B medicine, ${percent(share)}: CNY ${formatYuan(amount)} (the odd fen is the patient's).`,
      }),
    })
  }
}
