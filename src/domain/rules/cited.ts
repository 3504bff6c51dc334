import type { Step } from '../facts.ts'
import { Problem } from '../problems.ts'
import type { Figure, PolicyVersion } from './policy-version.ts'

/** In production nothing may rest on a sample; the sandbox lives on samples and says so. */
export type Mode = 'sandbox' | 'production'

/** A figure without a regulation behind it. */
export interface UncitedFigure {
  readonly rule: string
  readonly ruleId: string
  readonly parameter: string
  readonly status: 'sample' | 'unset'
}

/** The figures of one step that no document states, in the order of the policy file. */
export function uncitedFigures(version: PolicyVersion, step: Step): UncitedFigure[] {
  const ofRules = (version.steps[step] ?? []).flatMap((applied) =>
    Object.entries(applied.parameters).flatMap(([parameter, figure]) =>
      uncited(applied.rule, parameter, figure),
    ),
  )
  return step === 'intake' ? [...uncited('validity', 'days', version.validity.days), ...ofRules] : ofRules
}

/**
 * Days of validity of a prescription under this version.
 *
 * @throws Problem policy-not-cited when the figure may not be used in this mode
 * @see MZ-6.3
 */
export function validityDays(version: PolicyVersion, mode: Mode): number {
  return usable(version, 'validity', 'days', version.validity.days, mode)
}

/**
 * Minutes for which a pharmacy may hold what it has taken.
 *
 * @throws Problem policy-not-cited when the figure may not be used in this mode
 */
export function holdMinutes(version: PolicyVersion, mode: Mode): number {
  return usable(version, 'hold', 'minutes', version.hold.minutes, mode)
}

/**
 * Refuses figures that may not be used: unset ones always, samples in production.
 *
 * @throws Problem policy-not-cited naming each of them
 */
export function requireCited(version: PolicyVersion, figures: readonly UncitedFigure[], mode: Mode): void {
  const refused = figures.filter((figure) => figure.status === 'unset' || mode === 'production')
  if (refused.length === 0) return
  throw new Problem('policy-not-cited', {
    details: {
      policyVersion: version.id,
      figures: refused.map(
        ({ ruleId, rule, parameter, status }) => `${ruleId} ${rule}.${parameter} (${status})`,
      ),
    },
  })
}

function usable<Value>(
  version: PolicyVersion,
  rule: string,
  parameter: string,
  figure: Figure<Value>,
  mode: Mode,
): Value {
  requireCited(version, uncited(rule, parameter, figure), mode)
  if (figure.value === undefined) throw new RangeError(`${rule}.${parameter} of ${version.id} has no value`)
  return figure.value
}

function uncited(rule: string, parameter: string, figure: Figure): UncitedFigure[] {
  return figure.status === 'cited' ? [] : [{ rule, ruleId: figure.source, parameter, status: figure.status }]
}
