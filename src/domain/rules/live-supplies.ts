import type { Facts, SupplyFacts } from '../facts.ts'
import { ENDED_EARLY } from '../kept-supply.ts'

/**
 * The supplies of the person's history that count: open or handed over, and not of this very prescription. Of one
 * that ended early counts what was handed over and kept.
 */
export function liveSupplies(facts: Facts): SupplyFacts[] {
  return facts.history.flatMap((supply) => {
    if (supply.prescriptionNo === facts.prescription.prescriptionNo) return []
    if (!ENDED_EARLY.has(supply.state)) return [supply]
    return supply.kept === undefined ? [] : [{ ...supply, ...supply.kept }]
  })
}
