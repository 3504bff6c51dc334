import type { FileStatus } from '../domain/reimbursement/transitions.ts'
import type { Queryable } from './database.ts'

/** A file for manual reimbursement (零星报销) as the agency lists it. */
export interface ManualFileRow {
  readonly fileId: string
  readonly settlementId: string | null
  readonly prescriptionNo: string | null
  readonly personId: string
  readonly reason: string
  readonly status: FileStatus
  readonly openedAt: Date
  readonly closedAt: Date | null
}

/**
 * The files of a region by id, which follows time.
 *
 * @param filter.after the last id of the page before
 * @see MZ-6.7
 */
export async function listManualFiles(
  db: Queryable,
  regionCode: string,
  filter: { readonly status?: string; readonly after?: string; readonly limit: number },
): Promise<ManualFileRow[]> {
  const { rows } = await db.query<ManualFileRow>(
    `select file_id as "fileId", settlement_id as "settlementId", prescription_no as "prescriptionNo",
            person_id as "personId", reason, status, opened_at as "openedAt", closed_at as "closedAt"
       from manual_file
      where region_code = $1
        and ($2::text is null or status = $2)
        and ($3::uuid is null or file_id > $3)
      order by file_id
      limit $4`,
    [regionCode, filter.status ?? null, filter.after ?? null, filter.limit],
  )
  return rows
}
