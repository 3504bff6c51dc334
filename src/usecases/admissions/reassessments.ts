import { addDays, type CivilDay, dayOf } from '../../domain/primitives/civil-day.ts'
import { requireCited } from '../../domain/rules/cited.ts'
import { isFounded } from '../../domain/rules/founded.ts'
import type { PolicyVersion } from '../../domain/rules/policy-version.ts'
import type { ReassessmentPeriods } from '../../domain/rules/reassessment-timely.ts'
import { type DueReassessment, dueReassessments } from '../../storage/admissions/reassessments.ts'
import type { Caller, Deps } from '../deps.ts'
import { versionToday } from './workflows-of.ts'

/** One line of the list of re-assessments. */
export interface ReassessmentLine extends Omit<DueReassessment, 'place'> {
  readonly overdue: boolean
}

/** What falls due within this time is listed when nobody names a day. */
const AHEAD_DAYS = 30

/**
 * Whose re-assessment is due or overdue: a hospital's own patients, or all of the agency's region. A region whose policy
 * sets no period has an empty list.
 *
 * @param dueBy last day asked for; 30 days from today when absent
 * @throws Problem policy-missing, policy-not-cited when the period is only a sample and the hub in production
 * @see SX-7
 */
export async function listReassessments(
  deps: Deps,
  caller: Caller,
  { dueBy, after, limit }: { readonly dueBy?: CivilDay; readonly after?: string; readonly limit: number },
): Promise<{ readonly items: readonly ReassessmentLine[]; readonly next?: string }> {
  const now = deps.clock()
  const terms = termsOf(versionToday(deps, caller, now), deps.mode)
  if (terms === undefined) return { items: [] }
  const today = dayOf(now)
  const found = await dueReassessments(deps.pool, caller.regionCode, {
    kind: terms.kind,
    periods: JSON.stringify(terms.periodDays),
    today,
    dueBy: dueBy ?? addDays(today, AHEAD_DAYS),
    ...(caller.kind === 'agency' ? {} : { hospitalId: caller.institutionId ?? '' }),
    ...(after === undefined ? {} : { after }),
    limit,
  })
  const last = found.at(-1)
  return {
    items: found.map(({ place: _, ...line }) => ({ ...line, overdue: line.dueOn < today })),
    ...(found.length === limit && last !== undefined ? { next: last.place } : {}),
  }
}

/** The kind of qualification and the periods by which the region re-assesses. */
function termsOf(
  version: PolicyVersion,
  mode: Deps['mode'],
): { readonly kind: string; readonly periodDays: ReassessmentPeriods } | undefined {
  const applied = version.steps.intake?.find(({ rule }) => rule === 'reassessment-timely')
  if (applied === undefined) return undefined
  const { kind, periodDays } = applied.parameters
  const open = Object.entries(applied.parameters).flatMap(([parameter, { status, source }]) =>
    isFounded(status) ? [] : [{ rule: applied.rule, ruleId: source, parameter, status }],
  )
  requireCited(version, open, mode)
  return { kind: kind!.value as string, periodDays: periodDays!.value as ReassessmentPeriods }
}
