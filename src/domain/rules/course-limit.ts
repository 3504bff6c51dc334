import type { DrugFacts } from '../facts.ts'
import { daysBetween } from '../primitives/civil-day.ts'
import { coveredOf } from './covered-quantity.ts'
import { eachLine } from './lines.ts'
import { liveSupplies } from './live-supplies.ts'
import { parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

/**
 * Does the course, with what the person had of the same ingredient before, stay within the longest covered one?
 *
 * @see SX-17.5, SC-D4b
 */
export const courseLimit = defineRule<object>({
  name: 'course-limit',
  sentence: {
    zh: '连同既往用药，疗程不超过药品限定的最长支付疗程。',
    en: 'With earlier supplies, the course stays within the longest course that the restriction of the drug covers.',
  },
  parameters: parameters(),
  check(facts) {
    const supplies = liveSupplies(facts)
    const daysBefore = (drug: DrugFacts) =>
      supplies
        .filter(({ ingredient }) => ingredient === drug.ingredient)
        .reduce((days, { startsOn, endsOn }) => days + daysBetween(startsOn, endsOn) + 1, 0)
    return eachLine(facts, 'days', (line, drug) => {
      if (drug?.maxDays === undefined) return undefined
      const before = daysBefore(drug)
      if (before + line.days <= drug.maxDays) return undefined
      return {
        zh: `${line.genericName}限定支付疗程为${drug.maxDays}天，既往处方（含已开未取的）已计${before}天，本次将超过。`,
        en: `${line.genericName} is covered for ${drug.maxDays} days; ${before} are counted already, supplied or prescribed and still open; this exceeds it.`,
      }
    }).map((objection) => ({
      ...objection,
      ...coveredOf(facts, objection.lineNo, ({ drugCode, days }) => {
        const drug = facts.drugs[drugCode]!
        return [drug.maxDays! - daysBefore(drug), days]
      }),
    }))
  },
})
