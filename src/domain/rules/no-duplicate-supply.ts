import { daysBetween } from '../primitives/civil-day.ts'
import { eachLine } from './lines.ts'
import { liveSupplies } from './live-supplies.ts'
import { parameters, whole } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

interface Parameters {
  /** Days by which a new supply may begin before the old one ends. */
  readonly toleranceDays?: number
}

/** Does no other supply of the same ingredient cover the same days, from whatever hospital? @see FS-3.4 */
export const noDuplicateSupply = defineRule<Parameters>({
  name: 'no-duplicate-supply',
  sentence: {
    zh: '同一成分的用药日期不得与既往处方重叠（允许提前天数：{toleranceDays}）。',
    en: 'No other supply of the same ingredient covers the same days (days of grace: {toleranceDays}).',
  },
  parameters: parameters({}, { toleranceDays: whole(0) }),
  check(facts, { toleranceDays = 0 }) {
    const supplies = liveSupplies(facts)
    return eachLine(facts, 'drugCode', (line, drug, index) => {
      const ingredient = drug?.ingredient ?? line.genericName
      const before = supplies.some(
        (supply) =>
          (supply.ingredient === ingredient || supply.drugCode === line.drugCode) &&
          overlapDays(supply, line) > toleranceDays,
      )
      const beside = facts.prescription.lines
        .slice(0, index)
        .some((other) => (facts.drugs[other.drugCode]?.ingredient ?? other.genericName) === ingredient)
      if (!before && !beside) return undefined
      return {
        zh: `${line.genericName}与${before ? '患者既往处方' : '本处方另一行'}的同成分用药重复，请勿重复开药。`,
        en: `${line.genericName} duplicates the same ingredient ${before ? 'of an earlier prescription' : 'on another line'}; prescribe it once.`,
      }
    })
  },
})

interface Period {
  readonly startsOn: string
  readonly endsOn: string
}

function overlapDays(a: Period, b: Period): number {
  const [, start] = [a.startsOn, b.startsOn].sort()
  const [end] = [a.endsOn, b.endsOn].sort()
  return Math.max(0, daysBetween(start!, end!) + 1)
}
