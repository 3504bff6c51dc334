import { judgedDay } from './judged-day.ts'
import { oneOf, parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'
import { PRACTITIONERS, type PractitionerSubject, pathOf, practitionerOf } from './subject.ts'
import { term } from './terms.ts'

interface Parameters {
  readonly subject: PractitionerSubject
}

/** Does the practitioner's licence hold, and is it of the right profession? @see MZ-6.5 */
export const licenceLive = defineRule<Parameters>({
  name: 'licence-live',
  sentence: { zh: '{subject}执业证须在有效期内。', en: 'The licence of the {subject} holds on the day.' },
  parameters: parameters({ subject: oneOf(PRACTITIONERS) }),
  needs: ({ subject }) => [subject],
  check(facts, { subject }) {
    const { kind, licenceValidTo } = practitionerOf(facts, subject)
    if (kind === subject && judgedDay(facts) <= licenceValidTo) return []
    const who = term(subject)
    const message =
      kind === subject
        ? {
            zh: `${who.zh}执业证已过期，请由执业证有效的人员办理。`,
            en: `The licence of the ${who.en} has ended; somebody with a live licence must do it.`,
          }
        : {
            zh: `该人员不是执业${who.zh}，请由执业${who.zh}办理。`,
            en: `The person is not a licensed ${who.en}; a licensed ${who.en} must do it.`,
          }
    return [{ ...pathOf(subject), message }]
  },
})
