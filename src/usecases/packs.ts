import { type PacksOfLine, packsOfLine } from '../domain/packs/packs-of-line.ts'
import type { BatchGiven } from '../domain/packs/supplied-batches.ts'
import { traceCodeOf } from '../domain/packs/trace-code.ts'
import { dayOf } from '../domain/primitives/civil-day.ts'
import { parseQuantity, type Quantity } from '../domain/primitives/quantity.ts'
import type { RegisterSnapshot } from '../storage/register-cache.ts'

/** Units in a pack of a drug by the register of the day; undefined where it doesn't say. */
export function packSizesOf(
  snapshot: RegisterSnapshot,
  now: Date,
): (drugCode: string) => Quantity | undefined {
  const day = dayOf(now)
  return (drugCode) => {
    const size = snapshot.find('drug', drugCode, day)?.packSize
    return size === undefined ? undefined : parseQuantity(String(size))
  }
}

/** The trace codes that what remains of a prescription will need; of a line that is used up, nothing. */
export function packsOfRemaining(
  lines: readonly { readonly lineNo: number; readonly drugCode: string; readonly remaining: string }[],
  snapshot: RegisterSnapshot,
  now: Date,
): PacksOfLine[] {
  const day = dayOf(now)
  return lines
    .map((line) => ({ ...line, quantity: parseQuantity(line.remaining) }))
    .filter(({ quantity }) => quantity > 0n)
    .map(({ lineNo, drugCode, quantity }) =>
      packsOfLine(lineNo, quantity, snapshot.find('drug', drugCode, day)),
    )
}

/** The serials that a body names, for the lock; what is no trace code is refused later. */
export function serialsOf(lines: readonly BatchGiven[]): string[] {
  const scanned = lines.flatMap(({ traceCodes = [], packs = [] }) => [
    ...traceCodes,
    ...packs.map(({ traceCode }) => traceCode),
  ])
  const serials = scanned.map(traceCodeOf).flatMap((code) => (typeof code === 'string' ? [] : [code.serial]))
  return [...new Set(serials)]
}
