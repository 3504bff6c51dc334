import { Problem } from '../domain/problems.ts'
import { listPapers, type PaperRow, type PaperState, readScan } from '../storage/prescription/paper.ts'
import { find } from '../storage/prescription/state.ts'
import type { Caller, Deps } from './deps.ts'

/** A paper prescription for the agency: who entered it why, what the hospital said, and whether money has moved. */
export interface PaperView
  extends Omit<
    PaperRow,
    'entryId' | 'presentedAt' | 'enteredAt' | 'answeredAt' | 'objectionCode' | 'effect' | 'isSettled'
  > {
  readonly presentedAt: string
  readonly enteredAt: string
  readonly answeredAt?: string
  readonly objectionCode?: string
  readonly effect?: NonNullable<PaperRow['effect']>
  readonly settled: boolean
}

/** Lists the paper prescriptions of the agency's region, oldest first. @see MZ-7.5 */
export async function readPaperPrescriptions(
  deps: Deps,
  agency: Caller,
  filter: { readonly state?: PaperState; readonly after?: string; readonly limit: number },
): Promise<{ items: readonly PaperView[]; next?: string }> {
  const rows = await listPapers(deps.pool, agency.regionCode, filter)
  const last = rows.length === filter.limit ? rows.at(-1) : undefined
  return { items: rows.map(viewOf), ...(last === undefined ? {} : { next: last.entryId }) }
}

/**
 * The scan of a paper prescription, for the hospital named on it and for the agency of its region.
 *
 * @throws Problem prescription-unknown; not-yours when the pharmacy keeps the scan
 * @see MZ-7.5, MZ-10
 */
export async function readPaperScan(deps: Deps, caller: Caller, prescriptionNo: string) {
  const row = await find(deps.pool, caller.regionCode, prescriptionNo)
  if (row === undefined || (caller.kind !== 'agency' && row.hospitalId !== caller.institutionId)) {
    throw new Problem('prescription-unknown')
  }
  const scan = await readScan(deps.pool, caller.regionCode, prescriptionNo)
  if (scan === undefined) throw new Problem('not-yours')
  return scan
}

function viewOf(row: PaperRow): PaperView {
  const {
    entryId: _place,
    presentedAt,
    enteredAt,
    answeredAt,
    objectionCode,
    effect,
    isSettled,
    ...rest
  } = row
  return {
    ...rest,
    presentedAt: presentedAt.toISOString(),
    enteredAt: enteredAt.toISOString(),
    settled: isSettled,
    ...(answeredAt === null ? {} : { answeredAt: answeredAt.toISOString() }),
    ...(objectionCode === null ? {} : { objectionCode }),
    ...(effect === null ? {} : { effect }),
  }
}
