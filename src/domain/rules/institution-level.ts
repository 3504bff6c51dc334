import { oneOf, parameters, someOf } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'
import { INSTITUTIONS, type InstitutionSubject, institutionOf, pathOf } from './subject.ts'
import { term, terms } from './terms.ts'

interface Parameters {
  readonly subject: InstitutionSubject
  readonly levels: readonly string[]
}

/** Is the hospital of a level that the policy allows? A retail pharmacy has no level. @see FS-2.3, CQ-4.2 */
export const institutionLevel = defineRule<Parameters>({
  name: 'institution-level',
  sentence: {
    zh: '{subject}为医院时，级别须为：{levels}。',
    en: 'Where the {subject} is a hospital, its level is one of: {levels}.',
  },
  parameters: parameters({
    subject: oneOf(INSTITUTIONS),
    levels: someOf(['tertiary', 'secondary', 'primary']),
  }),
  needs: ({ subject }) => [subject],
  check(facts, { subject, levels }) {
    const { kind, level } = institutionOf(facts, subject)
    if (kind === 'pharmacy' || (level !== undefined && levels.includes(level))) return []
    const now = level === undefined ? { zh: '未登记', en: 'not registered' } : term(level)
    const message = {
      zh: `该医院级别为${now.zh}，本项待遇限于：${terms(levels).zh}。`,
      en: `The level of the hospital is ${now.en}; the benefit is limited to: ${terms(levels).en}.`,
    }
    return [{ ...pathOf(subject), message }]
  },
})
