import { formatQuantity, parseQuantity } from '../primitives/quantity.ts'

/** A drug in a pharmacy's books over a period. Decimal texts in the unit of the drug; absent means never counted. */
export interface DrugBalance {
  readonly drugCode: string
  readonly opening?: string
  readonly bought: string
  readonly sold: string
  readonly closing?: string
}

/** Something in the books that doesn't fit. */
export interface StockFinding {
  readonly kind:
    | 'sold-more-than-bought'
    | 'stock-differs'
    | 'sale-without-dispense'
    | 'dispense-without-sale'
    | 'quantity-differs'
    | 'price-above-purchase'
  readonly drugCode: string
  /** The line in the pharmacy's books, or the dispense. */
  readonly reference?: string
  /** A quantity, or fen for a price. */
  readonly found: string
  readonly expected: string
}

/**
 * Compares what went out and what is left with what came in.
 *
 * A count counts as the end of its day. Without a count before the period the opening is zero: what was sold has to
 * have been bought within the uploaded books.
 *
 * @see MZ-9.4a
 */
export function checkBalance({
  drugCode,
  opening = '0',
  bought,
  sold,
  closing,
}: DrugBalance): StockFinding[] {
  const available = parseQuantity(opening) + parseQuantity(bought)
  const gone = parseQuantity(sold)
  if (gone > available) {
    return [{ kind: 'sold-more-than-bought', drugCode, found: sold, expected: formatQuantity(available) }]
  }
  const left = formatQuantity(available - gone)
  return closing === undefined || closing === left
    ? []
    : [{ kind: 'stock-differs', drugCode, found: closing, expected: left }]
}
