import { randomUUID } from 'node:crypto'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import * as complaints from '../../storage/admissions/complaints.ts'
import type { Caller, Deps } from '../deps.ts'
import { requireSubject } from '../registers/change-register.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'

/** A complaint as callers see it: who complained is for the agency and for the one who filed it. */
export type ComplaintView = Omit<
  complaints.ComplaintRow,
  'filedAt' | 'handledAt' | 'filedBy' | 'handledBy'
> & {
  readonly filedBy?: string
  readonly handledBy?: string
  readonly filedAt: string
  readonly handledAt?: string
}

/**
 * Files a complaint or report about an institution or practitioner of the region.
 *
 * @throws Problem reference-unknown when no register ever knew the subject
 * @see CQ-5.3, SC-P1, MZ-9.3
 */
export async function fileComplaint(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  asked: Pick<complaints.ComplaintRow, 'kind' | 'subject' | 'subjectId' | 'reasonCode' | 'statement'>,
): Promise<Answer<{ readonly complaintId: string }>> {
  return await write(deps, request, async (tx, now) => {
    await requireSubject(tx, caller.regionCode, asked, dayOf(now))
    const complaintId = randomUUID()
    const { institutionId: filedFor } = caller
    await complaints.file(tx, caller.regionCode, {
      ...asked,
      complaintId,
      filedBy: caller.id,
      ...(filedFor === undefined ? {} : { filedFor }),
      filedAt: now,
    })
    return { status: 201, body: { complaintId } }
  })
}

/**
 * Records how a complaint was handled; once.
 *
 * @throws Problem not-yours, complaint-handled
 * @see CQ-5.3, SC-P1
 */
export async function handleComplaint(
  deps: Deps,
  agency: Caller,
  request: WriteRequest,
  complaintId: string,
  asked: {
    readonly outcome: complaints.ComplaintOutcome
    readonly handling: string
    readonly officerNo: string
  },
): Promise<Answer<{ readonly complaintId: string; readonly outcome: complaints.ComplaintOutcome }>> {
  return await write(deps, request, async (tx, now) => {
    const done = await complaints.handle(tx, agency.regionCode, complaintId, {
      outcome: asked.outcome,
      handling: asked.handling,
      by: `${agency.id}/${asked.officerNo}`,
      at: now,
    })
    if (done === 'unknown') throw new Problem('not-yours')
    if (done === 'handled') throw new Problem('complaint-handled')
    return { status: 200, body: { complaintId, outcome: asked.outcome } }
  })
}

/** All complaints for the agency; for an institution those that its systems filed. Newest first. */
export async function listComplaints(
  deps: Deps,
  caller: Caller,
  query: { readonly isOpen?: boolean; readonly limit: number },
): Promise<{ readonly items: readonly ComplaintView[] }> {
  const rows = await complaints.list(deps.pool, caller.regionCode, {
    ...query,
    ...(caller.kind === 'agency'
      ? {}
      : caller.institutionId === undefined
        ? { filedBy: caller.id }
        : { filedFor: caller.institutionId }),
  })
  return { items: rows.map((row) => complaintView(row, true)) }
}

/** @param isNamed whether the reader may know who complained and who handled it */
export function complaintView(row: complaints.ComplaintRow, isNamed: boolean): ComplaintView {
  const { filedAt, handledAt, filedBy, handledBy, ...rest } = row
  return {
    ...rest,
    ...(isNamed ? { filedBy, ...(handledBy === undefined ? {} : { handledBy }) } : {}),
    filedAt: filedAt.toISOString(),
    ...(handledAt === undefined ? {} : { handledAt: handledAt.toISOString() }),
  }
}
