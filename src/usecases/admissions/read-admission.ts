import { dayOf } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import type { AdmissionStatus } from '../../domain/workflows/application.ts'
import * as applications from '../../storage/admissions/application.ts'
import * as papers from '../../storage/admissions/papers.ts'
import type { Caller, Deps } from '../deps.ts'
import { gatherAdmissionFacts } from './gather-admission-facts.ts'
import { type ApplicationView, viewOf } from './view.ts'
import { workflowOf } from './workflows-of.ts'

/**
 * The application, when it concerns the caller: the agency of the region, the hospital that applied, or an
 * institution that the application names.
 *
 * @throws Problem not-yours, the same for a number that does not exist
 */
export function requireVisible(
  row: applications.ApplicationRow | undefined,
  caller: Caller,
): applications.ApplicationRow {
  const isConcerned =
    row !== undefined &&
    (caller.kind === 'agency' ||
      (caller.institutionId !== undefined && row.concerned.includes(caller.institutionId)))
  if (!isConcerned) throw new Problem('not-yours')
  return row
}

/** One application with its papers, its steps and what it waits for. @throws Problem not-yours */
export async function readAdmission(
  deps: Deps,
  caller: Caller,
  applicationNo: string,
): Promise<ApplicationView> {
  const { pool } = deps
  const row = requireVisible(await applications.find(pool, caller.regionCode, applicationNo), caller)
  const version = deps.policies.version(row.policyVersion)
  if (version === undefined) throw new Problem('policy-missing')
  return viewOf(
    workflowOf(version, row.workflow),
    row,
    await gatherAdmissionFacts(deps, pool, caller.regionCode, row, undefined, deps.clock()),
    await applications.events(pool, caller.regionCode, applicationNo),
    await papers.list(pool, caller.regionCode, applicationNo),
    { mode: deps.mode, calendar: version.calendar ?? {} },
  )
}

/** What to list. */
export interface AdmissionQuery {
  readonly status?: AdmissionStatus
  readonly workflow?: string
  readonly isOverdue?: boolean
  readonly after?: string
  readonly limit: number
}

/** One line of the list; the application itself says more. */
export interface AdmissionLine {
  readonly applicationNo: string
  readonly workflow: string
  readonly subject: applications.ApplicationRow['subject']
  readonly applicantId?: string
  readonly status: AdmissionStatus
  readonly step: string
  readonly dueOn?: string
  readonly openedAt: string
  readonly changedAt: string
}

/** The applications that concern the caller, by number. */
export async function listAdmissions(
  deps: Deps,
  caller: Caller,
  query: AdmissionQuery,
): Promise<{ readonly items: readonly AdmissionLine[]; readonly next?: string }> {
  const rows = await applications.list(deps.pool, caller.regionCode, {
    ...(caller.kind === 'agency' ? {} : { concerns: caller.institutionId ?? '' }),
    ...(query.status === undefined ? {} : { status: query.status }),
    ...(query.workflow === undefined ? {} : { workflow: query.workflow }),
    ...(query.isOverdue === true ? { dueBefore: dayOf(deps.clock()) } : {}),
    ...(query.after === undefined ? {} : { after: query.after }),
    limit: query.limit,
  })
  const items = rows.map((row) => ({
    applicationNo: row.applicationNo,
    workflow: row.workflow,
    subject: row.subject,
    ...(row.applicantId === undefined ? {} : { applicantId: row.applicantId }),
    status: row.status,
    step: row.step,
    ...(row.dueOn === undefined ? {} : { dueOn: row.dueOn }),
    openedAt: row.openedAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
  }))
  const last = items.at(-1)
  return {
    items,
    ...(items.length === query.limit && last !== undefined ? { next: last.applicationNo } : {}),
  }
}
