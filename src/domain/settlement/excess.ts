import type { Facts } from '../facts.ts'
import type { Finding } from '../finding.ts'
import { parseQuantity } from '../primitives/quantity.ts'
import type { SettlementLine } from './adjudication.ts'

/**
 * As much of a supplied line as lies above what may be covered of the prescribed one. What was supplied of it before
 * counts first; where several findings bound it, the narrowest holds.
 *
 * @param supply quantity as decimal text
 * @param findings those with the effect `not-covered`
 * @see SX-17.5
 */
export function excessOf(
  { prescription }: Pick<Facts, 'prescription'>,
  { lineNo, quantity }: { readonly lineNo: number; readonly quantity: string },
  findings: readonly Finding[],
): Pick<SettlementLine, 'excess'> {
  const line = prescription.lines.find((each) => each.lineNo === lineNo)
  if (line === undefined) return {}
  const supplied = parseQuantity(quantity)
  const before = parseQuantity(line.quantity) - parseQuantity(line.remaining ?? line.quantity)
  return findings
    .flatMap(({ coveredQuantity, ruleId, article, ...finding }) => {
      if (coveredQuantity === undefined || finding.lineNo !== lineNo) return []
      const left = parseQuantity(coveredQuantity) - before
      const covered = left > 0n ? left : 0n
      return covered < supplied ? [{ quantity: supplied - covered, ruleId, article }] : []
    })
    .reduce<Pick<SettlementLine, 'excess'>>(
      (widest, excess) => (excess.quantity > (widest.excess?.quantity ?? 0n) ? { excess } : widest),
      {},
    )
}
