import type { Facts, SupplyFacts } from '../facts.ts'

/** States in which a prescription supplied nothing and never will. */
const WITHOUT_SUPPLY: ReadonlySet<string> = new Set(['expired', 'cancelled', 'refused', 'returned'])

/** The supplies of the person's history that count: open or handed over, and not of this very prescription. */
export function liveSupplies(facts: Facts): SupplyFacts[] {
  return facts.history.filter(
    ({ state, prescriptionNo }) =>
      !WITHOUT_SUPPLY.has(state) && prescriptionNo !== facts.prescription.prescriptionNo,
  )
}
