import { parseQuantity, type Quantity } from '../primitives/quantity.ts'
import type { Drug } from '../registers.ts'
import { packsNeeded } from './supplied-batches.ts'
import { untracedKindOf } from './untraced.ts'

/** The trace codes that a line will need at the hand-over. */
export interface PacksOfLine {
  readonly lineNo: number
  readonly traceCodes: 'needed' | 'none'
  /** Packs that the quantity needs; absent where the register doesn't say the pack size. */
  readonly count?: number
  readonly packSize?: number
}

/** What trace codes so much of a drug will need. @see MZ-4.3a */
export function packsOfLine(lineNo: number, quantity: Quantity, drug: Drug | undefined): PacksOfLine {
  if (untracedKindOf(drug) !== undefined) return { lineNo, traceCodes: 'none' }
  const packSize = drug?.packSize
  if (packSize === undefined) return { lineNo, traceCodes: 'needed' }
  const count = packsNeeded(quantity, parseQuantity(String(packSize)))
  return { lineNo, traceCodes: 'needed', count, packSize }
}
