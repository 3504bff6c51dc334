import { v7 as uuid } from 'uuid'
import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import type { EarlierSupplyFacts, Facts, Step, SupplyLineFacts } from '../domain/facts.ts'
import { type Finding, isRefused } from '../domain/finding.ts'
import { type Buyer, buyerFacts } from '../domain/prescription/buyer.ts'
import type { Judgement } from '../domain/prescription/decision.ts'
import { canonicalJson } from '../domain/primitives/canonical-json.ts'
import { dayOf } from '../domain/primitives/civil-day.ts'
import type { PriceJson } from '../domain/primitives/price.ts'
import { Problem } from '../domain/problems.ts'
import type { Qualification } from '../domain/registers.ts'
import { judge } from '../domain/rules/judge.ts'
import type { PolicyVersion } from '../domain/rules/policy-version.ts'
import { leave, type Queryable, type Transaction } from '../storage/database.ts'
import * as decisions from '../storage/decision.ts'
import type { PersonRecord } from '../storage/prescription/facts.ts'
import { findForJudgement, type StoredPrescription } from '../storage/prescription/read.ts'
import type { RegisterSnapshot } from '../storage/register-cache.ts'
import { type ShortSupply, shortSupply } from '../storage/short-supply.ts'
import type { Deps } from './deps.ts'
import { gatherFacts, historyStart, type Question } from './gather-facts.ts'
import { storedDocument } from './parse-document.ts'
import type { StoredVerdict } from './verify-signed.ts'

/** A stored prescription with the facts of a judgement about it. */
export interface Case {
  readonly prescription: StoredPrescription
  readonly document: PrescriptionDocument
  readonly version: PolicyVersion
  readonly facts: Facts
  readonly findings: readonly Finding[]
  readonly snapshot: RegisterSnapshot
}

/** A line as supplied, as the pharmacy tells it. */
export interface SuppliedLine {
  readonly lineNo: number
  readonly quantity: string
  readonly unitPriceFen: PriceJson
  readonly batchNo?: string
  readonly expiresOn?: string
  readonly traceCodes?: readonly string[]
  readonly noTraceReason?: string
}

/** What is asked about a stored prescription. */
export interface StoredQuestion extends Pick<Question, 'pharmacyId' | 'pharmacistId' | 'more'> {
  /** Lines as supplied; the drug is that of the prescription line. */
  readonly supply?: readonly SuppliedLine[]
}

/** A stored prescription with what every judgement about it reads. */
export interface LoadedPrescription {
  readonly prescription: StoredPrescription
  readonly person: PersonRecord
  /** Who was checked at the counter for the supply under way. */
  readonly buyer?: Buyer
  readonly document: PrescriptionDocument
  readonly verdict: Pick<StoredVerdict, 'status' | 'origin' | 'signers'>
  readonly snapshot: RegisterSnapshot
  /** Which of the suppliers that the person's qualifications fix cannot supply what is left. */
  readonly short: ShortSupply
}

/**
 * Reads what the judgements of a stored prescription rest on.
 *
 * @throws Problem prescription-unknown
 */
export async function loadPrescription(
  deps: Deps,
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
  now: Date,
): Promise<LoadedPrescription> {
  const found = await findForJudgement(db, regionCode, prescriptionNo, historyStart(now), dayOf)
  if (found === undefined) throw new Problem('prescription-unknown')
  const { prescription, person, buyer } = found
  return {
    prescription,
    person,
    ...(buyer === undefined ? {} : { buyer }),
    short: await shortSupply(db, regionCode, prescriptionNo, fixedSuppliers(person)),
    document: storedDocument(prescription.document),
    verdict: JSON.parse(prescription.verdict) as LoadedPrescription['verdict'],
    snapshot: await deps.registers.at(db, regionCode, person.registerVersion),
  }
}

/**
 * Judges one step of a stored prescription that was read.
 *
 * The version in force on the day of issue judges the prescription; a settlement is judged by the one in force on
 * its own day.
 *
 * @throws Problem policy-missing, policy-not-cited
 */
export function judgeLoaded(
  deps: Pick<Deps, 'policies' | 'mode'>,
  loaded: LoadedPrescription,
  step: Step,
  now: Date,
  { supply, more, ...question }: StoredQuestion = {},
): Case {
  const { prescription, person, buyer, document, verdict, snapshot, short } = loaded
  const { regionCode } = document
  const version =
    step === 'settlement'
      ? deps.policies.inForce(regionCode, dayOf(now))
      : deps.policies.version(prescription.policyVersion)
  if (version === undefined) throw new Problem('policy-missing', { details: { regionCode } })
  const facts = gatherFacts(snapshot, person, {
    step,
    now,
    regionCode,
    document,
    receivedAt: prescription.receivedAt,
    signers: verdict.signers,
    stored: {
      ...originOf(verdict),
      prescriptionNo: prescription.prescriptionNo,
      expiresAt: prescription.expiresAt,
      remaining: new Map(prescription.lines.map((line) => [line.lineNo, line.remaining])),
    },
    ...question,
    more: {
      ...(step === 'settlement' && buyer !== undefined ? { buyer: buyerFacts(buyer) } : {}),
      ...more,
      ...(Object.keys(short).length === 0 ? {} : { shortSuppliers: short }),
      ...(document.longTerm === true ? { supplied: suppliedFacts(prescription) } : {}),
      ...(supply === undefined ? {} : { supply: supplyFacts(prescription, supply) }),
    },
  })
  const { findings } = judge(version, step, facts, deps.mode)
  return { prescription, document, version, facts, findings, snapshot }
}

/**
 * Reads a stored prescription and judges one step of it.
 *
 * @throws Problem prescription-unknown, policy-missing, policy-not-cited
 */
export async function judgeStored(
  deps: Deps,
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
  step: Step,
  now: Date,
  question: StoredQuestion = {},
): Promise<Case> {
  const loaded = await loadPrescription(deps, db, regionCode, prescriptionNo, now)
  return judgeLoaded(deps, loaded, step, now, question)
}

/** The suppliers that a qualification of the person fixes (SC-D4), of whatever period. */
function fixedSuppliers({ entries }: PersonRecord): string[] {
  const ids = entries.flatMap(({ register, data }) => {
    const { supplierId } = data as Partial<Qualification>
    return register === 'qualification' && supplierId !== undefined ? [supplierId] : []
  })
  return [...new Set(ids)]
}

function originOf({ status, origin }: LoadedPrescription['verdict']): { origin?: 'paper' | 'national' } {
  if (status === 'paper') return { origin: 'paper' }
  return origin === undefined ? {} : { origin }
}

function supplyFacts(prescription: StoredPrescription, supply: readonly SuppliedLine[]): SupplyLineFacts[] {
  const drugs = new Map(prescription.lines.map((line) => [line.lineNo, line.drugCode]))
  return supply.map(
    (line) => ({ ...line, drugCode: drugs.get(line.lineNo as number) ?? '' }) as SupplyLineFacts,
  )
}

function suppliedFacts(prescription: StoredPrescription): EarlierSupplyFacts[] {
  return prescription.handedOver.map(({ at, lines }) => ({ handedOverOn: dayOf(at), lines }))
}

/** The judgement of a case, to be saved with a decision. */
export function judgementOf({ facts, findings, version }: Case, decisionId: string): Judgement {
  return { decisionId, step: facts.step, policyVersion: version.id, facts, findings }
}

/** Keeps the judgement in the transaction that acts on it. @returns its id */
export function keepDecision(tx: Transaction, judged: Case, now: Date): string {
  const decisionId = uuid()
  const kept = decisions.keep(tx, judged.facts.regionCode, judged.prescription.prescriptionNo, {
    decisionId,
    step: judged.facts.step,
    policyVersion: judged.version.id,
    decidedAt: now,
    isRefused: isRefused(judged.findings),
    facts: canonicalJson(judged.facts),
    findings: canonicalJson(judged.findings),
  })
  leave(tx, kept)
  return decisionId
}

/**
 * Refuses when a rule rejects, else keeps the decision.
 *
 * @throws Problem rules-failed with every finding
 */
export function allow(tx: Transaction, judged: Case, now: Date): void {
  if (isRefused(judged.findings)) {
    throw new Problem('rules-failed', {
      findings: judged.findings,
      details: { policyVersion: judged.version.id, step: judged.facts.step },
    })
  }
  keepDecision(tx, judged, now)
}
