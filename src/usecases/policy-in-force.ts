import { dayOf } from '../domain/primitives/civil-day.ts'
import { Problem } from '../domain/problems.ts'
import type { PolicyVersion } from '../domain/rules/policy-version.ts'
import type { Deps } from './deps.ts'

/**
 * The policy of a region in force at an instant.
 *
 * @throws Problem policy-missing
 */
export function policyInForce(deps: Pick<Deps, 'policies'>, regionCode: string, at: Date): PolicyVersion {
  const version = deps.policies.inForce(regionCode, dayOf(at))
  if (version === undefined) throw new Problem('policy-missing', { details: { regionCode } })
  return version
}
