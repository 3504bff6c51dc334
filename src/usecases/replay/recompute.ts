import type { Facts, Step } from '../../domain/facts.ts'
import type { Finding } from '../../domain/finding.ts'
import { canonicalJson } from '../../domain/primitives/canonical-json.ts'
import { judge } from '../../domain/rules/judge.ts'
import type { PolicyVersion } from '../../domain/rules/policy-version.ts'
import type { Adjudication, AdjudicationRefused } from '../../domain/settlement/adjudication.ts'
import { type AdjudicationJson, toJson } from '../../domain/settlement/adjudication-json.ts'
import { withPayerTotals } from '../../domain/settlement/payer-amounts.ts'
import type { PolicyBook } from '../../policy/policy-book.ts'

/**
 * Judges stored facts again.
 *
 * Whether samples may be used is not asked: the stored decision was made, and a replay shows what another policy
 * would say of it.
 *
 * @param facts canonical JSON as stored
 */
export function judgeAgain(version: PolicyVersion, step: string, facts: string): readonly Finding[] {
  return judge(version, step as Step, JSON.parse(facts) as Facts, 'sandbox').findings
}

/** The findings of a stored decision, worked out again: with its own version, the very bytes that are stored. */
export function recomputeDecision(version: PolicyVersion, step: string, facts: string): string {
  return canonicalJson(judgeAgain(version, step, facts))
}

/**
 * An adjudication as canonical JSON, with the amounts of the core system when those decided the stored settlement and
 * make up the same charge.
 *
 * @param adjudication canonical JSON as stored
 */
export function asDecided(result: Adjudication | AdjudicationRefused, adjudication: string): string {
  const stored = JSON.parse(adjudication) as AdjudicationJson
  const own = toJson(result)
  if (stored.decidedBy === undefined || own.outcome === 'refused') return canonicalJson(own)
  if (own.charge !== stored.charge) return canonicalJson(own)
  return canonicalJson(withPayerTotals(own, stored.totals))
}

/**
 * The version by which a book judges facts: that of the day of issue, and for a settlement that of its own day.
 *
 * @returns undefined when the book has no version for that day
 */
export function versionFor(
  book: PolicyBook,
  step: string,
  facts: Pick<Facts, 'regionCode' | 'today'> & {
    readonly prescription: Pick<Facts['prescription'], 'issuedOn'>
  },
): PolicyVersion | undefined {
  const day = step === 'settlement' ? facts.today : facts.prescription.issuedOn
  return book.inForce(facts.regionCode, day)
}
