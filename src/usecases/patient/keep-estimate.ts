import { canonicalJson } from '../../domain/primitives/canonical-json.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { parseQuantity } from '../../domain/primitives/quantity.ts'
import { Problem } from '../../domain/problems.ts'
import { toJson } from '../../domain/settlement/adjudication-json.ts'
import { keep } from '../../storage/settlement-quote.ts'
import * as stocks from '../../storage/stock.ts'
import type { Deps } from '../deps.ts'
import { judgeStored } from '../judge-stored.ts'
import { quote } from '../quote.ts'
import { shelfOf } from './pharmacy-offers.ts'

/**
 * Keeps what the page estimated for the pharmacy that the patient has just chosen, so that the bill can say how it
 * differs. Nothing is kept where the page showed no estimate.
 *
 * @see MZ-7.1
 */
export async function keepEstimate(
  deps: Deps,
  regionCode: string,
  prescriptionNo: string,
  pharmacyId: string,
  now: Date,
): Promise<void> {
  const { pool } = deps
  const { prescription, snapshot } = await judgeStored(deps, pool, regionCode, prescriptionNo, 'choice', now)
  const lines = prescription.lines.filter((line) => parseQuantity(line.remaining) > 0n)
  const codes = lines.map((line) => line.drugCode)
  const shelf = (await stocks.of(pool, regionCode, codes)).filter((row) => row.pharmacyId === pharmacyId)
  const { supply } = shelfOf(lines, shelf, snapshot, dayOf(now))
  if (supply === undefined) return
  try {
    const answer = await quote(deps, pool, regionCode, prescriptionNo, pharmacyId, supply, now)
    if (!answer.accepted) return
    const adjudication = canonicalJson(toJson(answer.adjudication))
    await keep(pool, regionCode, prescriptionNo, pharmacyId, { told: 'patient', quotedAt: now, adjudication })
  } catch (error) {
    // A figure or fact is missing: then the page estimated nothing either.
    if (!(error instanceof Problem)) throw error
  }
}
