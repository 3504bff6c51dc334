import type { Finding } from '../../domain/finding.ts'
import type { Fen } from '../../domain/primitives/money.ts'
import { PAYERS, type Payer } from '../../domain/settlement/adjudication.ts'

/** Fen more (or less, when negative) that each payer would bear. */
export type MoneyMoved = Record<Payer, Fen>

/** What a replay found. Plain counts and sums: it stays small whatever the number of decisions. */
export interface ReplayReport {
  readonly decisions: {
    judged: number
    /** The same to the byte. */
    identical: number
    /** The same findings in other words, or under another article. */
    reworded: number
    /** Other findings. */
    different: number
    /** Of the different ones: accepted then, refused now. */
    refusedNow: number
  }
  readonly settlements: {
    judged: number
    identical: number
    /** The same amounts for everyone under each duty, in other words. */
    reworded: number
    different: number
    /** Of the different ones: settled then, declined now. */
    declinedNow: number
  }
  /** By duty: in how many decisions it is found now and was not, or was and is not. */
  readonly duties: Map<string, { found: number; gone: number }>
  readonly money: MoneyMoved
  /** By duty; the sums over the duties are `money`. */
  readonly moneyByDuty: Map<string, MoneyMoved>
  /** What could not be judged, by cause. */
  readonly unjudged: Map<string, number>
}

/** A report of nothing yet. */
export function emptyReport(): ReplayReport {
  return {
    decisions: { judged: 0, identical: 0, reworded: 0, different: 0, refusedNow: 0 },
    settlements: { judged: 0, identical: 0, reworded: 0, different: 0, declinedNow: 0 },
    duties: new Map(),
    money: noMoney(),
    moneyByDuty: new Map(),
    unjudged: new Map(),
  }
}

/** Notes that something cannot be judged, and why. */
export function countUnjudged(report: ReplayReport, cause: string): void {
  report.unjudged.set(cause, (report.unjudged.get(cause) ?? 0) + 1)
}

/**
 * Compares what was found with what would be found.
 *
 * @returns true when other duties, effects or places are found
 */
export function compareFindings(
  report: ReplayReport,
  before: readonly Finding[],
  after: readonly Finding[],
): boolean {
  const [was, is] = [new Set(before.map(sameness)), new Set(after.map(sameness))]
  const found = dutiesOf(after.filter((finding) => !was.has(sameness(finding))))
  const gone = dutiesOf(before.filter((finding) => !is.has(sameness(finding))))
  for (const duty of new Set([...found, ...gone])) {
    const entry = report.duties.get(duty) ?? { found: 0, gone: 0 }
    if (found.has(duty)) entry.found += 1
    if (gone.has(duty)) entry.gone += 1
    report.duties.set(duty, entry)
  }
  return found.size + gone.size > 0
}

/** Amounts of one settlement, as stored or worked out again. */
export interface Amount {
  readonly ruleId: string
  readonly payer: Payer
  readonly fen: Fen
}

/**
 * Adds the difference of two splits to the sums.
 *
 * @param duty under which every difference counts; that of each amount when absent
 * @returns true when anybody bears more or less under any duty
 */
export function compareAmounts(
  report: ReplayReport,
  before: readonly Amount[],
  after: readonly Amount[],
  duty?: string,
): boolean {
  const moved = new Map<string, MoneyMoved>()
  const add = ({ ruleId, payer, fen }: Amount, sign: bigint) => {
    const sums = moved.get(duty ?? ruleId) ?? noMoney()
    sums[payer] += sign * fen
    moved.set(duty ?? ruleId, sums)
  }
  for (const amount of before) add(amount, -1n)
  for (const amount of after) add(amount, 1n)
  let isDifferent = false
  for (const [ruleId, sums] of moved) {
    if (PAYERS.every((payer) => sums[payer] === 0n)) continue
    isDifferent = true
    const total = report.moneyByDuty.get(ruleId) ?? noMoney()
    for (const payer of PAYERS) {
      total[payer] += sums[payer]
      report.money[payer] += sums[payer]
    }
    report.moneyByDuty.set(ruleId, total)
  }
  return isDifferent
}

/** What makes two findings the same, whatever their words. */
function sameness({ ruleId, rule, effect, path, lineNo }: Finding): string {
  return JSON.stringify([ruleId, rule, effect, path ?? null, lineNo ?? null])
}

function dutiesOf(findings: readonly Finding[]): Set<string> {
  return new Set(findings.map(({ ruleId }) => ruleId))
}

function noMoney(): MoneyMoved {
  return Object.fromEntries(PAYERS.map((payer) => [payer, 0n])) as MoneyMoved
}
