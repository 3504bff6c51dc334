import { formatYuan } from '../../primitives/money.ts'
import { formatPrice, priceOf } from '../../primitives/price.ts'
import { type ApplyPart, allot, openLines } from '../workspace.ts'

/**
 * What the price has above the payment standard is the patient's, the same in hospital and pharmacy.
 *
 * Standard and price are multiplied by the covered quantity and rounded half up; the difference is exact.
 *
 * @see MZ-7.1, SX-17.4, SC-D4b, FS-3.5b
 */
export const applyPaymentStandard: ApplyPart = (work, part) => {
  for (const line of openLines(work)) {
    const standard = line.line.paymentStandardFen
    if (standard === undefined) {
      work.facts.push({ fact: 'payment-standard', lineNo: line.line.lineNo })
      continue
    }
    const allowed = priceOf(standard, line.line.quantity - (line.line.excess?.quantity ?? 0n))
    if (line.open <= allowed) continue
    allot(line, 'above-standard', 'patient', line.open - allowed, {
      ruleId: part.source,
      article: part.article,
      part: part.part,
      parameters: [],
      explain: (amount) => ({
        zh: `高于医保支付标准（单位 ${formatPrice(standard)} 元）的 ${formatYuan(amount)} 元由个人负担。`,
        en: `CNY ${formatYuan(amount)} above the payment standard (CNY ${formatPrice(standard)} a unit) is the patient's.`,
      }),
    })
  }
}
