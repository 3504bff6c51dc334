import { v7 as uuid } from 'uuid'
import { type Finding, isRefused } from '../domain/finding.ts'
import { type CollectionTerms, collectUntil } from '../domain/prescription/collection.ts'
import { canonicalJson } from '../domain/primitives/canonical-json.ts'
import { dayOf } from '../domain/primitives/civil-day.ts'
import { type Fen, fenToJson } from '../domain/primitives/money.ts'
import { PROBLEMS, Problem, type ProblemCode } from '../domain/problems.ts'
import { collectionTerms } from '../domain/rules/cited.ts'
import { type AdjudicationJson, toJson } from '../domain/settlement/adjudication-json.ts'
import { shownDifferences } from '../domain/settlement/explain-difference.ts'
import { type Parties, postingsOf, type Split } from '../domain/settlement/postings.ts'
import { movementsOf } from '../domain/settlement/year-movements.ts'
import { inTransaction, leave, type Transaction, together } from '../storage/database.ts'
import * as ledger from '../storage/ledger.ts'
import type { StateRow } from '../storage/prescription/state.ts'
import * as settlements from '../storage/settlement.ts'
import * as quotes from '../storage/settlement-quote.ts'
import { adjudicateCase, type SupplyLine, settlementYear } from './adjudicate-case.ts'
import type { Deps } from './deps.ts'
import { type Case, judgeStored, keepDecision } from './judge-stored.ts'
import { give, lockPrescription, systemCaller } from './lifecycle.ts'
import { notCoveredOf } from './not-covered.ts'
import { requireUnrevoked } from './request-settlement.ts'
import { withStay } from './stay.ts'

/** Names one requested settlement; what the queue carries. */
export interface SettlementJob {
  readonly regionCode: string
  readonly settlementId: string
}

/**
 * Settles (结算) one request: judges, adjudicates, takes the balances of the year, tells the pharmacy; all in one transaction.
 *
 * Idempotent: a settlement that is decided already is left as it is, so the job may run any number of times and die
 * anywhere. A refusal is an outcome, not a failure: the request is declined with its findings and the pharmacy may
 * ask again, release, or have it deferred.
 *
 * @throws whatever the database throws; nothing is changed then, and the job is tried again
 * @see MZ-6.6, MZ-7.1, MZ-7.2
 */
export async function settlePrescription(deps: Deps, job: SettlementJob): Promise<void> {
  await inTransaction(deps.pool, async (tx) => {
    const now = deps.clock()
    const seen = await settlements.find(tx, job.regionCode, job.settlementId)
    if (seen === undefined) throw new Error(`no settlement ${job.settlementId}`)
    // Read again under the lock: another worker may have decided it meanwhile.
    const [row, settlement] = await together(
      lockPrescription(tx, job.regionCode, seen.prescriptionNo, now),
      settlements.find(tx, job.regionCode, job.settlementId),
    )
    if (settlement?.status !== 'requested') return
    const prepared = await prepare(deps, tx, row, settlement, now)
    if (prepared !== undefined) await complete(deps, tx, row, settlement, prepared, now)
  })
}

/** A settlement worked out and not yet done. Plain data, because it may have to outlive this process. */
export interface Prepared {
  readonly policyVersion: string
  /** Canonical JSON. */
  readonly adjudication: string
  readonly findings: string
  readonly split: Split
  readonly parties: Parties
  readonly year: number
  readonly measures: ReadonlyMap<string, Fen>
  /** Canonical JSON: how it differs from what pharmacy and patient were told; absent when they were told nothing. */
  readonly quoteDifferences?: string
}

/**
 * Judges and adjudicates a requested settlement, with the person's year locked.
 *
 * @returns undefined when it was declined instead
 */
export async function prepare(
  deps: Deps,
  tx: Transaction,
  row: StateRow,
  settlement: settlements.SettlementRow,
  now: Date,
): Promise<Prepared | undefined> {
  const { regionCode } = settlement
  const { lines } = JSON.parse(settlement.request) as { lines: SupplyLine[] }
  // A settlement is judged, and moves the year, as of its request: waiting in a queue costs the patient nothing.
  const judgedAt = settlement.requestedAt
  const judged = await judgeStored(deps, tx, regionCode, row.prescriptionNo, 'settlement', judgedAt, {
    pharmacyId: settlement.pharmacyId,
    supply: lines,
  })
  keepDecision(tx, judged, now)
  const policyVersion = judged.version.id
  if (isRefused(judged.findings)) {
    await decline(deps, tx, row, settlement, policyVersion, 'rules-failed', judged.findings, now)
    return undefined
  }
  const year = settlementYear(judgedAt)
  // The stay is locked before the year, here as in a file for reimbursement.
  const ofStay = await withStay(tx, judged)
  const [balances, [notCovered, told]] = await together(
    ledger.lockYear(tx, regionCode, settlement.personId, year),
    together(
      notCoveredOf(tx, judged),
      quotes.list(tx, regionCode, row.prescriptionNo, settlement.pharmacyId),
    ),
  )
  try {
    await requireUnrevoked(deps, judged, now)
    const adjudication = adjudicateCase(deps, ofStay, lines, balances, notCovered)
    const json = toJson(adjudication)
    return {
      policyVersion,
      adjudication: canonicalJson(json),
      ...(told.length === 0 ? {} : { quoteDifferences: differencesFrom(told, json) }),
      findings: canonicalJson(judged.findings),
      split: adjudication,
      parties: partiesOf(settlement, judged),
      year,
      measures: movementsOf(adjudication, settlement.hospitalId),
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await decline(deps, tx, row, settlement, policyVersion, error.code, error.findings, now)
    return undefined
  }
}

/** How a bill differs from what pharmacy and patient were told, as canonical JSON. */
export function differencesFrom(told: readonly quotes.StoredQuote[], bill: AdjudicationJson): string {
  const differences = told.map(({ told, quotedAt, adjudication }) => ({
    told,
    quotedAt: quotedAt.toISOString(),
    differences: shownDifferences(JSON.parse(adjudication), bill),
  }))
  return canonicalJson(differences)
}

/** Takes the balances of the year, keeps what the hand-over will post, and tells the pharmacy. */
export async function complete(
  deps: Deps,
  tx: Transaction,
  row: StateRow,
  settlement: settlements.SettlementRow,
  prepared: Prepared,
  now: Date,
): Promise<void> {
  const { regionCode, settlementId, personId } = settlement
  const { split, year, measures } = prepared
  const posted = ledger.post(tx, {
    regionCode,
    postingId: uuid(),
    kind: 'reservation',
    settlementId,
    day: dayOf(now),
    at: now,
    lines: [],
    movements: { personId, year, measures },
  })
  leave(tx, posted)
  const patientFen = fenToJson(split.totals.patient)
  const chargeFen = fenToJson(split.charge)
  const decided = settlements.decide(tx, regionCode, settlementId, {
    status: 'settled',
    at: now,
    policyVersion: prepared.policyVersion,
    adjudication: prepared.adjudication,
    entries: postingsOf(split, prepared.parties),
    findings: prepared.findings,
    chargeFen,
    fundFen: chargeFen - patientFen,
    patientFen,
    ...(prepared.quoteDifferences === undefined ? {} : { quoteDifferences: prepared.quoteDifferences }),
  })
  const moved = give(tx, row, {
    command: 'settle',
    by: 'system',
    caller: systemCaller(row.regionCode),
    now,
    patch: { holdUntil: collectUntil(termsOf(deps, prepared.policyVersion), row.expiresAt, now) },
    data: { settlementId, chargeFen, fundFen: chargeFen - patientFen, patientFen },
  })
  await together(decided, moved)
}

/** The capitation account is that of the institution which the person chose for the year (FS-3.6). */
function partiesOf(settlement: settlements.SettlementRow, judged: Case): Parties {
  const holder = judged.facts.person?.qualifications.find(
    ({ kind, hospitalId, validFrom, validTo }) =>
      kind === 'hospital-choice' &&
      hospitalId !== undefined &&
      validFrom <= judged.facts.today &&
      (validTo === undefined || judged.facts.today <= validTo),
  )
  return {
    supplierId: settlement.pharmacyId,
    hospitalId: settlement.hospitalId,
    ...(holder?.hospitalId === undefined ? {} : { capitationHolderId: holder.hospitalId }),
  }
}

/** Declines a requested settlement: the pharmacy may ask again, release, or have it deferred. */
export async function decline(
  deps: Deps,
  tx: Transaction,
  row: StateRow,
  settlement: settlements.SettlementRow,
  policyVersion: string,
  code: ProblemCode,
  findings: readonly Finding[],
  now: Date,
): Promise<void> {
  await settlements.decide(tx, settlement.regionCode, settlement.settlementId, {
    status: 'declined',
    at: now,
    policyVersion,
    findings: canonicalJson(findings),
    declineCode: code,
  })
  await give(tx, row, {
    command: 'decline-settlement',
    by: 'system',
    caller: systemCaller(row.regionCode),
    now,
    patch: { settlementRequestedAt: undefined, holdUntil: renewedHold(deps, policyVersion, now) },
    // No sentence of a finding: the chain of events and the feed hold codes alone. GET settlement has the sentences.
    data: {
      settlementId: settlement.settlementId,
      code,
      rules: findings.map(({ ruleId }) => ruleId),
      findings: findings.map(({ ruleId, rule, article, effect }) => ({ ruleId, rule, article, effect })),
      remedy: { ...PROBLEMS[code].remedy },
    },
  })
}

/** The pharmacy gets its time again: the wait for the settlement was not its own. */
function renewedHold(deps: Deps, policyVersion: string, now: Date): Date {
  return new Date(now.getTime() + termsOf(deps, policyVersion).holdMinutes * 60_000)
}

function termsOf(deps: Deps, policyVersion: string): CollectionTerms {
  const version = deps.policies.version(policyVersion)
  if (version === undefined) throw new Error(`no policy version ${policyVersion}`)
  return collectionTerms(version, deps.mode)
}
