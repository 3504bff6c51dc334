import type { State } from '../lifecycle/transitions.ts'
import { formatQuantity, parseQuantity } from '../primitives/quantity.ts'
import type { DispenseLine } from './supply.ts'

/** Decimal texts in the unit of the line; prescribed = dispensed + cancelled + remaining. */
export interface LineBalance {
  readonly lineNo: number
  readonly drugCode: string
  readonly unit: string
  readonly prescribed: string
  readonly dispensed: string
  readonly cancelled: string
  readonly remaining: string
  /** Of what was dispensed, what came back; it does not become open again. Absent when nothing did. */
  readonly returned?: string
}

/** The balances once these lines are handed over. */
export function afterSupply(
  balances: readonly LineBalance[],
  supplied: readonly DispenseLine[],
): LineBalance[] {
  const moved = new Map(supplied.map((line) => [line.lineNo, parseQuantity(line.quantity)]))
  return balances.map((line) => {
    const quantity = moved.get(line.lineNo) ?? 0n
    return {
      ...line,
      dispensed: formatQuantity(parseQuantity(line.dispensed) + quantity),
      remaining: formatQuantity(parseQuantity(line.remaining) - quantity),
    }
  })
}

/** The balances once what remains of every line is cancelled. */
export function afterCancel(balances: readonly LineBalance[]): LineBalance[] {
  return balances.map((line) => ({
    ...line,
    cancelled: formatQuantity(parseQuantity(line.cancelled) + parseQuantity(line.remaining)),
    remaining: '0',
  }))
}

/**
 * The balances as they are read in a state: of what is cancelled nothing remains, whether the sweep has recorded it yet
 * or not.
 */
export function balancesIn(state: State, balances: readonly LineBalance[]): readonly LineBalance[] {
  return state === 'cancelled' ? afterCancel(balances) : balances
}
