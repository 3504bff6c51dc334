import type { Effect, Finding } from './finding.ts'

/** The rule that compares the patient of a document with the person of the register. */
const WHO = 'patient-matches'

/** True when the findings say that the document is about somebody else than the registered person. */
export function isSomebodyElse(findings: readonly Finding[]): boolean {
  return findings.some(({ rule, effect }) => rule === WHO && effect === 'reject')
}

/**
 * What may be told of a judgement. To whoever does not know who the person is, nothing else is said about the person:
 * neither cover nor suspension nor what was supplied before.
 *
 * @see MZ-6.1
 */
export function toldFindings(findings: readonly Finding[]): readonly Finding[] {
  return saidOnce(isSomebodyElse(findings) ? findings.filter(({ rule }) => rule === WHO) : findings)
}

const STRICTEST_FIRST: readonly Effect[] = ['reject', 'not-covered', 'warn']

/**
 * The same sentence about the same field once: with the strictest effect, in the place of the first, and naming the
 * other duties. Somebody whom no register knows fails every rule about them with one and the same sentence.
 */
export function saidOnce(findings: readonly Finding[]): readonly Finding[] {
  const said = new Map<string, Finding[]>()
  for (const finding of findings) {
    const { path, lineNo, message } = finding
    const sentence = JSON.stringify([path, lineNo, message])
    said.set(sentence, [...(said.get(sentence) ?? []), finding])
  }
  return [...said.values()].map((same) => {
    const [strictest] = same.toSorted(
      (a, b) => STRICTEST_FIRST.indexOf(a.effect) - STRICTEST_FIRST.indexOf(b.effect),
    )
    const others = new Set(same.map(({ ruleId }) => ruleId))
    others.delete(strictest!.ruleId)
    return others.size === 0 ? strictest! : { ...strictest!, alsoRuleIds: [...others] }
  })
}
