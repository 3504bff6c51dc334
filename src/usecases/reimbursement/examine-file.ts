import type { ReimbursementApplication } from '../../../schemas/reimbursement.ts'
import type { Facts, InstitutionFacts } from '../../domain/facts.ts'
import type { Finding } from '../../domain/finding.ts'
import {
  drugFactsOf,
  institutionFactsOf,
  personEntriesOf,
  practitionerFactsOf,
} from '../../domain/prescription-facts.ts'
import { addDays, type CivilDay, dayOf, startOfDay } from '../../domain/primitives/civil-day.ts'
import type { Fen } from '../../domain/primitives/money.ts'
import { formatQuantity, parseQuantity } from '../../domain/primitives/quantity.ts'
import { Problem } from '../../domain/problems.ts'
import type { Occasion } from '../../domain/reimbursement/terms.ts'
import { judge } from '../../domain/rules/judge.ts'
import type { Adjudication } from '../../domain/settlement/adjudication.ts'
import type { Queryable } from '../../storage/database.ts'
import { readPerson } from '../../storage/prescription/facts.ts'
import type { FileRow } from '../../storage/reimbursement.ts'
import * as settlements from '../../storage/settlement.ts'
import { adjudicateCase, type SupplyLine } from '../adjudicate-case.ts'
import type { Deps } from '../deps.ts'
import { historyStart } from '../gather-facts.ts'
import { type Case, judgeLoaded, type LoadedPrescription, loadPrescription } from '../judge-stored.ts'
import { notCoveredOf } from '../not-covered.ts'
import { type CaseOfStay, withStay } from '../stay.ts'

/** A file as the rules see it. */
export interface Examined {
  readonly policyVersion: string
  readonly findings: readonly Finding[]
  /** Findings of effect `not-covered`, intake's included. */
  readonly notCovered: readonly Finding[]
  /** Day of the expense; its policy and its year hold. */
  readonly day: CivilDay
  /** Whose capitation account bears the fund's part, where the policy has capitation. */
  readonly capitationHolderId: string
  /** Where it was prescribed; empty for a hospital that no register knows. */
  readonly hospitalId: string
  /** @param waived duties that the agency doesn't hold against the patient */
  adjudicate(balances: ReadonlyMap<string, Fen>, waived: readonly string[]): Adjudication
}

/**
 * Judges a file by the step `reimbursement` of the home region's policy of the day of the expense, and prepares the
 * adjudication by the same function as every settlement, with the home region's deductible and ratio.
 *
 * @throws Problem policy-missing, policy-not-cited; `adjudicate` throws settlement-facts-missing, policy-not-cited
 * @see CQ-4.7b, SX-15, SX-16, MZ-6.7
 */
export async function examineFile(deps: Deps, db: Queryable, file: FileRow): Promise<Examined> {
  return file.origin === 'deferral'
    ? await examineDeferred(deps, db, file)
    : await examineApplied(deps, db, file)
}

async function examineDeferred(deps: Deps, db: Queryable, file: FileRow): Promise<Examined> {
  const settlement = await settlements.find(db, file.regionCode, file.settlementId!)
  if (settlement === undefined) throw new Error(`file ${file.fileId} has no settlement`)
  const { regionCode, prescriptionNo, requestedAt, pharmacyId } = settlement
  const { lines } = JSON.parse(settlement.request) as { lines: SupplyLine[] }
  const question = { pharmacyId, supply: lines }
  const loaded = asOf(requestedAt, await loadPrescription(deps, db, regionCode, prescriptionNo, requestedAt))
  const judged = judgeLoaded(deps, loaded, 'reimbursement', requestedAt, question)
  // What the settlement would not have covered isn't covered by hand either; it was there that it would be refused.
  const settled = judgeLoaded(deps, loaded, 'settlement', requestedAt, question)
  const others = settled.findings.filter(
    (finding) => finding.effect === 'not-covered' && !judged.findings.some((each) => isSame(each, finding)),
  )
  const both = [...judged.findings, ...others]
  const notCovered = await notCoveredOf(db, { ...judged, findings: both })
  const ofStay = await withStay(db, { ...judged, version: settled.version })
  return {
    ...examined(deps, ofStay, both, notCovered, lines, dayOf(requestedAt)),
    capitationHolderId: holderOf(judged.facts, pharmacyId),
    hospitalId: settlement.hospitalId,
  }
}

function isSame(one: Finding, other: Finding): boolean {
  return one.ruleId === other.ruleId && one.rule === other.rule && one.lineNo === other.lineNo
}

/**
 * The prescription as it stood at an instant: what was handed over since, this supply among it, was still due then.
 */
function asOf(instant: Date, loaded: LoadedPrescription): LoadedPrescription {
  const { handedOver, lines } = loaded.prescription
  const since = handedOver.filter(({ at }) => at >= instant).flatMap((each) => each.lines)
  const due = (lineNo: number) =>
    since.reduce((sum, each) => (each.lineNo === lineNo ? sum + parseQuantity(each.quantity) : sum), 0n)
  return {
    ...loaded,
    prescription: {
      ...loaded.prescription,
      handedOver: handedOver.filter(({ at }) => at < instant),
      lines: lines.map((line) => ({
        ...line,
        remaining: formatQuantity(parseQuantity(line.remaining) + due(line.lineNo)),
      })),
    },
  }
}

async function examineApplied(deps: Deps, db: Queryable, file: FileRow): Promise<Examined> {
  const applied = JSON.parse(file.application!) as Omit<ReimbursementApplication, 'expenseOn' | 'personId'>
  const day = file.expenseOn!
  const at = startOfDay(day)
  const version = deps.policies.inForce(file.regionCode, day)
  if (version === undefined) throw new Problem('policy-missing', { details: { regionCode: file.regionCode } })
  const person = await readPerson(db, file.regionCode, file.personId, historyStart(at), dayOf)
  const snapshot = await deps.registers.at(db, file.regionCode, person.registerVersion)
  const { facts: personFacts } = personEntriesOf(person.entries, day)
  const { hospital, physicianId, diagnoses, lines, supplier } = applied
  const known =
    hospital.institutionId === undefined
      ? undefined
      : institutionFactsOf(snapshot, hospital.institutionId, day)
  const physician = physicianId === undefined ? undefined : practitionerFactsOf(snapshot, physicianId, day)
  const pharmacy =
    supplier.institutionId === undefined
      ? undefined
      : institutionFactsOf(snapshot, supplier.institutionId, day)
  const facts: Facts = {
    step: 'reimbursement',
    now: at.toISOString(),
    today: day,
    regionCode: file.regionCode,
    prescription: {
      issuedAt: at.toISOString(),
      issuedOn: day,
      receivedAt: at.toISOString(),
      type: 'western',
      setting: 'outpatient',
      longTerm: false,
      hospitalId: hospital.institutionId ?? '',
      physicianId: physicianId ?? '',
      personId: file.personId,
      diagnoses,
      lines: lines.map(({ lineNo, drugCode, quantity, prescribedQuantity = quantity, unit, days }) => ({
        lineNo,
        drugCode,
        genericName: snapshot.find('drug', drugCode, day)?.genericName ?? '',
        quantity: prescribedQuantity,
        unit,
        days,
        startsOn: day,
        endsOn: addDays(day, days - 1),
        restrictedScopeConfirmed: true,
      })),
    },
    signers: [],
    hospital: known ?? elsewhere(hospital),
    ...(physician === undefined ? {} : { physician }),
    ...(personFacts === undefined ? {} : { person: personFacts }),
    drugs: drugFactsOf(
      snapshot,
      lines.map(({ drugCode }) => drugCode),
      day,
    ),
    history: [],
    ...(pharmacy === undefined ? {} : { pharmacy }),
    claim: { occasion: file.occasion as Occasion },
    supply: lines.map(({ lineNo, drugCode, quantity, unitPriceFen }) => ({
      lineNo,
      drugCode,
      quantity,
      unitPriceFen,
    })),
  }
  const { findings } = judge(version, 'reimbursement', facts, deps.mode)
  const notCovered = findings.filter(({ effect }) => effect === 'not-covered')
  const judged = { facts, version, snapshot, document: { visit: {} } as Case['document'] }
  return {
    ...examined(deps, judged, findings, notCovered, lines, day),
    capitationHolderId: holderOf(facts, supplier.institutionId ?? ''),
    hospitalId: hospital.institutionId ?? '',
  }
}

/** A hospital that no register of the home region knows: only its level counts. */
function elsewhere({ level }: ReimbursementApplication['hospital']): InstitutionFacts {
  return {
    institutionId: '',
    kind: 'hospital',
    level,
    ownership: 'public',
    countyCode: '',
    designations: [],
    sanctions: [],
  }
}

function examined(
  deps: Pick<Deps, 'mode'>,
  judged: CaseOfStay<Pick<Case, 'facts' | 'version' | 'snapshot' | 'document'>>,
  findings: readonly Finding[],
  notCovered: readonly Finding[],
  lines: readonly SupplyLine[],
  day: CivilDay,
): Omit<Examined, 'capitationHolderId' | 'hospitalId'> {
  return {
    policyVersion: judged.version.id,
    findings,
    notCovered,
    day,
    adjudicate: (balances, waived) =>
      adjudicateCase(
        deps,
        judged,
        lines,
        balances,
        notCovered.filter(({ ruleId }) => !waived.includes(ruleId)),
      ),
  }
}

function holderOf({ person, today }: Facts, otherwise: string): string {
  const chosen = person?.qualifications.find(
    ({ kind, hospitalId, validFrom, validTo }) =>
      kind === 'hospital-choice' &&
      hospitalId !== undefined &&
      validFrom <= today &&
      (validTo === undefined || today <= validTo),
  )
  return chosen?.hospitalId ?? otherwise
}
