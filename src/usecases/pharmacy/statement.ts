import type { Split } from '../../../schemas/statement.ts'
import type { Finding } from '../../domain/finding.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { PROBLEMS, Problem, type ProblemCode } from '../../domain/problems.ts'
import type { AdjudicationJson } from '../../domain/settlement/adjudication-json.ts'
import { findDossier } from '../../storage/pharmacy/dossier.ts'
import * as settlements from '../../storage/settlement.ts'
import type { Deps } from '../deps.ts'
import { papersOf } from '../patient/patient-papers.ts'
import type { QuoteDifference } from '../quote.ts'
import { splitView } from './split-view.ts'
import { requireConcerned, type Supplier } from './supplier.ts'

/** Why a settlement was declined, as the problem of that code says it. */
export interface Declined {
  readonly code: string
  readonly title: string
  readonly titleEn: string
  readonly detail: string
  readonly detailEn: string
}

/** The settlement statement (结算单) that patient or agent signs. */
export interface Statement {
  readonly prescriptionNo: string
  readonly settlementId: string
  readonly status: settlements.SettlementStatus
  readonly requestedAt: string
  readonly decidedAt?: string
  readonly reversedAt?: string
  /** Why it was declined, and what the fund doesn't pay. */
  readonly findings: readonly Finding[]
  /** What was lacking and what to do, when it was declined; the findings have each rule with its article. */
  readonly declined?: Declined
  /** Once settled. */
  readonly split?: Split
  /** How the bill differs from what pharmacy and patient were told before, and why; to be read before anybody signs. */
  readonly quotes?: readonly QuoteDifference[]
}

/**
 * The newest settlement statement of a pharmacy's own fulfilment.
 *
 * @throws Problem prescription-unknown; settlement-unknown when it never asked for a settlement
 * @see MZ-6.5, MZ-6.6
 */
export async function readStatement(
  deps: Deps,
  supplier: Supplier,
  prescriptionNo: string,
): Promise<Statement> {
  const { regionCode, institutionId } = supplier
  const now = deps.clock()
  const dossier = await findDossier(deps.pool, regionCode, prescriptionNo, now, institutionId)
  if (dossier === undefined) throw new Problem('prescription-unknown')
  const settlement =
    dossier.dispense === undefined
      ? undefined
      : await settlements.findOfDispense(deps.pool, regionCode, dossier.dispense.dispenseId)
  if (settlement === undefined) throw new Problem('settlement-unknown')
  return await statementOf(deps, settlement, now)
}

/** One of a supplier's own settlements of a prescription, with the papers that can be had of it. */
export interface OwnSettlement {
  readonly settlementId: string
  readonly settledAt: string
  readonly isReversed: boolean
  readonly papers: readonly string[]
}

/**
 * All settlements that a supplier made of a prescription, newest first: one for each supply of a long-term one.
 *
 * @throws Problem prescription-unknown
 * @see MZ-6.5
 */
export async function listOwnSettlements(
  deps: Pick<Deps, 'pool'>,
  supplier: Supplier,
  prescriptionNo: string,
): Promise<OwnSettlement[]> {
  const { regionCode, institutionId } = supplier
  const found = await papersOf(deps.pool, regionCode, prescriptionNo, institutionId)
  // Who settled something keeps its papers, whoever supplies the rest.
  if (found.length === 0) await requireConcerned(deps.pool, supplier, prescriptionNo)
  return found.map(({ settlementId, settledAt, isReversed, papers }) => ({
    settlementId,
    settledAt: settledAt.toISOString(),
    isReversed,
    papers,
  }))
}

/** A settlement as its statement, without confidential prices. */
export async function statementOf(
  deps: Deps,
  settlement: settlements.SettlementRow,
  now: Date,
): Promise<Statement> {
  const found = settlement.findings === undefined ? [] : (JSON.parse(settlement.findings) as Finding[])
  const adjudication =
    settlement.adjudication === undefined
      ? undefined
      : (JSON.parse(settlement.adjudication) as AdjudicationJson)
  const notCovered = adjudication?.input.notCovered ?? []
  const others = found.filter(({ effect }) => adjudication === undefined || effect !== 'not-covered')
  const snapshot = await deps.registers.latest(deps.pool, settlement.regionCode)
  return {
    prescriptionNo: settlement.prescriptionNo,
    settlementId: settlement.settlementId,
    status: settlement.status,
    requestedAt: settlement.requestedAt.toISOString(),
    ...(settlement.decidedAt === undefined ? {} : { decidedAt: settlement.decidedAt.toISOString() }),
    ...(settlement.reversedAt === undefined ? {} : { reversedAt: settlement.reversedAt.toISOString() }),
    findings: [...others, ...notCovered],
    ...(settlement.status === 'declined' ? declinedOf(settlement.declineCode) : {}),
    ...(adjudication === undefined ? {} : { split: splitView(adjudication, snapshot, dayOf(now)) }),
    ...(settlement.quoteDifferences === undefined ? {} : { quotes: quoteDifferencesOf(settlement) }),
  }
}

/** What was told before a settlement and how its bill differs; empty when nobody was told anything. */
export function quoteDifferencesOf({
  quoteDifferences = '[]',
}: Pick<settlements.SettlementRow, 'quoteDifferences'>): QuoteDifference[] {
  return JSON.parse(quoteDifferences) as QuoteDifference[]
}

/** Settlements from before the code was kept were declined by rules, or have no more to say. */
function declinedOf(code: string | undefined): { readonly declined?: Declined } {
  const known = code !== undefined && code in PROBLEMS ? (code as ProblemCode) : undefined
  if (known === undefined) return {}
  const { title, remedy } = PROBLEMS[known]
  return {
    declined: { code: known, title: title.zh, titleEn: title.en, detail: remedy.zh, detailEn: remedy.en },
  }
}
