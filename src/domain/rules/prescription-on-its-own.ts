import { inForce } from '../facts.ts'
import { judgedDay } from './judged-day.ts'
import { eachLine } from './lines.ts'
import { parameters, texts } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

interface Parameters {
  readonly lists: readonly string[]
}

/** Does no ordinary drug stand beside a listed one? @see MZ-6.2 */
export const prescriptionOnItsOwn = defineRule<Parameters>({
  name: 'prescription-on-its-own',
  sentence: {
    zh: '目录（{lists}）内药品须单独开具处方，不得与其他药品同方。',
    en: 'Drugs of the list ({lists}) are prescribed on their own, no other drug beside them.',
  },
  parameters: parameters({ lists: texts }),
  check(facts, { lists }) {
    const day = judgedDay(facts)
    const isListed = (code: string) =>
      inForce(facts.drugs[code]?.lists ?? [], day).some(({ listId }) => lists.includes(listId))
    if (!facts.prescription.lines.some((line) => isListed(line.drugCode))) return []
    return eachLine(facts, 'drugCode', (line) =>
      isListed(line.drugCode)
        ? undefined
        : {
            zh: `${line.genericName}不属于目录内药品，请另开处方。`,
            en: `${line.genericName} is not of the list; prescribe it separately.`,
          },
    )
  },
})
