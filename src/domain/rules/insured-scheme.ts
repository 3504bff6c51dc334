import { parameters, someOf } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'
import { pathOf } from './subject.ts'
import { term } from './terms.ts'

interface Parameters {
  readonly schemes: readonly string[]
}

/** Is the patient in a scheme that the benefit is for? @see CQ-2.1, SX-2, FS-2.1 */
export const insuredScheme = defineRule<Parameters>({
  name: 'insured-scheme',
  sentence: {
    zh: '患者须参加以下险种之一：{schemes}。',
    en: 'The patient belongs to one of these schemes: {schemes}.',
  },
  parameters: parameters({ schemes: someOf(['employee', 'resident']) }),
  needs: () => ['person'],
  check(facts, { schemes }) {
    const { scheme } = facts.person!
    if (schemes.includes(scheme)) return []
    const message = {
      zh: `患者参加的是${term(scheme).zh}，不属于本项待遇的保障对象。`,
      en: `The patient belongs to the ${term(scheme).en}, for which this benefit does not exist.`,
    }
    return [{ ...pathOf('person'), message }]
  },
})
