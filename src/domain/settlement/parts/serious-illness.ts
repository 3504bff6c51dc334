import { type Fen, FULL, formatYuan, least } from '../../primitives/money.ts'
import { bandsOf, consult, hasFigure, layersOf, numberOf } from '../figure-book.ts'
import type { Band } from '../plan.ts'
import { type ApplyPart, amountOn, countOwn, isEligible, leftOf, shift } from '../workspace.ts'

/**
 * Serious-illness insurance (大病): pays by bands for own payments of the year above its threshold, up to its
 * maximum. Applies to the schemes and classes for which it has a threshold.
 *
 * Cut to a whole fen on the sum of the year, so that how purchases are spread over the year changes nothing; the
 * odd fen is the patient's. Own payments that were taken back count no more, what was paid for later ones stays: until
 * the year has earned that again, nothing is paid, so no band is paid twice.
 *
 * @see CQ-2.5b, MZ-6.6
 */
export const applySeriousIllness: ApplyPart = (work, part) => {
  const first = work.lines.find(isEligible)
  if (first === undefined || !hasFigure(part, 'thresholdFen', first.circumstances)) return
  const [counts, threshold, bands, maximum] = ['counts', 'thresholdFen', 'bands', 'maximumFen'].map((name) =>
    consult(work.book, part, name, first.circumstances),
  )
  if (counts === undefined || threshold === undefined || bands === undefined || maximum === undefined) return
  const counted = layersOf(counts)
  const dueFor = (year: Fen) => bandPayment(leftOf(year, numberOf(threshold)), bandsOf(bands))
  let own = work.input.balances.ownPaid
  countOwn(work, counted)
  for (const line of work.lines) {
    const amount = amountOn(line, counted)
    const { seriousIllnessPaid } = work.balances
    const due = least(dueFor(own + amount) - dueFor(own), leftOf(dueFor(own + amount), seriousIllnessPaid))
    const paid = least(due, leftOf(numberOf(maximum), seriousIllnessPaid))
    own += amount
    shift(line, counted, { layer: 'serious-illness', payer: 'serious-illness' }, paid, {
      ruleId: threshold.ruleId,
      article: threshold.article,
      part: part.part,
      parameters: [threshold, bands, maximum, counts],
      explain: (rest) => ({
        zh: `年度个人自付累计超过大病保险起付线 ${formatYuan(numberOf(threshold))} 元，大病保险分段支付 ${formatYuan(rest)} 元。`,
        en: `Own payments of the year exceed the threshold of CNY ${formatYuan(numberOf(threshold))}; serious-illness insurance pays CNY ${formatYuan(rest)} by bands.`,
      }),
    })
    work.balances = { ...work.balances, seriousIllnessPaid: work.balances.seriousIllnessPaid + paid }
  }
}

/** What the bands give for an amount above the threshold, cut to a whole fen. */
export function bandPayment(above: Fen, bands: readonly Band[]): Fen {
  const parts = bands.map(({ overFen, ratioBp }, index) => {
    const end = bands[index + 1]?.overFen
    const top = end === undefined ? above : least(above, BigInt(end))
    return leftOf(top, BigInt(overFen)) * BigInt(ratioBp)
  })
  return parts.reduce((sum, part) => sum + part, 0n) / FULL
}
