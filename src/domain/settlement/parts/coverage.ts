import { formatYuan } from '../../primitives/money.ts'
import { priceOf } from '../../primitives/price.ts'
import { allot, openLines, type Workspace } from '../workspace.ts'

/**
 * What no fund pays for: lines with a finding `not-covered` (or all lines, for a finding on the whole
 * prescription), and the quantity above what may be covered. The patient pays it, by the id of the rule. Exact.
 *
 * @see MZ-7.2, CQ-4.4, SX-7, SX-17.1, SX-17.2, SX-17.3, SX-17.5, SX-17.6
 */
export function setAsideNotCovered(work: Workspace): void {
  // One that bounds the quantity has become the excess of its line.
  const findings = work.input.notCovered.filter(
    ({ effect, coveredQuantity }) => effect === 'not-covered' && coveredQuantity === undefined,
  )
  for (const line of openLines(work)) {
    const finding = findings.find(({ lineNo }) => lineNo === undefined || lineNo === line.line.lineNo)
    if (finding !== undefined) {
      allot(line, 'not-covered', 'patient', line.open, {
        ruleId: finding.ruleId,
        article: finding.article,
        part: 'coverage',
        parameters: [],
        explain: () => finding.message,
      })
      continue
    }
    const { excess } = line.line
    if (excess === undefined) continue
    const covered = priceOf(line.unitPriceFen, line.line.quantity - excess.quantity)
    allot(line, 'not-covered', 'patient', line.open - covered, {
      ruleId: excess.ruleId,
      article: excess.article,
      part: 'coverage',
      parameters: [],
      explain: (amount) => ({
        zh: `超过规定用量的 ${formatYuan(amount)} 元，医保基金不予支付。`,
        en: `CNY ${formatYuan(amount)} for more than the quantity allowed is not covered.`,
      }),
    })
  }
}
