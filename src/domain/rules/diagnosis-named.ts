import type { Bilingual } from '../finding.ts'
import { oneOf, parameters } from './parameter-schemas.ts'
import { defineRule, type Objection } from './rule.ts'

interface Parameters {
  readonly difference: 'another' | 'wording'
}

const SAID: Readonly<Record<Parameters['difference'], Bilingual>> = {
  another: {
    zh: '诊断名称是另一种疾病的名称，与诊断代码不符；请核对诊断代码和名称。',
    en: 'The name is that of another disease than the code; check code and name.',
  },
  wording: {
    zh: '诊断名称与名录登记的名称不同，请按医保版名称书写或核对代码。',
    en: 'The name is not the one that the register keeps for the code; write the registered name, or check the code.',
  },
}

/**
 * Is each diagnosis named as the register names its code? `another` asks for names that belong to a code of another
 * category, `wording` for words that the register doesn't know. Silent for codes that the register doesn't hold.
 *
 * @see MZ-6.1, CQ-2.1, SX-17.3
 */
export const diagnosisNamed = defineRule<Parameters>({
  name: 'diagnosis-named',
  sentence: {
    zh: '诊断名称须与诊断代码相符（{difference}）。',
    en: 'Each diagnosis is named as its code says ({difference}).',
  },
  parameters: parameters({ difference: oneOf(['another', 'wording']) }),
  check: ({ named }, { difference }) =>
    (named?.diagnoses ?? []).flatMap((found, index): Objection[] =>
      found === difference ? [{ path: `/diagnoses/${index}/name`, message: SAID[difference] }] : [],
    ),
})
