import type { Month } from '../../domain/reports/month.ts'
import { BYTE_ORDER_MARK, csvRow } from '../../papers/csv-writer.ts'
import type { Caller, Deps } from '../deps.ts'
import { computeReport, REPORTS, type ReportName } from './monthly-reports.ts'

/** A report as CSV; the first row names the columns. @throws Problem month-not-closed */
export async function reportFile(
  deps: Pick<Deps, 'pool' | 'clock' | 'registers'>,
  caller: Caller,
  name: ReportName,
  month: Month,
): Promise<string> {
  const { rows } = await computeReport(deps, caller, name, month)
  const { columns } = REPORTS[name]
  const cells = rows.map((row) => {
    const members = new Map<string, string | number | readonly string[]>(Object.entries(row))
    return csvRow(columns.map((column) => cellOf(members.get(column))))
  })
  return BYTE_ORDER_MARK + [csvRow(columns), ...cells].join('')
}

/** A list of codes is one cell, its codes apart by blanks. */
function cellOf(member: string | number | readonly string[] | undefined): string | number | undefined {
  return typeof member === 'object' ? member.join(' ') : member
}
