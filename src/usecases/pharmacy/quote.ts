import { type PacksOfLine, packsOfLine } from '../../domain/packs/packs-of-line.ts'
import { canonicalJson } from '../../domain/primitives/canonical-json.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import { toJson } from '../../domain/settlement/adjudication-json.ts'
import { findDossier } from '../../storage/pharmacy/dossier.ts'
import { keep } from '../../storage/settlement-quote.ts'
import * as stocks from '../../storage/stock.ts'
import type { Deps } from '../deps.ts'
import { loadPrescription } from '../judge-stored.ts'
import { type Quote, quote as quoteSettlement } from '../quote.ts'
import type { SettlementRequest } from '../request-settlement.ts'
import { isConfidential } from './split-view.ts'
import type { Supplier } from './supplier.ts'

/** A quote as a pharmacy sees it. */
export type PharmacyQuote = Pick<Quote, 'accepted' | 'findings' | 'split'> & {
  readonly prescriptionNo: string
  readonly packs: readonly PacksOfLine[]
}

/**
 * What a settlement would come to now, for the pharmacy that the patient chose. The newest answer is kept until it
 * settles: the statement says how the bill differs from it, and why.
 *
 * Of a medicine whose price is confidential only the price that the pharmacy reported with its stock is quoted: what is
 * in excess of the registered price would tell it to whoever asks with prices of his own.
 *
 * @throws Problem prescription-unknown for any other pharmacy, price-not-reported, and what `quote` throws
 * @see MZ-7.1, MZ-10
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
  await refuseProbing(deps, supplier, prescriptionNo, lines, now)
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

async function refuseProbing(
  deps: Deps,
  { regionCode, institutionId }: Supplier,
  prescriptionNo: string,
  lines: SettlementRequest['lines'],
  now: Date,
): Promise<void> {
  const { prescription, snapshot } = await loadPrescription(deps, deps.pool, regionCode, prescriptionNo, now)
  const today = dayOf(now)
  const codes = new Map(
    prescription.lines
      .filter(({ drugCode }) => isConfidential(snapshot, drugCode, today))
      .map(({ lineNo, drugCode }) => [lineNo, drugCode]),
  )
  if (codes.size === 0) return
  const reported = new Map(
    (await stocks.of(deps.pool, regionCode, [...codes.values()]))
      .filter(({ pharmacyId }) => pharmacyId === institutionId)
      .map(({ drugCode, unitPriceFen }) => [drugCode, unitPriceFen]),
  )
  const invented = lines.flatMap(({ lineNo, unitPriceFen }) => {
    const drugCode = codes.get(lineNo)
    return drugCode === undefined || reported.get(drugCode) === unitPriceFen ? [] : [String(lineNo)]
  })
  if (invented.length > 0) throw new Problem('price-not-reported', { details: { lines: invented } })
}
