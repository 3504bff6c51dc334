import { type Fen, FULL, formatYuan } from '../../primitives/money.ts'
import { consult, numberOf } from '../figure-book.ts'
import { type ApplyPart, amountOn, type LineWork, leftOf, shift } from '../workspace.ts'

/**
 * The most that the basic fund pays in a year. What is eligible beyond the amount that exhausts it lies above the
 * maximum: the patient's, unless `large-amount` follows. Exact: the fund pays the maximum to the last fen.
 *
 * @see MZ-7.2, CQ-2.5a
 */
export const applyYearlyMaximum: ApplyPart = (work, part) => {
  let used = work.input.balances.fundPaid
  for (const line of work.lines) {
    if (line.eligible === 0n) continue
    const figure = consult(work.book, part, 'maximumFen', line.circumstances)
    if (figure === undefined) continue
    const fund = amountOn(line, ['basic-fund'])
    const maximum = numberOf(figure)
    const left = leftOf(maximum, used)
    const above = eligibleAbove(line, left)
    if (above > 0n) {
      const explain = (amount: Fen) => ({
        zh: `统筹基金年度最高支付限额 ${formatYuan(maximum)} 元已用完，超出部分 ${formatYuan(amount)} 元。`,
        en: `The fund's yearly maximum of CNY ${formatYuan(maximum)} is used up; CNY ${formatYuan(amount)} lies above it.`,
      })
      const reason = {
        ruleId: figure.ruleId,
        article: figure.article,
        part: part.part,
        parameters: [figure],
        explain,
      }
      const target = { layer: 'above-maximum', payer: 'patient' } as const
      const cut = fund - left
      shift(line, ['basic-fund'], target, cut, reason)
      shift(line, ['coinsurance'], target, above - cut, reason)
      work.balances = { ...work.balances, fundPaid: work.balances.fundPaid - cut }
    }
    used += amountOn(line, ['basic-fund'])
  }
}

/** What is eligible beyond the least amount whose fund part, cut to a whole fen, is all that is left. */
function eligibleAbove(line: LineWork, left: Fen): Fen {
  if (line.ratio === 0n) return 0n
  const exhausting = (left * FULL + line.ratio - 1n) / line.ratio
  return leftOf(line.eligible, exhausting)
}
