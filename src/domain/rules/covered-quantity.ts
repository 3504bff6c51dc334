import type { Facts, PrescriptionLineFacts } from '../facts.ts'
import { formatQuantity } from '../primitives/quantity.ts'
import { amount } from './readable-amount.ts'
import type { Objection } from './rule.ts'

/**
 * The part of a prescribed line that lies within a number of days, cut down to what can be written (a ten-thousandth).
 *
 * @param share of a line: days allowed (none when less than 0) and days that the line lasts
 * @see SX-17.5
 */
export function coveredOf(
  { prescription }: Facts,
  lineNo: number | undefined,
  share: (line: PrescriptionLineFacts) => readonly [allowed: number, lasts: number],
): Pick<Objection, 'coveredQuantity'> {
  const line = prescription.lines.find((each) => each.lineNo === lineNo)
  if (line === undefined) return {}
  const [allowed, lasts] = share(line)
  const days = BigInt(Math.max(0, Math.min(allowed, lasts)))
  return { coveredQuantity: formatQuantity((amount(line.quantity, 0n) * days) / BigInt(Math.max(1, lasts))) }
}
