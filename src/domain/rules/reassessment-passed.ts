import { judgedDay } from './judged-day.ts'
import { eachLine } from './lines.ts'
import { liveQualifications } from './live-qualifications.ts'
import { parameters, text } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

interface Parameters {
  readonly kind: string
}

/** Does the last re-assessment let payment go on? @see SX-7 */
export const reassessmentPassed = defineRule<Parameters>({
  name: 'reassessment-passed',
  sentence: {
    zh: '最近一次复查评估（{kind}）未判定治愈或疾病进展。',
    en: 'The last re-assessment ({kind}) found the patient neither cured nor progressed.',
  },
  parameters: parameters({ kind: text }),
  needs: () => ['person'],
  check(facts, { kind }) {
    const day = judgedDay(facts)
    return eachLine(facts, 'drugCode', (line) => {
      const filed = liveQualifications(facts, kind, line.drugCode)
      const goesOn = filed.some(
        ({ assessment, assessedOn }) =>
          assessment === undefined ||
          assessment === 'continues' ||
          (assessedOn !== undefined && day < assessedOn),
      )
      if (filed.length === 0 || goesOn) return undefined
      return {
        zh: `复查评估已判定${line.genericName}治愈或疾病进展，此后费用基金不予支付。`,
        en: `The re-assessment for ${line.genericName} ended payment (cured or progressed); the fund pays nothing.`,
      }
    })
  },
})
