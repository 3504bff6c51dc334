import { eachLine } from './lines.ts'
import { liveQualifications } from './live-qualifications.ts'
import { parameters, text } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'
import { term } from './terms.ts'

interface Parameters {
  readonly kind: string
}

/** Has the patient been admitted to the benefit for this drug, and does it hold? @see CQ-4.1, SX-3, SX-4.3, FS-2.1 */
export const qualificationLive = defineRule<Parameters>({
  name: 'qualification-live',
  sentence: {
    zh: '患者须有覆盖该药品的有效备案：{kind}。',
    en: 'The patient has a live qualification of kind {kind} that covers the drug.',
  },
  parameters: parameters({ kind: text }),
  needs: () => ['person'],
  check: (facts, { kind }) =>
    eachLine(facts, 'drugCode', (line) =>
      liveQualifications(facts, kind, line.drugCode).length > 0
        ? undefined
        : {
            zh: `患者没有${line.genericName}的有效备案（${term(kind).zh}），请先办理。`,
            en: `The patient has no live qualification (${term(kind).en}) for ${line.genericName}; apply first.`,
          },
    ),
})
