import { addDays, type CivilDay } from '../primitives/civil-day.ts'
import type { Qualification } from '../registers.ts'
import { judgedDay } from './judged-day.ts'
import { eachLine } from './lines.ts'
import { liveQualifications } from './live-qualifications.ts'
import { parameters, text, whole } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

/** Days between two re-assessments by national drug code; `*` for the drugs that have none of their own. */
export type ReassessmentPeriods = Readonly<Record<string, number>> & { readonly '*': number }

interface Parameters {
  readonly kind: string
  readonly periodDays: ReassessmentPeriods
}

/** JSON Schema of the periods. */
export const reassessmentPeriods = {
  type: 'object',
  required: ['*'],
  propertyNames: { pattern: '^(\\*|[0-9A-Z]{20,23})$' },
  additionalProperties: whole(1),
}

/**
 * The last day for the next re-assessment of a drug, counted from the last one or, before any, from the first day of
 * the qualification.
 *
 * @see SX-7
 */
export function reassessmentDue(
  { assessedOn, validFrom }: Pick<Qualification, 'assessedOn'> & { readonly validFrom: CivilDay },
  drugCode: string,
  periods: ReassessmentPeriods,
): CivilDay {
  return addDays(assessedOn ?? validFrom, periods[drugCode] ?? periods['*'])
}

/** Was the patient re-assessed in time? What follows when not is the effect that the policy gives. @see SX-7 */
export const reassessmentTimely = defineRule<Parameters>({
  name: 'reassessment-timely',
  sentence: {
    zh: '须按期复查评估（{kind}，按药品规定天数：{periodDays}）。',
    en: 'The patient is re-assessed in time ({kind}; days by drug: {periodDays}).',
  },
  parameters: parameters({ kind: text, periodDays: reassessmentPeriods }),
  needs: () => ['person'],
  check(facts, { kind, periodDays }) {
    const day = judgedDay(facts)
    return eachLine(facts, 'drugCode', (line) => {
      const due = liveQualifications(facts, kind, line.drugCode)
        .map((filed) => reassessmentDue(filed, line.drugCode, periodDays))
        .sort()
        .at(-1)
      if (due === undefined || day <= due) return undefined
      return {
        zh: `${line.genericName}应于${due}前复查评估，现已逾期，请责任医师尽快评估并记录。`,
        en: `${line.genericName} was due to be re-assessed by ${due}; the responsible physician does it soon and records it.`,
      }
    })
  },
})
