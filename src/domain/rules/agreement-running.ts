import { inForce } from '../facts.ts'
import { judgedDay } from './judged-day.ts'
import { eachLine } from './lines.ts'
import { parameters, texts } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

interface Parameters {
  readonly lists: readonly string[]
}

/**
 * Does the negotiation agreement of the drug still run? A renewal or a regular listing is a new entry of the list
 * with a later end or none.
 *
 * @see CQ-2.6
 */
export const agreementRunning = defineRule<Parameters>({
  name: 'agreement-running',
  sentence: {
    zh: '药品须在谈判协议期内（{lists}），或已续约、已纳入目录。',
    en: 'The negotiation agreement of the drug ({lists}) runs, was renewed, or the drug was listed.',
  },
  parameters: parameters({ lists: texts }),
  check(facts, { lists }) {
    const day = judgedDay(facts)
    return eachLine(facts, 'drugCode', (line, drug) => {
      const listings = inForce(drug?.lists ?? [], day).filter(({ listId }) => lists.includes(listId))
      if (listings.length === 0) return undefined
      if (listings.some(({ agreementEnd }) => agreementEnd === undefined || day <= agreementEnd))
        return undefined
      return {
        zh: `${line.genericName}的谈判协议期已满且未续约，保障已停止。`,
        en: `The negotiation agreement of ${line.genericName} has ended without renewal; it is no longer covered.`,
      }
    })
  },
})
