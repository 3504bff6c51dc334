import { Problem } from '../../domain/problems.ts'
import type { PolicyVersion } from '../../domain/rules/policy-version.ts'
import { type Figure, figuresOf, type PlanPart, type SettlementPlan } from '../../domain/settlement/plan.ts'
import type { Deps } from '../deps.ts'

/**
 * The capitation part of the policy that is in force at the end of a year: that one settles it.
 *
 * @throws Problem capitation-wrong-state when the policy has none, or has it switched off
 * @see FS-3.5a
 */
export function capitationPart(
  deps: Pick<Deps, 'policies'>,
  regionCode: string,
  year: number,
): { version: PolicyVersion; part: PlanPart } {
  const version = deps.policies.inForce(regionCode, `${year}-12-31`)
  const plan = version?.settlement as SettlementPlan | undefined
  const part = plan?.parts.find((each) => each.part === 'capitation')
  if (version === undefined || part === undefined || figuresOf(part, 'switch').some(isOff)) {
    throw new Problem('capitation-wrong-state', { details: { state: 'not-in-policy' } })
  }
  return { version, part }
}

function isOff({ value }: Figure): boolean {
  return value === 'off'
}
