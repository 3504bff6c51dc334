import { listManualFiles } from '../../storage/manual-file-list.ts'
import type { Caller, Deps } from '../deps.ts'
import { withoutNulls } from '../hospital/prescription-status.ts'

/** A file for manual reimbursement (零星报销). */
export interface ManualFileView {
  readonly fileId: string
  readonly settlementId?: string
  readonly prescriptionNo?: string
  readonly personId: string
  readonly reason: string
  readonly status: string
  readonly openedAt: string
  readonly closedAt?: string
}

/**
 * A page of the manual-reimbursement files of the agency's region.
 *
 * @see MZ-6.7, MZ-10
 */
export async function readManualFiles(
  deps: Deps,
  agency: Caller,
  filter: { readonly status?: string; readonly after?: string; readonly limit: number },
): Promise<{ items: readonly ManualFileView[]; next?: string }> {
  const rows = await listManualFiles(deps.pool, agency.regionCode, filter)
  const last = rows.length === filter.limit ? rows.at(-1) : undefined
  return {
    items: rows.map((row) => withoutNulls(row) as unknown as ManualFileView),
    ...(last === undefined ? {} : { next: last.fileId }),
  }
}
