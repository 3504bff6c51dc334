import { inForce } from '../facts.ts'
import { judgedDay } from './judged-day.ts'
import { oneOf, parameters, someOf, yesNo } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'
import { INSTITUTIONS, PRACTITIONERS, pathOf } from './subject.ts'
import { term, terms } from './terms.ts'

const SUBJECTS = [...INSTITUTIONS, ...PRACTITIONERS, 'person'] as const
const KINDS = ['suspension', 'qualification-lost', 'benefit-excluded', 'watch-list', 'removed'] as const

interface Parameters {
  readonly subject: (typeof SUBJECTS)[number]
  readonly kinds: readonly string[]
  /** As it stood on the day of issue, also at later steps. */
  readonly onIssue?: boolean
}

/**
 * Is the institution, practitioner or person free of sanctions? At intake both today and on the day of issue: a
 * sanction holds from its decision on, also for what was written the day before and comes now.
 *
 * @see MZ-4.1, SC-P2, FS-4.2a, FS-4.2b
 */
export const notSanctioned = defineRule<Parameters>({
  name: 'not-sanctioned',
  sentence: {
    zh: '{subject}当日未受以下处理：{kinds}（以开方当日为准：{onIssue}）。',
    en: 'The {subject} is under none of these sanctions on the day: {kinds} (as of the day of issue: {onIssue}).',
  },
  parameters: parameters({ subject: oneOf(SUBJECTS), kinds: someOf(KINDS) }, { onIssue: yesNo }),
  needs: ({ subject }) => [subject],
  check(facts, { subject, kinds, onIssue = false }) {
    const days =
      facts.step === 'intake' ? [facts.today, facts.prescription.issuedOn] : [judgedDay(facts, onIssue)]
    const live = days
      .flatMap((day) => inForce(facts[subject]!.sanctions, day))
      .filter(({ kind }) => kinds.includes(kind))
    if (live.length === 0) return []
    const who = term(subject)
    const what = terms([...new Set(live.map(({ kind }) => kind))].sort())
    const message = {
      zh: `${who.zh}当前处于处理期（${what.zh}），处理期内不能办理，请联系医保经办机构。`,
      en: `The ${who.en} is under a sanction (${what.en}) and may not take part until it ends; ask the agency.`,
    }
    return [{ ...pathOf(subject), message }]
  },
})
