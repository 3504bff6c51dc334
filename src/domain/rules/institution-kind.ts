import { oneOf, parameters, someOf } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'
import { INSTITUTIONS, type InstitutionSubject, institutionOf, pathOf } from './subject.ts'
import { term, terms } from './terms.ts'

interface Parameters {
  readonly subject: InstitutionSubject
  readonly kinds: readonly string[]
}

/** Is it a kind of institution that may do this? @see CQ-3 supply channels */
export const institutionKind = defineRule<Parameters>({
  name: 'institution-kind',
  sentence: {
    zh: '{subject}须属于以下类别之一：{kinds}。',
    en: 'The {subject} is one of these kinds: {kinds}.',
  },
  parameters: parameters({
    subject: oneOf(INSTITUTIONS),
    kinds: someOf(['hospital', 'internet-hospital', 'pharmacy']),
  }),
  needs: ({ subject }) => [subject],
  check(facts, { subject, kinds }) {
    const { kind } = institutionOf(facts, subject)
    if (kinds.includes(kind)) return []
    const message = {
      zh: `该机构属于${term(kind).zh}，此处只允许：${terms(kinds).zh}。`,
      en: `The institution is of kind ${term(kind).en}; only these are allowed here: ${terms(kinds).en}.`,
    }
    return [{ ...pathOf(subject), message }]
  },
})
