import { daysBetween } from '../primitives/civil-day.ts'
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
      Math.max(line.days, daysBetween(line.startsOn, line.endsOn) + 1) <= days
        ? undefined
        : {
            zh: `${line.genericName}的开药量超过${days}日用量，请减量。`,
            en: `${line.genericName} is prescribed for more than ${days} days; prescribe less.`,
          },
    ),
})
