import type { Split } from '../../schemas/statement.ts'
import type { Finding } from '../domain/finding.ts'
import { isRefused } from '../domain/finding.ts'
import { dayOf } from '../domain/primitives/civil-day.ts'
import type { Fen } from '../domain/primitives/money.ts'
import type { Adjudication, AdjudicationInput } from '../domain/settlement/adjudication.ts'
import { toJson } from '../domain/settlement/adjudication-json.ts'
import type { ShownDifference } from '../domain/settlement/explain-difference.ts'
import { type Queryable, together } from '../storage/database.ts'
import * as ledger from '../storage/ledger.ts'
import type { RegisterSnapshot } from '../storage/register-cache.ts'
import { adjudicateCase, settlementYear } from './adjudicate-case.ts'
import type { Deps } from './deps.ts'
import { type Case, judgeLoaded, type LoadedPrescription, loadPrescription } from './judge-stored.ts'
import { intakeFindings, notCoveredAmong } from './not-covered.ts'
import { splitView } from './pharmacy/split-view.ts'
import { linesWithin, pricedParts, type SettlementRequest, withoutHow } from './request-settlement.ts'
import { stayOf } from './stay.ts'

/** What a settlement now would come to. */
export interface Quote {
  /** With everything it rests on, confidential prices and balances included: never answer it as it is. */
  readonly adjudication: Adjudication
  /** The registers that it was judged by. */
  readonly snapshot: RegisterSnapshot
  /** The same as pharmacies and patients may see it, each amount with its explanation. */
  readonly split: Split
  /** True when no rule would refuse the settlement now. */
  readonly accepted: boolean
  /** What the settlement step finds, and what the fund doesn't pay. */
  readonly findings: readonly Finding[]
}

/** How a bill differs from one quote. */
export interface QuoteDifference {
  readonly told: 'pharmacy' | 'patient'
  readonly quotedAt: string
  /** Empty when every payer bears what was told. */
  readonly differences: readonly ShownDifference[]
}

/** What quotes for one prescription rest on, whichever pharmacy is asked about. */
export interface QuoteBasis {
  readonly loaded: LoadedPrescription
  /** What the person used up of the year, by measure. */
  readonly year: ReadonlyMap<string, Fen>
  readonly atIntake: readonly Finding[]
  /** Of an inpatient. */
  readonly stay?: NonNullable<AdjudicationInput['stay']>
}

/** Reads what quotes for a prescription rest on beside what was loaded of it. */
export async function quoteBasis(db: Queryable, loaded: LoadedPrescription, now: Date): Promise<QuoteBasis> {
  const { regionCode, prescriptionNo, personId } = loaded.prescription
  const [year, [atIntake, stay]] = await together(
    ledger.readYear(db, regionCode, personId, settlementYear(now)),
    together(intakeFindings(db, regionCode, prescriptionNo), stayOf(db, loaded.document)),
  )
  return { loaded, atIntake, year, ...(stay && { stay }) }
}

/**
 * Says what a settlement at `now` would come to, by the same judgement and adjudication as the bill. Stores nothing
 * and locks nothing. Who may ask is the caller's matter.
 *
 * @param lines as the pharmacy would supply them, priced
 * @throws Problem prescription-unknown, quantity-exceeded, policy-missing, policy-not-cited, settlement-facts-missing
 * @see MZ-7.1, MZ-7.2
 */
export async function quote(
  deps: Deps,
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
  pharmacyId: string,
  lines: SettlementRequest['lines'],
  now: Date,
): Promise<Quote> {
  const loaded = await loadPrescription(deps, db, regionCode, prescriptionNo, now)
  return quoteFrom(deps, await quoteBasis(db, loaded, now), pharmacyId, lines, now)
}

/**
 * As `quote`, from what was read before.
 *
 * @throws Problem quantity-exceeded, policy-missing, policy-not-cited, settlement-facts-missing
 */
export function quoteFrom(
  deps: Deps,
  { loaded, year, atIntake, stay }: QuoteBasis,
  pharmacyId: string,
  lines: SettlementRequest['lines'],
  now: Date,
): Quote {
  const parts = pricedParts(lines)
  const judged = withoutBuyer(
    judgeLoaded(deps, loaded, 'settlement', now, { pharmacyId, supply: parts.map(withoutHow) }),
  )
  const supplied = linesWithin(judged, parts)
  const notCovered = notCoveredAmong([...atIntake, ...judged.findings])
  const adjudication = adjudicateCase(deps, { ...judged, ...(stay && { stay }) }, supplied, year, notCovered)
  const others = judged.findings.filter(({ effect }) => effect !== 'not-covered')
  return {
    adjudication,
    snapshot: judged.snapshot,
    split: splitView(toJson(adjudication), judged.snapshot, dayOf(now)),
    accepted: !isRefused(judged.findings),
    findings: [...others, ...notCovered],
  }
}

/** A quote says what the money would be: who buys is checked when somebody comes to buy. */
function withoutBuyer(judged: Case): Case {
  return { ...judged, findings: judged.findings.filter(({ rule }) => rule !== 'buyer-identified') }
}
