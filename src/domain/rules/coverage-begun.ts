import { judgedDay } from './judged-day.ts'
import { eachLine } from './lines.ts'
import { parameters, texts } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

interface Parameters {
  readonly lists: readonly string[]
}

/** Has the listing of the drug begun? @see SX-17.1, SC-N1, MZ-2 */
export const coverageBegun = defineRule<Parameters>({
  name: 'coverage-begun',
  sentence: {
    zh: '药品纳入目录（{lists}）的执行之日须已到。',
    en: 'The day on which the drug entered the list ({lists}) has come.',
  },
  parameters: parameters({ lists: texts }),
  check(facts, { lists }) {
    const day = judgedDay(facts)
    return eachLine(facts, 'drugCode', (line, drug) => {
      const open = (drug?.lists ?? []).filter(
        ({ listId, validTo }) => lists.includes(listId) && (validTo === undefined || day <= validTo),
      )
      if (open.length === 0 || open.some(({ validFrom }) => validFrom <= day)) return undefined
      const first = open.map(({ validFrom }) => validFrom).sort()[0]
      return {
        zh: `${line.genericName}自${first}起纳入支付范围，此前费用基金不予支付。`,
        en: `${line.genericName} is covered from ${first}; the fund pays nothing before that day.`,
      }
    })
  },
})
