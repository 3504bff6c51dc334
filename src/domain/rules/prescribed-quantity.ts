import type { Facts } from '../facts.ts'
import { eachSupply } from './lines.ts'
import { parameters } from './parameter-schemas.ts'
import { amount, UNREADABLE } from './readable-amount.ts'
import { defineRule, type Objection } from './rule.ts'

/** Is no more supplied than was prescribed and is still due? @see SX-17.5, SX-10.1, MZ-6.5 */
export const prescribedQuantity = defineRule<object>({
  name: 'prescribed-quantity',
  sentence: {
    zh: '供药数量不超过处方（剩余）数量。',
    en: 'No more is supplied than was prescribed and is still due.',
  },
  parameters: parameters(),
  needs: () => ['supply'],
  check(facts) {
    const totals = new Map<number, bigint>()
    const objections = eachSupply(facts, 'quantity', (supply, line) => {
      if (line === undefined) return undefined
      // Two entries for one line (two batches) count together.
      const total = (totals.get(line.lineNo) ?? 0n) + amount(supply.quantity, UNREADABLE)
      totals.set(line.lineNo, total)
      return total <= amount(line.remaining ?? line.quantity, 0n)
        ? undefined
        : {
            zh: `第${line.lineNo}行供药数量超过处方数量，超出部分基金不予支付。`,
            en: `Line ${line.lineNo}: more is supplied than prescribed; the fund does not pay for the surplus.`,
          }
    })
    return objections.map((objection) => ({ ...objection, ...wholeLine(facts, objection.lineNo) }))
  },
})

/** All that was prescribed may be covered; a line that was never prescribed, not at all. */
function wholeLine({ prescription }: Facts, lineNo: number | undefined): Pick<Objection, 'coveredQuantity'> {
  const line = prescription.lines.find((each) => each.lineNo === lineNo)
  return line === undefined ? {} : { coveredQuantity: line.quantity }
}
