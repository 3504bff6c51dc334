import { type DrugFacts, type Facts, inForce, type SupplyFacts } from '../facts.ts'
import type { CivilDay } from '../primitives/civil-day.ts'
import { fallsUnder } from './icd.ts'
import { judgedDay } from './judged-day.ts'
import { eachLine } from './lines.ts'
import { liveSupplies } from './live-supplies.ts'
import { parameters, text, texts } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

interface Parameters {
  /** Kind of the qualification that approves two drugs together. */
  readonly approval: string
  /** Classes of the list whose drugs follow rules of their own, and are no second drug. */
  readonly exceptClasses?: readonly string[]
}

/**
 * Is no second negotiated drug used for the same indication at the same time, unless the combination is approved?
 *
 * @see SX-9
 */
export const oneDrugPerIndication = defineRule<Parameters>({
  name: 'one-drug-per-indication',
  sentence: {
    zh: '同一治疗期内一个适应症不得同时使用两种及以上谈判药品，经审核备案（{approval}）的除外。',
    en: 'No two negotiated drugs for one indication in one period, unless approved ({approval}).',
  },
  parameters: parameters({ approval: text }, { exceptClasses: texts }),
  check(facts, { approval, exceptClasses = [] }) {
    const isExcepted = (classes: readonly string[]) => classes.some((each) => exceptClasses.includes(each))
    const approved = inForce(facts.person?.qualifications ?? [], judgedDay(facts)).filter(
      ({ kind }) => kind === approval,
    )
    const isApproved = (a: string, b: string) =>
      approved.some(({ drugCodes }) => drugCodes?.includes(a) === true && drugCodes.includes(b))
    return eachLine(facts, 'drugCode', (line, drug, index) => {
      if (drug?.negotiated !== true) return undefined
      const beside = facts.prescription.lines
        .slice(0, index)
        .map(({ drugCode }) => facts.drugs[drugCode])
        .filter((other) => other?.negotiated === true && other.ingredient !== drug.ingredient)
        .filter((other) => !isExcepted(listClassesOf(other!, judgedDay(facts))))
        .filter((other) => sharesIndication(facts, drug, other!))
        .map((other) => other!.drugCode)
      const before = liveSupplies(facts)
        .filter(({ negotiated, ingredient }) => negotiated === true && ingredient !== drug.ingredient)
        .filter(({ listClasses }) => !isExcepted(listClasses ?? []))
        .filter(({ startsOn, endsOn }) => startsOn <= line.endsOn && line.startsOn <= endsOn)
        .filter((supply) => usedForSame(facts, drug, supply))
        .map(({ drugCode }) => drugCode)
      if ([...beside, ...before].every((code) => isApproved(line.drugCode, code))) return undefined
      return {
        zh: `同一适应症已在使用另一谈判药品，${line.genericName}须由责任医师出具证明并经中心审核备案。`,
        en: `Another negotiated drug is in use for the indication; ${line.genericName} needs an approved combination.`,
      }
    })
  },
})

function listClassesOf(drug: DrugFacts, day: CivilDay): string[] {
  return inForce(drug.lists, day).flatMap((entry) => entry.class ?? [])
}

/** The codes of these diagnoses for which the drug is meant; all of them for a drug without restriction. */
function indications(drug: DrugFacts, codes: readonly string[]): readonly string[] {
  const prefixes = drug.restrictedIcd
  return prefixes === undefined ? codes : codes.filter((code) => fallsUnder(code, prefixes))
}

function sharesIndication(facts: Facts, a: DrugFacts, b: DrugFacts): boolean {
  const codes = facts.prescription.diagnoses.map(({ code }) => code)
  return indications(b, indications(a, codes)).length > 0
}

/** Diagnoses are compared by ICD-10 category, because a later prescription may code the disease more finely. */
function usedForSame(facts: Facts, drug: DrugFacts, supply: SupplyFacts): boolean {
  const now = indications(
    drug,
    facts.prescription.diagnoses.map(({ code }) => code),
  ).map(category)
  return (supply.diagnoses ?? []).some((code) => now.includes(category(code)))
}

function category(code: string): string {
  return code.slice(0, 3)
}
