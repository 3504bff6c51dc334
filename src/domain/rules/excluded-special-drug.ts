import { eachLine } from './lines.ts'
import { parameters, someOf } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'
import { term } from './terms.ts'

interface Parameters {
  readonly kinds: readonly string[]
}

/** Is the drug outside the classes that may not circulate? @see MZ-2 */
export const excludedSpecialDrug = defineRule<Parameters>({
  name: 'excluded-special-drug',
  sentence: {
    zh: '以下特殊管理药品不得流转：{kinds}。',
    en: 'No drug under one of these special controls circulates: {kinds}.',
  },
  parameters: parameters({ kinds: someOf(['narcotic', 'psychotropic', 'toxic', 'radioactive']) }),
  check: (facts, { kinds }) =>
    eachLine(facts, 'drugCode', (line, drug) =>
      drug?.special !== undefined && kinds.includes(drug.special)
        ? {
            zh: `${line.genericName}属于${term(drug.special).zh}，不得外配流转，请在院内调配。`,
            en: `${line.genericName} is under special control (${term(drug.special).en}); dispense it in the hospital.`,
          }
        : undefined,
    ),
})
