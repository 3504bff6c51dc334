import type { Finding } from '../finding.ts'
import { type AdmissionFacts, type Application, isWhen } from './application.ts'
import { CHECKS } from './checks/vocabulary.ts'
import type { AppliedCheck, Workflow } from './workflow.ts'
import { valuesOf } from './workflow-faults.ts'

/**
 * Runs every check of a workflow whose fields are there already and returns everything they found. A field that is
 * not there yet is asked for by a step, so nothing is approved before its checks have run.
 *
 * @throws RangeError when the workflow names an unknown check: a broken policy file, never user input
 */
export function judgeChecks(workflow: Workflow, application: Application, facts: AdmissionFacts): Finding[] {
  return (workflow.checks ?? []).flatMap((applied) => findingsOf(applied, application, facts))
}

/** True when something was found that forbids to apply at all. @see FS-4.2b */
export function mayNotApply(findings: readonly Finding[]): boolean {
  return findings.some(({ rule, effect }) => effect === 'reject' && CHECKS.get(rule)?.barsApplying === true)
}

function findingsOf(applied: AppliedCheck, application: Application, facts: AdmissionFacts): Finding[] {
  const check = CHECKS.get(applied.check)
  if (check === undefined) throw new RangeError(`no check is named ${applied.check}`)
  if (!isWhen(applied.when, application, facts)) return []
  const values = valuesOf(applied)
  const { fields } = application
  if ((check.fields?.(values) ?? []).some((field) => fields[field] === undefined)) return []
  const { effect = 'reject' } = applied
  const isExcused = effect === 'exception' && fields.statement !== undefined
  const sample = Object.values(applied.parameters ?? {}).some(({ status }) => status === 'sample')
  return check.check(application, facts, values).map(({ path, message }) => ({
    ruleId: applied.source,
    rule: applied.check,
    article: applied.article,
    effect: effect === 'warn' || isExcused ? 'warn' : 'reject',
    ...(path === undefined ? {} : { path }),
    ...(sample ? { restsOnSample: true } : {}),
    message,
  }))
}
