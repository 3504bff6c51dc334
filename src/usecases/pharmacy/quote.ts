import { canonicalJson } from '../../domain/primitives/canonical-json.ts'
import { Problem } from '../../domain/problems.ts'
import { toJson } from '../../domain/settlement/adjudication-json.ts'
import { findDossier } from '../../storage/pharmacy/dossier.ts'
import { keep } from '../../storage/settlement-quote.ts'
import type { Deps } from '../deps.ts'
import { type Quote, quote as quoteSettlement } from '../quote.ts'
import type { SettlementRequest } from '../request-settlement.ts'
import type { Supplier } from './supplier.ts'

/** A quote as a pharmacy sees it. */
export type PharmacyQuote = Pick<Quote, 'accepted' | 'findings' | 'split'> & {
  readonly prescriptionNo: string
}

/**
 * What a settlement would come to now, for the pharmacy that the patient chose. The newest answer is kept until it
 * settles: the statement says how the bill differs from it, and why.
 *
 * @throws Problem prescription-unknown for any other pharmacy, and what `quote` throws
 * @see MZ-7.1
 */
export async function quoteForPharmacy(
  deps: Deps,
  supplier: Supplier,
  prescriptionNo: string,
  { lines }: SettlementRequest,
): Promise<PharmacyQuote> {
  const { regionCode, institutionId } = supplier
  const now = deps.clock()
  const dossier = await findDossier(deps.pool, regionCode, prescriptionNo, now, institutionId)
  if (dossier === undefined || !dossier.isChosen) throw new Problem('prescription-unknown')
  const { accepted, findings, split, adjudication } = await quoteSettlement(
    deps,
    deps.pool,
    regionCode,
    prescriptionNo,
    institutionId,
    lines,
    now,
  )
  await keep(deps.pool, regionCode, prescriptionNo, institutionId, {
    told: 'pharmacy',
    quotedAt: now,
    adjudication: canonicalJson(toJson(adjudication)),
  })
  return { prescriptionNo, accepted, findings, split }
}
