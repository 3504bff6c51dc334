import type { EquivalentFacts } from '../facts.ts'
import { eachLine } from './lines.ts'
import { parameters, someOf } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'
import { term, terms } from './terms.ts'

const VIRTUES: Readonly<Record<string, (drug: EquivalentFacts) => boolean>> = {
  'class-a': (drug) => drug.medicineClass === 'A',
  essential: (drug) => drug.essential === true,
  'consistency-evaluated': (drug) => drug.consistencyEvaluated === true,
  'centrally-procured': (drug) => drug.centrallyProcured === true,
}

interface Parameters {
  readonly virtues: readonly string[]
}

/** Is there no equivalent that the policy prefers? @see FS-2.2, SC-N3 */
export const preferredEquivalent = defineRule<Parameters>({
  name: 'preferred-equivalent',
  sentence: {
    zh: '同成分药品中优先选用：{virtues}。',
    en: 'Among drugs of the same ingredient these are preferred: {virtues}.',
  },
  parameters: parameters({ virtues: someOf(Object.keys(VIRTUES)) }),
  check: (facts, { virtues }) =>
    eachLine(facts, 'drugCode', (_line, drug) => {
      if (drug === undefined) return undefined
      const lacking = virtues.filter((virtue) => !VIRTUES[virtue]!(drug))
      const kept = virtues.filter((virtue) => VIRTUES[virtue]!(drug))
      for (const equivalent of drug.equivalents ?? []) {
        const better = lacking.filter((virtue) => VIRTUES[virtue]!(equivalent))
        if (better.length === 0 || !kept.every((virtue) => VIRTUES[virtue]!(equivalent))) continue
        return {
          zh: `${equivalent.genericName}（${equivalent.drugCode}）${better.map((v) => term(v).zh).join('、')}，可优先选用。`,
          en: `${equivalent.genericName} (${equivalent.drugCode}) is to be preferred: ${terms(better).en}.`,
        }
      }
      return undefined
    }),
})
