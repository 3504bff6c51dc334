import { addYears } from '../primitives/civil-day.ts'
import { judgedDay } from './judged-day.ts'
import { eachLine } from './lines.ts'
import { liveQualifications } from './live-qualifications.ts'
import { parameters, text, whole } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

interface Parameters {
  readonly kind: string
  readonly years: number
}

/** Was the qualification given so recently that it still runs, whatever end the register gives it? @see SX-4.3 */
export const qualificationTerm = defineRule<Parameters>({
  name: 'qualification-term',
  sentence: {
    zh: '患者备案（{kind}）自核发之日起{years}年内有效。',
    en: 'The qualification of the patient ({kind}) runs for {years} year(s) from the day it was given.',
  },
  parameters: parameters({ kind: text, years: whole(1) }),
  needs: () => ['person'],
  check(facts, { kind, years }) {
    const day = judgedDay(facts)
    return eachLine(facts, 'drugCode', (line) => {
      const filed = liveQualifications(facts, kind, line.drugCode)
      if (filed.length === 0 || filed.some(({ validFrom }) => day < addYears(validFrom, years)))
        return undefined
      return {
        zh: `${line.genericName}的待遇资格已满${years}年，请重新申请。`,
        en: `The qualification for ${line.genericName} is ${years} year(s) old; apply anew.`,
      }
    })
  },
})
