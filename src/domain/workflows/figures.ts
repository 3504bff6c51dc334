import type { UncitedFigure } from '../rules/cited.ts'
import { isFounded } from '../rules/founded.ts'
import type { Figure } from '../rules/policy-version.ts'
import type { Workflow } from './workflow.ts'

/**
 * The figures on which decisions of a workflow rest and that no document states. Deadlines are left out: they
 * decide nothing, and one without a source is not used in production.
 */
export function uncitedOf(workflow: Workflow): UncitedFigure[] {
  const found: UncitedFigure[] = []
  const note = (rule: string, parameter: string, figure: Figure | undefined) => {
    if (figure !== undefined && !isFounded(figure.status))
      found.push({ rule, ruleId: figure.source, parameter, status: figure.status })
  }
  for (const { check, parameters = {} } of workflow.checks ?? []) {
    for (const [name, figure] of Object.entries(parameters)) note(check, name, figure)
  }
  for (const outcome of workflow.outcomes ?? []) {
    if ('term' in outcome) note(workflow.name, `${outcome.kind}.term`, outcome.term)
  }
  for (const [drug, figure] of Object.entries(workflow.criteria ?? {})) note(workflow.name, drug, figure)
  return found
}
