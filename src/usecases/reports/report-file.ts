import { toCsv } from '../../domain/reports/csv.ts'
import type { Month } from '../../domain/reports/month.ts'
import type { Caller, Deps } from '../deps.ts'
import { computeReport, REPORTS, type ReportName } from './monthly-reports.ts'

/** A report as CSV. @throws Problem month-not-closed */
export async function reportFile(
  deps: Pick<Deps, 'pool' | 'clock' | 'registers'>,
  caller: Caller,
  name: ReportName,
  month: Month,
): Promise<string> {
  const { rows } = await computeReport(deps, caller, name, month)
  const columns: readonly string[] = REPORTS[name].columns
  return toCsv<Record<string, unknown>>(columns, rows as unknown as readonly Record<string, unknown>[])
}
