import { listManualFiles, type ManualFileRow } from '../../storage/manual-file-list.ts'
import type { Caller, Deps } from '../deps.ts'
import { type RowView, rowView } from '../row-view.ts'

/**
 * A page of the manual-reimbursement files of the agency's region.
 *
 * @see MZ-6.7, MZ-10
 */
export async function readManualFiles(
  deps: Deps,
  agency: Caller,
  filter: { readonly status?: string; readonly after?: string; readonly limit: number },
): Promise<{ items: readonly RowView<ManualFileRow>[]; next?: string }> {
  const rows = await listManualFiles(deps.pool, agency.regionCode, filter)
  const last = rows.length === filter.limit ? rows.at(-1) : undefined
  return {
    items: rows.map(rowView),
    ...(last === undefined ? {} : { next: last.fileId }),
  }
}
