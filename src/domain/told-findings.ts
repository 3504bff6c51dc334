import type { Finding } from './finding.ts'

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
  return isSomebodyElse(findings) ? findings.filter(({ rule }) => rule === WHO) : findings
}
