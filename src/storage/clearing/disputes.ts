import type { Month } from '../../domain/clearing/month.ts'
import type { Queryable } from '../database.ts'

const DISPUTE_REASONS = ['not-ours', 'amount', 'quantity', 'price', 'missing-return', 'other'] as const
export type DisputeReason = (typeof DISPUTE_REASONS)[number]

/** An objection to one line of a statement. */
export interface Dispute {
  readonly disputeNo: number
  readonly postingId: string
  readonly reasonCode: DisputeReason
  readonly reason: string
  readonly raisedAt: Date
  readonly resolution?: 'upheld' | 'rejected'
  readonly answer?: string
  readonly resolvedAt?: Date
  /** The entry that corrects it, in a later month. */
  readonly adjustmentId?: string
}

/** Where a dispute belongs. */
export interface StatementKey {
  readonly regionCode: string
  readonly month: Month
  readonly institutionId: string
}

/** The disputes of a statement, in the order in which they were raised. */
export async function listDisputes(db: Queryable, key: StatementKey): Promise<Dispute[]> {
  const { rows } = await db.query<{
    dispute_no: number
    posting_id: string
    reason_code: DisputeReason
    reason: string
    raised_at: Date
    resolution: 'upheld' | 'rejected' | null
    answer: string | null
    resolved_at: Date | null
    adjustment_id: string | null
  }>(
    `select dispute_no, posting_id, reason_code, reason, raised_at, resolution, answer, resolved_at, adjustment_id
       from clearing_dispute
      where region_code = $1 and month = $2 and institution_id = $3 order by dispute_no`,
    [key.regionCode, key.month, key.institutionId],
  )
  return rows.map((row) => ({
    disputeNo: row.dispute_no,
    postingId: row.posting_id,
    reasonCode: row.reason_code,
    reason: row.reason,
    raisedAt: row.raised_at,
    ...(row.resolution === null ? {} : { resolution: row.resolution }),
    ...(row.answer === null ? {} : { answer: row.answer }),
    ...(row.resolved_at === null ? {} : { resolvedAt: row.resolved_at }),
    ...(row.adjustment_id === null ? {} : { adjustmentId: row.adjustment_id }),
  }))
}

/**
 * Raises a dispute. Call with the statement locked: the number is the next one.
 *
 * @throws unique violation of `clearing_dispute_once` when the line has an open one
 */
export async function addDispute(
  tx: Queryable,
  key: StatementKey,
  dispute: Pick<Dispute, 'postingId' | 'reasonCode' | 'reason' | 'raisedAt'>,
  raisedBy: string,
): Promise<number> {
  const { rows } = await tx.query<{ dispute_no: number }>(
    `insert into clearing_dispute (region_code, month, institution_id, dispute_no, posting_id, reason_code, reason,
                                   raised_at, raised_by)
     select $1, $2, $3, coalesce(max(dispute_no), 0) + 1, $4, $5, $6, $7, $8
       from clearing_dispute where region_code = $1 and month = $2 and institution_id = $3
     returning dispute_no`,
    [
      key.regionCode,
      key.month,
      key.institutionId,
      dispute.postingId,
      dispute.reasonCode,
      dispute.reason,
      dispute.raisedAt,
      raisedBy,
    ],
  )
  return rows[0]!.dispute_no
}

/** Answers an open dispute; false when it is answered already or there is none. */
export async function resolveDispute(
  tx: Queryable,
  key: StatementKey,
  disputeNo: number,
  resolution: {
    readonly resolution: 'upheld' | 'rejected'
    readonly answer: string
    readonly at: Date
    readonly by: string
    readonly adjustmentId?: string
  },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update clearing_dispute
        set resolution = $5, answer = $6, resolved_at = $7, resolved_by = $8, adjustment_id = $9
      where region_code = $1 and month = $2 and institution_id = $3 and dispute_no = $4 and resolution is null`,
    [
      key.regionCode,
      key.month,
      key.institutionId,
      disputeNo,
      resolution.resolution,
      resolution.answer,
      resolution.at,
      resolution.by,
      resolution.adjustmentId ?? null,
    ],
  )
  return rowCount === 1
}
