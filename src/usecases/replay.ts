import type { Pool } from 'pg'
import type { Facts } from '../domain/facts.ts'
import { type Finding, isRefused } from '../domain/finding.ts'
import { canonicalJson } from '../domain/primitives/canonical-json.ts'
import { Problem } from '../domain/problems.ts'
import type { PolicyBook } from '../policy/policy-book.ts'
import { inTransaction } from '../storage/database.ts'
import {
  type DecisionRange,
  type PastDecision,
  type PastSettlement,
  pastDecisions,
  pastSettlements,
} from '../storage/decision-stream.ts'
import { CarriedYear } from './replay/carried-year.ts'
import { judgeAgain, versionFor } from './replay/recompute.ts'
import { type Resettled, resettle } from './replay/resettle.ts'
import {
  compareAmounts,
  compareFindings,
  countUnjudged,
  emptyReport,
  type ReplayReport,
} from './replay/tally.ts'

/** How a replay reads. */
export interface ReplayOptions extends DecisionRange {
  /** Rows in memory at once. */
  readonly rows?: number
  /** Told now and then. */
  readonly onProgress?: (what: 'decisions' | 'settlements', done: number) => void
}

const ROWS = 500
const PROGRESS = 10_000

/**
 * Judges past decisions and settlements by other policies and reports what would differ: how many decisions, and how
 * much money for whom, by duty. Nothing is written, and nothing but the sums is kept in memory.
 *
 * What was refused at the time left no decision, so it cannot be judged again. A settlement begins with the balances
 * that its person's earlier ones of the year would have left.
 *
 * @param policies the policies to judge by
 */
export async function replay(
  pool: Pool,
  policies: PolicyBook,
  { rows = ROWS, onProgress = () => {}, ...range }: ReplayOptions,
): Promise<ReplayReport> {
  return await inTransaction(pool, async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only')
    const report = emptyReport()
    for await (const decision of pastDecisions(tx, range, rows)) {
      replayDecision(report, policies, decision)
      if (report.decisions.judged % PROGRESS === 0) onProgress('decisions', report.decisions.judged)
    }
    onProgress('decisions', report.decisions.judged)
    const carried = new CarriedYear()
    for await (const settlement of pastSettlements(tx, range, rows)) {
      replaySettlement(report, policies, settlement, carried)
      if (report.settlements.judged % PROGRESS === 0) onProgress('settlements', report.settlements.judged)
    }
    onProgress('settlements', report.settlements.judged)
    return report
  })
}

function replayDecision(report: ReplayReport, policies: PolicyBook, past: PastDecision): void {
  const { decisions } = report
  decisions.judged += 1
  const version = versionFor(policies, past.step, JSON.parse(past.facts) as Facts)
  if (version === undefined) {
    countUnjudged(report, 'policy-missing')
    return
  }
  const after = judged(report, () => judgeAgain(version, past.step, past.facts))
  if (after === undefined) return
  const before = JSON.parse(past.findings) as Finding[]
  if (canonicalJson(after) === past.findings) {
    decisions.identical += 1
  } else if (compareFindings(report, before, after)) {
    decisions.different += 1
    if (isRefused(after) && !isRefused(before)) decisions.refusedNow += 1
  } else decisions.reworded += 1
}

function replaySettlement(
  report: ReplayReport,
  policies: PolicyBook,
  past: PastSettlement,
  carried: CarriedYear,
): void {
  const { settlements } = report
  settlements.judged += 1
  const again = judged<Resettled>(report, () => resettle(policies, past, carried))
  if (again === undefined) return
  if (again.outcome === 'unjudged') {
    countUnjudged(report, again.cause)
    return
  }
  const { before } = again
  if (again.outcome === 'declined') {
    settlements.different += 1
    settlements.declinedNow += 1
    compareAmounts(report, before, [], again.duty)
  } else if (again.isIdentical) settlements.identical += 1
  else if (compareAmounts(report, before, again.after)) settlements.different += 1
  else settlements.reworded += 1
}

/** A policy whose figures may not be used judges nothing; every other failure is a bug. */
function judged<T>(report: ReplayReport, work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    countUnjudged(report, error.code)
    return undefined
  }
}
