import type { Price } from '../primitives/price.ts'
import { type PaymentStandard, standardPrice } from '../registers.ts'

/** What the registers say of a product's price on a day. */
export interface PricesOfDrug {
  /** What the fund pays by; absent when nothing is registered. */
  readonly standard?: Price
  /** What the institution paid for it, the most that it may ask where nothing is marked up (FS-3.4). */
  readonly purchase?: Price
}

/**
 * Picks the prices of a product from the entries that hold on a day, its own and those of its generic name.
 *
 * A negotiated price is the standard, the product's own before that of its name. Once a generic name is procured, the
 * price that won is the standard of all its products, whatever they cost; until then what the institution paid.
 *
 * @param standards any order; of several of a generic name the narrowest counts, the specification before the form
 * @see CQ-5.1, MZ-7.1, FS-3.5b
 */
export function pricesOfDrug(standards: readonly PaymentStandard[]): PricesOfDrug {
  const own = (basis: PaymentStandard['basis']) =>
    standards.find((each) => each.generic === undefined && each.basis === basis)
  const ofName = (basis: PaymentStandard['basis']) =>
    standards
      .filter((each) => each.generic !== undefined && each.basis === basis)
      .sort((a, b) => narrownessOf(b) - narrownessOf(a))[0]
  const purchase = own('purchase') ?? own('procured')
  const standard =
    own('negotiated') ?? ofName('negotiated') ?? ofName('procured') ?? own('procured') ?? purchase
  return {
    ...(standard === undefined ? {} : { standard: standardPrice(standard) }),
    ...(purchase === undefined ? {} : { purchase: standardPrice(purchase) }),
  }
}

function narrownessOf({ generic }: PaymentStandard): number {
  return (generic?.specification === undefined ? 0 : 2) + (generic?.form === undefined ? 0 : 1)
}
