import { v7 as uuid } from 'uuid'
import { type Finding, isRefused } from '../domain/finding.ts'
import { canonicalJson, type Json } from '../domain/primitives/canonical-json.ts'
import { dayOf } from '../domain/primitives/civil-day.ts'
import { fenToJson } from '../domain/primitives/money.ts'
import { Problem, type ProblemCode } from '../domain/problems.ts'
import { holdMinutes } from '../domain/rules/cited.ts'
import type { Adjudication } from '../domain/settlement/adjudication.ts'
import { toJson } from '../domain/settlement/adjudication-json.ts'
import { type Parties, postingsOf } from '../domain/settlement/postings.ts'
import { inTransaction, type Transaction } from '../storage/database.ts'
import * as ledger from '../storage/ledger.ts'
import type { StateRow } from '../storage/prescription/state.ts'
import * as settlements from '../storage/settlement.ts'
import { adjudicateCase, movementsOf, type SupplyLine, settlementYear } from './adjudicate-case.ts'
import type { Deps } from './deps.ts'
import { type Case, judgeStored, keepDecision } from './judge-stored.ts'
import { give, lockPrescription, systemCaller } from './lifecycle.ts'
import { notCoveredOf } from './not-covered.ts'
import { requireUnrevoked } from './request-settlement.ts'

/** Names one requested settlement; what the queue carries. */
export interface SettlementJob {
  readonly regionCode: string
  readonly settlementId: string
}

/**
 * Settles (结算) one request: judges, adjudicates, posts to the ledger, tells the pharmacy; all in one transaction.
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
    const row = await lockPrescription(tx, job.regionCode, seen.prescriptionNo, now)
    // Read again under the lock: another worker may have decided it meanwhile.
    const settlement = await settlements.find(tx, job.regionCode, job.settlementId)
    if (settlement?.status !== 'requested') return
    const { lines } = JSON.parse(settlement.request) as { lines: SupplyLine[] }
    // A settlement is judged, and moves the year, as of its request: waiting in a queue costs the patient nothing.
    const judgedAt = settlement.requestedAt
    const judged = await judgeStored(deps, tx, job.regionCode, row.prescriptionNo, 'settlement', judgedAt, {
      pharmacyId: settlement.pharmacyId,
      supply: lines,
    })
    await keepDecision(tx, judged, now)
    if (isRefused(judged.findings)) {
      return await decline(deps, tx, row, settlement, judged, 'rules-failed', judged.findings, now)
    }
    const year = settlementYear(judgedAt)
    const balances = await ledger.lockYear(tx, job.regionCode, settlement.personId, year)
    try {
      await requireUnrevoked(deps, judged, now)
      const adjudication = adjudicateCase(deps, judged, lines, balances, await notCoveredOf(tx, judged))
      await post(tx, settlement, judged, adjudication, now)
      await finish(deps, tx, row, settlement, judged, adjudication, now)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      await decline(deps, tx, row, settlement, judged, error.code, error.findings, now)
    }
  })
}

async function post(
  tx: Transaction,
  settlement: settlements.SettlementRow,
  judged: Case,
  adjudication: Adjudication,
  now: Date,
): Promise<void> {
  const { regionCode, settlementId, personId } = settlement
  await ledger.post(tx, {
    regionCode,
    postingId: uuid(),
    kind: 'settlement',
    settlementId,
    day: dayOf(now),
    at: now,
    lines: postingsOf(adjudication, partiesOf(settlement, judged)),
    movements: {
      personId,
      year: settlementYear(settlement.requestedAt),
      measures: movementsOf(adjudication),
    },
  })
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

async function finish(
  deps: Deps,
  tx: Transaction,
  row: StateRow,
  settlement: settlements.SettlementRow,
  judged: Case,
  adjudication: Adjudication,
  now: Date,
): Promise<void> {
  const patientFen = fenToJson(adjudication.totals.patient)
  const chargeFen = fenToJson(adjudication.charge)
  await settlements.decide(tx, settlement.regionCode, settlement.settlementId, {
    status: 'settled',
    at: now,
    policyVersion: judged.version.id,
    adjudication: canonicalJson(toJson(adjudication)),
    findings: canonicalJson(judged.findings as unknown as Json),
    chargeFen,
    fundFen: chargeFen - patientFen,
    patientFen,
  })
  await give(tx, row, {
    command: 'settle',
    by: 'system',
    caller: systemCaller(row.regionCode),
    now,
    patch: { holdUntil: renewedHold(deps, judged, now) },
    data: { settlementId: settlement.settlementId, chargeFen, fundFen: chargeFen - patientFen, patientFen },
  })
}

async function decline(
  deps: Deps,
  tx: Transaction,
  row: StateRow,
  settlement: settlements.SettlementRow,
  judged: Case,
  code: ProblemCode,
  findings: readonly Finding[],
  now: Date,
): Promise<void> {
  await settlements.decide(tx, settlement.regionCode, settlement.settlementId, {
    status: 'declined',
    at: now,
    policyVersion: judged.version.id,
    findings: canonicalJson(findings as unknown as Json),
  })
  await give(tx, row, {
    command: 'decline-settlement',
    by: 'system',
    caller: systemCaller(row.regionCode),
    now,
    patch: { settlementRequestedAt: undefined, holdUntil: renewedHold(deps, judged, now) },
    data: { settlementId: settlement.settlementId, code, rules: findings.map(({ ruleId }) => ruleId) },
  })
}

/** The pharmacy gets its time again: the wait for the settlement was not its own. */
function renewedHold(deps: Deps, judged: Case, now: Date): Date {
  return new Date(now.getTime() + holdMinutes(judged.version, deps.mode) * 60_000)
}
