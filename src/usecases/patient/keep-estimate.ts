import { canonicalJson } from '../../domain/primitives/canonical-json.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import { toJson } from '../../domain/settlement/adjudication-json.ts'
import { leave, type Transaction, together } from '../../storage/database.ts'
import { keep } from '../../storage/settlement-quote.ts'
import * as stocks from '../../storage/stock.ts'
import type { Deps } from '../deps.ts'
import type { LoadedPrescription } from '../judge-stored.ts'
import { quoteBasis, quoteFrom } from '../quote.ts'
import { linesLeft, shelfOf } from './pharmacy-offers.ts'

/**
 * Keeps what the page estimated for the pharmacy that the patient chooses, so that the bill can say how it differs.
 * Nothing is kept where the page showed no estimate.
 *
 * @see MZ-7.1
 */
export async function keepEstimate(
  deps: Deps,
  tx: Transaction,
  loaded: LoadedPrescription,
  pharmacyId: string,
  now: Date,
): Promise<void> {
  const { prescription, snapshot } = loaded
  const { regionCode, prescriptionNo } = prescription
  const lines = linesLeft(prescription)
  const codes = lines.map((line) => line.drugCode)
  const [stock, basis] = await together(stocks.of(tx, regionCode, codes), quoteBasis(tx, loaded, now))
  const shelf = stock.filter((row) => row.pharmacyId === pharmacyId)
  const { supply } = shelfOf(lines, shelf, snapshot, dayOf(now))
  if (supply === undefined) return
  try {
    const answer = quoteFrom(deps, basis, pharmacyId, supply, now)
    if (!answer.accepted) return
    const adjudication = canonicalJson(toJson(answer.adjudication))
    const estimate = { told: 'patient' as const, quotedAt: now, adjudication }
    leave(tx, keep(tx, regionCode, prescriptionNo, pharmacyId, estimate))
  } catch (error) {
    // A figure or fact is missing: then the page estimated nothing either.
    if (!(error instanceof Problem)) throw error
  }
}
