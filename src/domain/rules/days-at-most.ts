import type { PrescriptionLineFacts } from '../facts.ts'
import { daysBetween } from '../primitives/civil-day.ts'
import { coveredOf } from './covered-quantity.ts'
import { eachLine } from './lines.ts'
import { parameters, whole } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

interface Parameters {
  readonly days: number
}

/** Does each line cover no more days of use than allowed, by its days and by its dates? @see SX-8.1 */
export const daysAtMost = defineRule<Parameters>({
  name: 'days-at-most',
  sentence: {
    zh: '一次开药量不超过{days}日用量。',
    en: 'One prescription covers at most {days} days of use.',
  },
  parameters: parameters({ days: whole(1) }),
  check: (facts, { days }) =>
    eachLine(facts, 'days', (line) =>
      daysOf(line) <= days
        ? undefined
        : {
            zh: `${line.genericName}的开药量超过${days}日用量，请减量。`,
            en: `${line.genericName} is prescribed for more than ${days} days; prescribe less.`,
          },
    ).map((objection) => ({
      ...objection,
      ...coveredOf(facts, objection.lineNo, (line) => [days, daysOf(line)]),
    })),
})

/** By its days or by its dates, whichever is more. */
function daysOf({ days, startsOn, endsOn }: PrescriptionLineFacts): number {
  return Math.max(days, daysBetween(startsOn, endsOn) + 1)
}
