import type { Facts, Step } from '../facts.ts'
import type { Finding } from '../finding.ts'
import { type Mode, requireCited, type UncitedFigure, uncitedFigures, validityOf } from './cited.ts'
import { applies } from './condition.ts'
import { missing } from './missing.ts'
import type { AppliedRule, PolicyVersion } from './policy-version.ts'
import type { Objection, Rule } from './rule.ts'
import { expiryOf } from './validity.ts'
import { VOCABULARY } from './vocabulary.ts'

/** What a policy version says to one step. Plain JSON: stored, answered and recomputed as it is. */
export interface Judgement {
  readonly versionId: string
  readonly step: Step
  /** In the order of the policy file, then by path. */
  readonly findings: readonly Finding[]
  /** Sample figures that the step rests on. */
  readonly uncited: readonly UncitedFigure[]
}

/**
 * Runs every rule of a step and returns everything they found.
 *
 * @param mode production refuses a step that rests on a sample; the sandbox marks its findings `restsOnSample`
 * @throws Problem policy-not-cited when a figure of the step has no value, or is a sample in production
 * @throws RangeError when the version is of another region or names an unknown rule: a bug, never user input
 */
export function judge(version: PolicyVersion, step: Step, facts: Facts, mode: Mode): Judgement {
  if (facts.regionCode !== version.region) {
    throw new RangeError(`facts of region ${facts.regionCode} judged by policy ${version.id}`)
  }
  const uncited = uncitedFigures(version, step, facts.prescription.longTerm)
  requireCited(version, uncited, mode)
  const complete = withExpiry(version, step, facts)
  const findings = (version.steps[step] ?? []).flatMap((applied) => findingsOf(applied, complete))
  return { versionId: version.id, step, findings, uncited }
}

/**
 * What one rule objects to, missing facts included.
 *
 * @param values parameter values by name, as the policy file has them
 */
export function objectionsOf(
  rule: Rule,
  facts: Facts,
  values: Readonly<Record<string, unknown>> = {},
): readonly Objection[] {
  const absent = missing(facts, rule.needs?.(values) ?? [])
  return absent.length > 0 ? absent : rule.check(facts, values)
}

function findingsOf(applied: AppliedRule, facts: Facts): Finding[] {
  const rule = VOCABULARY.get(applied.rule)
  if (rule === undefined) throw new RangeError(`no rule is named ${applied.rule}`)
  const scope = applies(applied.when, facts)
  if (scope.length === 0) return []
  const figures = Object.entries(applied.parameters)
  const values = Object.fromEntries(figures.map(([name, figure]) => [name, figure.value]))
  const sample = figures.some(([, figure]) => figure.status === 'sample')
  return objectionsOf(rule, facts, values)
    .filter((objection) => objection.lineNo === undefined || inScope(objection.lineNo, scope, facts))
    .map((objection) => ({
      ruleId: applied.source,
      rule: applied.rule,
      article: applied.article,
      effect: applied.effect,
      ...(objection.path === undefined ? {} : { path: objection.path }),
      ...(objection.lineNo === undefined ? {} : { lineNo: objection.lineNo }),
      ...(objection.coveredQuantity === undefined || applied.effect !== 'not-covered'
        ? {}
        : { coveredQuantity: objection.coveredQuantity }),
      ...(sample ? { restsOnSample: true } : {}),
      message: objection.message,
    }))
    .sort((a, b) => compareText(a.path ?? '', b.path ?? ''))
}

/** A supplied line that was never prescribed is in every scope: no condition may hide it. */
function inScope(lineNo: number, scope: readonly number[], facts: Facts): boolean {
  return scope.includes(lineNo) || !facts.prescription.lines.some((line) => line.lineNo === lineNo)
}

/** The stored end of validity, or before the hub has stored one, the end by this version. */
function withExpiry(version: PolicyVersion, step: Step, facts: Facts): Facts {
  const { prescription } = facts
  const days = validityOf(version, prescription.longTerm)[1].value
  const expiresAt =
    prescription.expiresAt ??
    (days === undefined ? undefined : expiryOf(new Date(prescription.issuedAt), days).toISOString())
  return {
    ...facts,
    step,
    prescription: expiresAt === undefined ? prescription : { ...prescription, expiresAt },
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
