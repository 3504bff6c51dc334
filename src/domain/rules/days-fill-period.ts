import { daysBetween } from '../primitives/civil-day.ts'
import { eachLine } from './lines.ts'
import { parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

/**
 * Does a medicine that is taken every day end when its days of use are over? Courses with pauses are longer, so this is
 * a matter for a warning; a period that no course explains is refused with the document.
 *
 * @see FS-3.4, SX-8.1
 */
export const daysFillPeriod = defineRule<object>({
  name: 'days-fill-period',
  sentence: {
    zh: '每日用药的，用药起止日期与用药天数相符。',
    en: 'A medicine taken every day ends when its days of use are over.',
  },
  parameters: parameters(),
  check: (facts) =>
    eachLine(facts, 'endsOn', ({ lineNo, days, startsOn, endsOn, frequency }) =>
      frequency?.days === 1 && daysBetween(startsOn, endsOn) + 1 > days
        ? {
            zh: `第${lineNo}行每日用药${days}日，但用药截止日期更晚，请核对用药天数和截止日期。`,
            en: `Line ${lineNo}: taken every day for ${days} days, yet it ends later; check days and last day.`,
          }
        : undefined,
    ),
})
