import { parseQuantity, type Quantity } from '../primitives/quantity.ts'

/** Larger than any quantity: what cannot be read never passes. */
export const UNREADABLE: Quantity = 10n ** 30n

/** A quantity from its text, or the given one when the text is no quantity: a rule never throws for bad input. */
export function amount(text: string, otherwise: Quantity): Quantity {
  try {
    return parseQuantity(text)
  } catch {
    return otherwise
  }
}
