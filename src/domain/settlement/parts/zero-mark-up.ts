import { formatYuan } from '../../primitives/money.ts'
import { lowerPrice, priceOf } from '../../primitives/price.ts'
import { type ApplyPart, allot, openLines } from '../workspace.ts'

/**
 * What the price has above the purchase price is charged to nobody; the institution waives it.
 *
 * Both prices are multiplied by the quantity and rounded half up; the difference is exact.
 *
 * @see FS-3.4
 */
export const applyZeroMarkUp: ApplyPart = (work, part) => {
  for (const line of openLines(work)) {
    const purchase = line.line.purchasePriceFen
    if (purchase === undefined) {
      work.facts.push({ fact: 'purchase-price', lineNo: line.line.lineNo })
      continue
    }
    line.unitPriceFen = lowerPrice(line.unitPriceFen, purchase)
    const allowed = priceOf(line.unitPriceFen, line.line.quantity)
    allot(line, 'mark-up', 'institution', line.open - allowed, {
      ruleId: part.source,
      article: part.article,
      part: part.part,
      parameters: [],
      explain: (amount) => ({
        zh: `零差价销售：高于进价的 ${formatYuan(amount)} 元不得收取，由供药机构承担。`,
        en: `Sold without mark-up: CNY ${formatYuan(amount)} above the purchase price may not be charged; the supplier bears it.`,
      }),
    })
  }
}
