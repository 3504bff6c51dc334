import { inForce } from '../facts.ts'
import { judgedDay } from './judged-day.ts'
import { oneOf, parameters, texts, yesNo } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'
import { INSTITUTIONS, type InstitutionSubject, institutionOf, pathOf } from './subject.ts'
import { term, terms } from './terms.ts'

interface Parameters {
  readonly subject: InstitutionSubject
  /** One of these is enough. */
  readonly kinds: readonly string[]
  /** As it stood on the day of issue, also at later steps. */
  readonly onIssue?: boolean
}

/** Is the institution designated for this, with a live agreement? @see MZ-4.1, MZ-4.2, MZ-5, SX-3, SC-D3, FS-3.6 */
export const designatedInstitution = defineRule<Parameters>({
  name: 'designated-institution',
  sentence: {
    zh: '{subject}须为{kinds}定点机构，协议在有效期内（以开方当日为准：{onIssue}）。',
    en: 'The {subject} holds a live agreement as a fixed point for: {kinds} (as of the day of issue: {onIssue}).',
  },
  parameters: parameters({ subject: oneOf(INSTITUTIONS), kinds: texts }, { onIssue: yesNo }),
  needs: ({ subject }) => [subject],
  check(facts, { subject, kinds, onIssue }) {
    const day = judgedDay(facts, onIssue)
    const designations = institutionOf(facts, subject).designations.filter(({ kind }) => kinds.includes(kind))
    if (inForce(designations, day).length > 0) return []
    const who = term(subject)
    const what = terms(kinds)
    const ended = designations.some(({ validFrom }) => validFrom <= day)
    const message = ended
      ? {
          zh: `${who.zh}的${what.zh}协议已终止，请选择协议有效的定点机构。`,
          en: `The agreement of the ${who.en} (${what.en}) has ended; choose one whose agreement is live.`,
        }
      : {
          zh: `${who.zh}不是${what.zh}定点机构，请选择名录内的定点机构。`,
          en: `The ${who.en} is not designated (${what.en}); choose one from the register.`,
        }
    return [{ ...pathOf(subject), message }]
  },
})
