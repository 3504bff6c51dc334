import type { Facts } from '../domain/facts.ts'
import { inForce } from '../domain/facts.ts'
import type { Finding } from '../domain/finding.ts'
import { type CivilDay, dayOf, yearOf } from '../domain/primitives/civil-day.ts'
import type { Fen } from '../domain/primitives/money.ts'
import { type PriceJson, priceFromJson } from '../domain/primitives/price.ts'
import { parseQuantity } from '../domain/primitives/quantity.ts'
import { Problem } from '../domain/problems.ts'
import { adjudicate } from '../domain/settlement/adjudicate.ts'
import type {
  Adjudication,
  AdjudicationInput,
  AdjudicationRefused,
  ChosenHospital,
  SettlementLine,
} from '../domain/settlement/adjudication.ts'
import { excessOf } from '../domain/settlement/excess.ts'
import { OTHER_BENEFIT_MEASURE, otherBenefitsOf } from '../domain/settlement/other-benefits.ts'
import type { SettlementPlan } from '../domain/settlement/plan.ts'
import { pricesOfDrug } from '../domain/settlement/prices-of-drug.ts'
import { personYearOf } from '../domain/settlement/year-movements.ts'
import type { RegisterSnapshot } from '../storage/register-cache.ts'
import type { Deps } from './deps.ts'
import type { Case } from './judge-stored.ts'
import type { CaseOfStay } from './stay.ts'

/** A line as a pharmacy supplies it, or would. */
export interface SupplyLine {
  readonly lineNo: number
  readonly drugCode: string
  /** Decimal text. */
  readonly quantity: string
  readonly unitPriceFen: PriceJson
}

/** For which benefit a person chose a hospital, by the kind of the filing. */
const CHOSEN_FOR: Readonly<Record<string, ChosenHospital['chosenFor']>> = {
  drug: 'security-drug',
  'special-disease': 'special-disease',
  'single-disease': 'single-disease',
}

/**
 * Adjudicates a case: the one computation behind the quote before the choice and the bill.
 *
 * @param judged of an inpatient: with the stay (see `withStay`)
 * @param balances what the person used up of the year, by measure
 * @throws Problem policy-not-cited or facts-missing naming what is missing
 */
export function adjudicateCase(
  deps: Pick<Deps, 'mode'>,
  judged: CaseOfStay<Pick<Case, 'facts' | 'version' | 'snapshot' | 'document'>>,
  lines: readonly SupplyLine[],
  balances: ReadonlyMap<string, Fen>,
  notCovered: readonly Finding[],
): Adjudication {
  const { facts, version, snapshot, stay } = judged
  const day = facts.today
  const level = facts.hospital?.level
  if (facts.person === undefined || level === undefined || version.settlement === undefined) {
    throw new Problem('settlement-facts-missing', { details: { policyVersion: version.id } })
  }
  const input: AdjudicationInput = {
    versionId: version.id,
    plan: version.settlement as SettlementPlan,
    mode: deps.mode,
    day,
    scheme: facts.person.scheme,
    assistance: facts.person.assistance,
    setting: facts.prescription.setting,
    hospitalLevel: level,
    specialDisease: facts.person.specialDisease ?? false,
    hospitals: chosenHospitals(facts, snapshot, day),
    ...(stay === undefined ? {} : { stay }),
    lines: lines.map((line) => ({ ...settlementLine(facts, line), ...excessOf(facts, line, notCovered) })),
    balances: personYearOf(balances),
    notCovered,
  }
  const others = otherBenefitsOf(
    facts.person.benefits ?? [],
    day,
    facts.prescription.prescriptionNo,
    input.lines,
    (benefit) => balances.get(OTHER_BENEFIT_MEASURE + benefit) ?? 0n,
  )
  if (others.length === 0) return adjudicated(input)
  // Among several the one that leaves the patient the least to pay; the first by code when they are equal.
  return others
    .map((otherBenefit) => adjudicated({ ...input, otherBenefit }))
    .reduce((best, next) => (next.totals.patient < best.totals.patient ? next : best))
}

function adjudicated(input: AdjudicationInput): Adjudication {
  const result = adjudicate(input)
  if (result.outcome === 'refused') throw refusal(result)
  return result
}

function refusal(result: AdjudicationRefused): Problem {
  if (result.code === 'policy-not-cited') {
    return new Problem('policy-not-cited', {
      details: {
        policyVersion: result.versionId,
        figures: result.figures.map(
          ({ ruleId, part, name, reason }) => `${ruleId} ${part}.${name} (${reason})`,
        ),
      },
    })
  }
  return new Problem('settlement-facts-missing', {
    details: {
      policyVersion: result.versionId,
      facts: result.facts.map(({ fact, lineNo }) => (lineNo === undefined ? fact : `${fact} line ${lineNo}`)),
    },
  })
}

function chosenHospitals(facts: Facts, snapshot: RegisterSnapshot, day: CivilDay): ChosenHospital[] {
  return inForce(facts.person?.qualifications ?? [], day).flatMap((qualification) => {
    const chosenFor = CHOSEN_FOR[qualification.kind]
    if (chosenFor === undefined || qualification.hospitalId === undefined) return []
    const level = snapshot.find('institution', qualification.hospitalId, day)?.level
    return level === undefined ? [] : [{ level, chosenFor }]
  })
}

function settlementLine(facts: Facts, line: SupplyLine): SettlementLine {
  const drug = facts.drugs[line.drugCode]
  if (drug === undefined) {
    throw new Problem('settlement-facts-missing', { details: { facts: [`drug line ${line.lineNo}`] } })
  }
  const day = facts.today
  const { standard, purchase } = pricesOfDrug(inForce(drug.paymentStandards, day))
  const listClass = inForce(drug.lists, day).find((entry) => entry.class !== undefined)?.class
  const charity = inForce(facts.person?.qualifications ?? [], day).some(
    ({ kind, drugCodes }) => kind === 'charity' && (drugCodes?.includes(line.drugCode) ?? false),
  )
  return {
    lineNo: line.lineNo,
    drugCode: line.drugCode,
    ...(listClass === undefined ? {} : { listClass }),
    medicineClass: drug.medicineClass,
    quantity: parseQuantity(line.quantity),
    unitPriceFen: priceFromJson(line.unitPriceFen),
    paymentStandardFen: standard,
    ...(purchase === undefined ? {} : { purchasePriceFen: purchase }),
    ...(charity ? { charity } : {}),
  }
}

/** The calendar year whose balances a settlement at `now` moves. */
export function settlementYear(now: Date): number {
  return yearOf(dayOf(now))
}
