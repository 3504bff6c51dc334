import { type Facts, inForce, type PrescriptionLineFacts } from '../facts.ts'
import { judgedDay } from './judged-day.ts'
import type { Condition } from './policy-version.ts'

/**
 * The numbers of the prescribed lines to which a condition applies a rule; none when it doesn't apply at all.
 *
 * A line whose drug no register knows is in no list, and so under no condition about lists.
 */
export function applies(condition: Condition | undefined, facts: Facts): readonly number[] {
  const { prescription, person, claim } = facts
  const lines = prescription.lines
    .filter((line) => selects(condition, facts, line))
    .map((line) => line.lineNo)
  if (condition === undefined) return lines
  if (condition.setting !== undefined && condition.setting !== prescription.setting) return []
  if (condition.scheme !== undefined && condition.scheme !== person?.scheme) return []
  if (condition.longTerm !== undefined && condition.longTerm !== prescription.longTerm) return []
  if (condition.selfPay !== undefined && condition.selfPay !== (prescription.selfPay ?? false)) return []
  if (condition.occasions?.some((occasion) => occasion === claim?.occasion) === false) return []
  if (claim !== undefined && condition.exceptOccasions?.includes(claim.occasion) === true) return []
  return lines
}

function selects(condition: Condition | undefined, facts: Facts, line: PrescriptionLineFacts): boolean {
  if (condition?.list === undefined) return true
  return inForce(facts.drugs[line.drugCode]?.lists ?? [], judgedDay(facts)).some(
    (entry) =>
      entry.listId === condition.list &&
      (condition.classes?.includes(entry.class ?? '') ?? true) &&
      !(condition.exceptClasses?.includes(entry.class ?? '') ?? false),
  )
}
