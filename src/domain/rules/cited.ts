import type { Step } from '../facts.ts'
import type { CollectionTerms } from '../prescription/collection.ts'
import { Problem } from '../problems.ts'
import { isFounded } from './founded.ts'
import type { Figure, PolicyVersion } from './policy-version.ts'

/** In production nothing may rest on a sample; the sandbox lives on samples and says so. */
export type Mode = 'sandbox' | 'production'

/** A figure that neither a document nor a decision of the agency stands behind. */
export interface UncitedFigure {
  readonly rule: string
  readonly ruleId: string
  readonly parameter: string
  readonly status: 'sample' | 'unset'
}

/**
 * The figures of one step that no document states, in the order of the policy file.
 *
 * @param longTerm true for a long-term prescription, which has figures of its own that no other one rests on
 */
export function uncitedFigures(version: PolicyVersion, step: Step, longTerm = false): UncitedFigure[] {
  const ofRules = (version.steps[step] ?? [])
    .filter((applied) => longTerm || applied.when?.longTerm !== true)
    .flatMap((applied) =>
      Object.entries(applied.parameters).flatMap(([parameter, figure]) =>
        uncited(applied.rule, parameter, figure),
      ),
    )
  const [name, figure] = validityOf(version, longTerm)
  return step === 'intake' ? [...uncited('validity', name, figure), ...ofRules] : ofRules
}

/**
 * Days of validity of a prescription under this version.
 *
 * @param longTerm true for a long-term prescription
 * @throws Problem policy-not-cited when the figure may not be used in this mode
 * @see MZ-6.3, SC-N3, FS-3.4
 */
export function validityDays(version: PolicyVersion, mode: Mode, longTerm = false): number {
  return usable(version, 'validity', ...validityOf(version, longTerm), mode)
}

/** The figure of validity that holds for a prescription, with its name. */
export function validityOf(version: PolicyVersion, longTerm: boolean): [string, Figure<number>] {
  const { days, longTermDays } = version.validity
  return longTerm && longTermDays !== undefined ? ['longTermDays', longTermDays] : ['days', days]
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
 * How often a pharmacy may renew a hold; a version that says nothing of it allows none.
 *
 * @throws Problem policy-not-cited when the figure may not be used in this mode
 */
export function holdRenewals(version: PolicyVersion, mode: Mode): number {
  const { renewals } = version.hold
  return renewals === undefined ? 0 : usable(version, 'hold', 'renewals', renewals, mode)
}

/**
 * How long what is settled or deferred waits to be collected: hours from the settlement, without a figure to the end of
 * validity; and minutes beyond that end, none without a figure.
 *
 * @throws Problem policy-not-cited when a figure may not be used in this mode
 */
export function collectionTerms(version: PolicyVersion, mode: Mode): CollectionTerms {
  const { collectHours, graceMinutes } = version.hold
  return {
    holdMinutes: holdMinutes(version, mode),
    ...(collectHours === undefined
      ? {}
      : { collectHours: usable(version, 'hold', 'collectHours', collectHours, mode) }),
    graceMinutes:
      graceMinutes === undefined ? 0 : usable(version, 'hold', 'graceMinutes', graceMinutes, mode),
  }
}

/**
 * Days within which a supplier pays a patient back; at once when the version says nothing of it.
 *
 * @throws Problem policy-not-cited when the figure may not be used in this mode
 */
export function refundDays(version: PolicyVersion, mode: Mode): number {
  const figure = version.hold.refundDays
  return figure === undefined ? 0 : usable(version, 'hold', 'refundDays', figure, mode)
}

/**
 * Whether a paper prescription may be entered; a version that says nothing of it takes none.
 *
 * @throws Problem policy-not-cited when the figure may not be used in this mode
 * @see MZ-7.5
 */
export function paperAllowed(version: PolicyVersion, mode: Mode): boolean {
  return version.paper === undefined
    ? false
    : usable(version, 'paper', 'allowed', version.paper.allowed, mode)
}

/**
 * Days from the day on which a paper was presented, within which it may still be entered after its validity; 0 when the
 * version says nothing of it.
 *
 * @throws Problem policy-not-cited when the figure may not be used in this mode
 * @see MZ-7.5
 */
export function paperEntryDays(version: PolicyVersion, mode: Mode): number {
  const figure = version.paper?.entryDays
  return figure === undefined ? 0 : usable(version, 'paper', 'entryDays', figure, mode)
}

/**
 * Days after which a pharmacy has to send its books again; undefined where no document asks for them.
 *
 * @throws Problem policy-not-cited when the figure may not be used in this mode
 * @see MZ-9.4a
 */
export function uploadDays(version: PolicyVersion, mode: Mode): number | undefined {
  const figure = version.stock?.uploadDays
  return figure === undefined ? undefined : usable(version, 'stock', 'uploadDays', figure, mode)
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
  return isFounded(figure.status) ? [] : [{ rule, ruleId: figure.source, parameter, status: figure.status }]
}
