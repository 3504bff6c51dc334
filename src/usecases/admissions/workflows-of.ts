import { dayOf } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import type { PolicyVersion } from '../../domain/rules/policy-version.ts'
import type { Workflow } from '../../domain/workflows/workflow.ts'
import type { Caller, Deps } from '../deps.ts'

/** The version in force in the caller's region today. @throws Problem policy-missing */
export function versionToday(deps: Pick<Deps, 'policies'>, caller: Caller, now: Date): PolicyVersion {
  const version = deps.policies.inForce(caller.regionCode, dayOf(now))
  if (version === undefined) throw new Problem('policy-missing', { details: { day: dayOf(now) } })
  return version
}

/** A workflow by name. @throws Problem workflow-unknown */
export function workflowOf(version: PolicyVersion, name: string): Workflow {
  const found = version.workflows?.admissions.find((workflow) => workflow.name === name)
  if (found === undefined) throw new Problem('workflow-unknown', { details: { workflow: name } })
  return found
}

/** The workflows of the caller's region as the policy file has them. */
export function readWorkflows(
  deps: Pick<Deps, 'policies' | 'clock'>,
  caller: Caller,
): { readonly policyVersion: string; readonly workflows: readonly Workflow[] } {
  const version = versionToday(deps, caller, deps.clock())
  return { policyVersion: version.id, workflows: version.workflows?.admissions ?? [] }
}
