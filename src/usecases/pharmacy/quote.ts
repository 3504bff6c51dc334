import { packsNeeded } from '../../domain/packs/supplied-batches.ts'
import { untracedKindOf } from '../../domain/packs/untraced.ts'
import { canonicalJson } from '../../domain/primitives/canonical-json.ts'
import { parseQuantity, type Quantity } from '../../domain/primitives/quantity.ts'
import { Problem } from '../../domain/problems.ts'
import type { Drug } from '../../domain/registers.ts'
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
  readonly packs: readonly PacksOfLine[]
}

/** The trace codes that a line will need at the hand-over. */
export interface PacksOfLine {
  readonly lineNo: number
  readonly traceCodes: 'needed' | 'none'
  readonly count?: number
  readonly packSize?: number
}

function packsOfLine(lineNo: number, quantity: Quantity, drug: Drug | undefined): PacksOfLine {
  if (untracedKindOf(drug) !== undefined) return { lineNo, traceCodes: 'none' }
  const packSize = drug?.packSize
  return {
    lineNo,
    traceCodes: 'needed',
    ...(packSize === undefined
      ? {}
      : { count: packsNeeded(quantity, parseQuantity(String(packSize))), packSize }),
  }
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
  const { accepted, findings, split, adjudication, snapshot } = await quoteSettlement(
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
  const { input } = adjudication
  const packs = input.lines.map(({ lineNo, drugCode, quantity }) =>
    packsOfLine(lineNo, quantity, snapshot.find('drug', drugCode, input.day)),
  )
  return { prescriptionNo, accepted, findings, packs, split }
}
