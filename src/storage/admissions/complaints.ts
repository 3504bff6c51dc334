import type { Queryable } from '../database.ts'
import { type WithNulls, withoutNulls } from '../without-nulls.ts'

export type ComplaintKind = 'complaint' | 'report'
export type ComplaintOutcome = 'upheld' | 'partly-upheld' | 'rejected' | 'withdrawn'

/** A complaint as stored; what was done is absent while it is open. */
export interface ComplaintRow {
  readonly complaintId: string
  readonly kind: ComplaintKind
  readonly subject: 'institution' | 'practitioner'
  readonly subjectId: string
  readonly reasonCode: string
  readonly statement: string
  readonly filedBy: string
  readonly filedAt: Date
  readonly outcome?: ComplaintOutcome
  readonly handling?: string
  readonly handledBy?: string
  readonly handledAt?: Date
}

/** Files a complaint. */
export async function file(
  tx: Queryable,
  regionCode: string,
  complaint: Omit<ComplaintRow, 'outcome' | 'handling' | 'handledBy' | 'handledAt'> & {
    /** The institution whose system files it. */
    readonly filedFor?: string
  },
): Promise<void> {
  await tx.query(
    `insert into complaint (region_code, complaint_id, kind, subject, subject_id, reason_code, statement,
       filed_by, filed_at, filed_for)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      regionCode,
      complaint.complaintId,
      complaint.kind,
      complaint.subject,
      complaint.subjectId,
      complaint.reasonCode,
      complaint.statement,
      complaint.filedBy,
      complaint.filedAt,
      complaint.filedFor ?? null,
    ],
  )
}

/** Records what was done. @returns 'unknown' without such a complaint, 'handled' when that was done before */
export async function handle(
  tx: Queryable,
  regionCode: string,
  complaintId: string,
  done: {
    readonly outcome: ComplaintOutcome
    readonly handling: string
    readonly by: string
    readonly at: Date
  },
): Promise<'done' | 'unknown' | 'handled'> {
  const { rows } = await tx.query<{ outcome: string | null }>(
    'select outcome from complaint where region_code = $1 and complaint_id = $2 for update',
    [regionCode, complaintId],
  )
  if (rows[0] === undefined) return 'unknown'
  if (rows[0].outcome !== null) return 'handled'
  await tx.query(
    `update complaint set outcome = $3, handling = $4, handled_by = $5, handled_at = $6
      where region_code = $1 and complaint_id = $2`,
    [regionCode, complaintId, done.outcome, done.handling, done.by, done.at],
  )
  return 'done'
}

/** Complaints, newest first: about a subject, filed by a client or for an institution, or those still open. */
export async function list(
  db: Queryable,
  regionCode: string,
  filter: {
    readonly subjectId?: string
    readonly filedBy?: string
    readonly filedFor?: string
    readonly isOpen?: boolean
    readonly limit: number
  },
): Promise<ComplaintRow[]> {
  const { rows } = await db.query<WithNulls<ComplaintRow>>(
    `select complaint_id as "complaintId", kind, subject, subject_id as "subjectId",
            reason_code as "reasonCode", statement, filed_by as "filedBy", filed_at as "filedAt", outcome, handling,
            handled_by as "handledBy", handled_at as "handledAt"
       from complaint
      where region_code = $1
        and ($2::text is null or subject_id = $2)
        and ($3::text is null or filed_by = $3)
        and ($4::boolean is null or (outcome is null) = $4)
        and ($6::text is null or filed_for = $6)
      order by filed_at desc, complaint_id
      limit $5`,
    [
      regionCode,
      filter.subjectId ?? null,
      filter.filedBy ?? null,
      filter.isOpen ?? null,
      filter.limit,
      filter.filedFor ?? null,
    ],
  )
  return rows.map((row) => withoutNulls<ComplaintRow>(row))
}
