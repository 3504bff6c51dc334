import { judgedDay } from './judged-day.ts'
import { eachLine } from './lines.ts'
import { parameters, texts } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'
import { terms } from './terms.ts'

interface Parameters {
  /** One of these lists is enough. */
  readonly lists: readonly string[]
}

/**
 * Is the drug on the list, and has it not been taken off it? When the listing begins is the question of
 * `coverage-begun`.
 *
 * @see MZ-2, CQ-2.2, SX-2, SX-17.6, SC-N1, FS-2.2
 */
export const drugOnList = defineRule<Parameters>({
  name: 'drug-on-list',
  sentence: {
    zh: '药品须在以下目录之内且未调出：{lists}。',
    en: 'Each drug is on one of these lists and has not been taken off it: {lists}.',
  },
  parameters: parameters({ lists: texts }),
  check(facts, { lists }) {
    const day = judgedDay(facts)
    return eachLine(facts, 'drugCode', (line, drug) => {
      if (drug === undefined) {
        return {
          zh: `药品代码${line.drugCode}不在药品名录中，请核对。`,
          en: `No register knows the drug code ${line.drugCode}; check it.`,
        }
      }
      const listings = drug.lists.filter(({ listId }) => lists.includes(listId))
      if (listings.some(({ validTo }) => validTo === undefined || day <= validTo)) return undefined
      return listings.length > 0
        ? {
            zh: `${line.genericName}已调出目录（${terms(lists).zh}），请更换药品。`,
            en: `${line.genericName} has been taken off the list (${terms(lists).en}); choose another drug.`,
          }
        : {
            zh: `${line.genericName}不在目录（${terms(lists).zh}）内。`,
            en: `${line.genericName} is not on the list (${terms(lists).en}).`,
          }
    })
  },
})
