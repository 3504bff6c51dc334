import { inForce } from '../../domain/facts.ts'
import { parseQuantity } from '../../domain/primitives/quantity.ts'
import { Problem } from '../../domain/problems.ts'
import { hasEnded, type Month, monthAfter, type Period, periodOf } from '../../domain/reports/month.ts'
import { findOutliers, type Observation } from '../../domain/reports/outliers.ts'
import * as money from '../../storage/reports/money.ts'
import * as usage from '../../storage/reports/usage.ts'
import type { Caller, Deps } from '../deps.ts'

/** Drugs of a costly or high-volume list. */
const TOP = 50
/** Months of the fund trend, the month asked for being the last. */
const TREND_MONTHS = 12

type Source = Pick<Deps, 'pool' | 'clock' | 'registers'>

/**
 * The monthly reports. All of them cover one month that has ended, are computed from the ledger, the events and the
 * uploaded books, come out the same whenever they are computed, and hold codes of drugs and institutions but never a
 * person's data.
 *
 * @see SC-N4, SC-P3, MZ-8, FS-4.2c, CQ-5.3
 */
export const REPORTS = {
  /** Stocking, use and payment by institution and drug, the prescribing hospital included (SC-N4). */
  drugs: {
    columns: [
      'institutionId',
      'drugCode',
      'genericName',
      'stocked',
      'bought',
      'dispensed',
      'prescribed',
      'chargeFen',
      'fundFen',
      'patientFen',
    ],
    rows: async (deps: Source, regionCode: string, period: Period) => {
      const name = await namesOf(deps, regionCode, period)
      const rows = await usage.drugUse(deps.pool, regionCode, period)
      return rows.map((row) => ({ ...row, genericName: name(row.drugCode) }))
    },
  },
  /** The drugs that cost most and those of which most was used (SC-P3). */
  'costly-drugs': {
    columns: ['list', 'rank', 'drugCode', 'genericName', 'dispensed', 'chargeFen', 'fundFen', 'institutions'],
    rows: async (deps: Source, regionCode: string, period: Period) => {
      const name = await namesOf(deps, regionCode, period)
      const drugs = byDrug(await usage.drugUse(deps.pool, regionCode, period))
      const ranked = (list: 'costly' | 'high-volume', size: (drug: DrugTotal) => bigint) =>
        drugs
          .filter((drug) => size(drug) > 0n)
          .sort((a, b) =>
            size(a) === size(b) ? (a.drugCode < b.drugCode ? -1 : 1) : size(a) > size(b) ? -1 : 1,
          )
          .slice(0, TOP)
          .map(({ quantity: _, ...drug }, index) => ({
            list,
            rank: index + 1,
            ...drug,
            genericName: name(drug.drugCode),
          }))
      return [
        ...ranked('costly', (drug) => BigInt(drug.chargeFen)),
        ...ranked('high-volume', (drug) => drug.quantity),
      ]
    },
  },
  /** Physicians and pharmacies far above the others of the same drug (FS-4.2c, MZ-8). */
  outliers: {
    columns: ['subjectKind', 'subjectId', 'drugCode', 'quantity', 'median', 'scoreHundredths'],
    rows: async (deps: Source, regionCode: string, period: Period) => {
      const physicians = await usage.physicianUse(deps.pool, regionCode, period)
      const pharmacies = await usage.drugUse(deps.pool, regionCode, period)
      return [
        ...outliers(
          'physician',
          physicians.map(({ physicianId, drugCode, quantity }) => observe(drugCode, physicianId, quantity)),
        ),
        ...outliers(
          'pharmacy',
          pharmacies
            .filter(({ dispensed }) => !/^(-|0$)/.test(dispensed))
            .map(({ institutionId, drugCode, dispensed }) => observe(drugCode, institutionId, dispensed)),
        ),
      ]
    },
  },
  /** What each fund paid, month by month (FS-4.2c). */
  'fund-trend': {
    columns: ['month', 'account', 'settledFen', 'reversedFen', 'reimbursedFen', 'paidFen'],
    rows: async (deps: Source, regionCode: string, period: Period) =>
      await money.fundTrend(
        deps.pool,
        regionCode,
        `${monthAfter(period.month, 1 - TREND_MONTHS)}-01`,
        period,
      ),
  },
  /** Pharmacies that take prescriptions and let the hold run out (MZ-8). */
  'lapsed-holds': {
    columns: ['institutionId', 'taken', 'lapsed'],
    rows: async (deps: Source, regionCode: string, period: Period) =>
      await money.lapsedHolds(deps.pool, regionCode, period),
  },
  /** Designated hospitals and the listed drugs that they have never prescribed (SC-N4). */
  'never-prescribed': {
    columns: ['institutionId', 'listId', 'listed', 'prescribed', 'neverPrescribed'],
    rows: async (deps: Source, regionCode: string, period: Period) => {
      const snapshot = await deps.registers.latest(deps.pool, regionCode)
      const prescribed = await usage.prescribedDrugs(deps.pool, regionCode, period)
      const lists = new Map<string, string[]>()
      for (const { listId, drugCode } of snapshot.all('drug-list', period.lastDay)) {
        lists.set(listId, [...(lists.get(listId) ?? []), drugCode])
      }
      return snapshot
        .all('institution', period.lastDay)
        .filter(({ kind }) => kind !== 'pharmacy')
        .filter(
          ({ institutionId }) =>
            inForce(snapshot.about('designation', institutionId), period.lastDay).length > 0,
        )
        .map(({ institutionId }) => institutionId)
        .sort()
        .flatMap((institutionId) =>
          [...lists.keys()].sort().map((listId) => {
            const codes = lists.get(listId)!.sort()
            const never = codes.filter((code) => prescribed.get(institutionId)?.has(code) !== true)
            return {
              institutionId,
              listId,
              listed: codes.length,
              prescribed: codes.length - never.length,
              neverPrescribed: never,
            }
          }),
        )
        .filter(({ listed, prescribed: some }) => some < listed)
    },
  },
} as const

export type ReportName = keyof typeof REPORTS

/** The rows of a report, as its computation gives them. */
export type ReportRows<Name extends ReportName> = Awaited<ReturnType<(typeof REPORTS)[Name]['rows']>>

/**
 * Computes a report of the caller's region.
 *
 * @throws Problem month-not-closed for a month that has not ended
 */
export async function computeReport<Name extends ReportName>(
  deps: Source,
  caller: Caller,
  name: Name,
  month: Month,
): Promise<{ readonly month: Month; readonly rows: ReportRows<Name> }> {
  const period = periodOf(month)
  if (!hasEnded(period, deps.clock())) throw new Problem('month-not-closed', { details: { month } })
  const rows = await REPORTS[name].rows(deps, caller.regionCode, period)
  return { month, rows: rows as ReportRows<Name> }
}

interface DrugTotal {
  readonly drugCode: string
  readonly quantity: bigint
  readonly dispensed: string
  readonly chargeFen: number
  readonly fundFen: number
  readonly institutions: number
}

function byDrug(rows: readonly usage.DrugUse[]): DrugTotal[] {
  const totals = new Map<string, DrugTotal>()
  for (const row of rows) {
    const known = totals.get(row.drugCode)
    const quantity = (known?.quantity ?? 0n) + signed(row.dispensed)
    totals.set(row.drugCode, {
      drugCode: row.drugCode,
      quantity,
      dispensed: textOf(quantity),
      chargeFen: (known?.chargeFen ?? 0) + row.chargeFen,
      fundFen: (known?.fundFen ?? 0) + row.fundFen,
      institutions: (known?.institutions ?? 0) + (row.dispensed === '0' && row.chargeFen === 0 ? 0 : 1),
    })
  }
  return [...totals.values()]
}

/** More may come back in a month than leaves. */
function signed(quantity: string): bigint {
  return quantity.startsWith('-') ? -parseQuantity(quantity.slice(1)) : parseQuantity(quantity)
}

function textOf(quantity: bigint): string {
  const size = quantity < 0n ? -quantity : quantity
  const decimals = String(size % 10_000n)
    .padStart(4, '0')
    .replace(/0+$/, '')
  return `${quantity < 0n ? '-' : ''}${size / 10_000n}${decimals === '' ? '' : `.${decimals}`}`
}

function observe(drugCode: string, subject: string, quantity: string): Observation {
  return { group: drugCode, subject, value: Number(quantity) }
}

function outliers(subjectKind: 'physician' | 'pharmacy', observations: readonly Observation[]) {
  return findOutliers(observations).map(({ group, subject, value, median, scoreHundredths }) => ({
    subjectKind,
    subjectId: subject,
    drugCode: group,
    quantity: String(value),
    median: String(median),
    scoreHundredths,
  }))
}

/** Names of drugs as the register had them at the end of the month. */
async function namesOf(
  deps: Source,
  regionCode: string,
  period: Period,
): Promise<(drugCode: string) => string> {
  const snapshot = await deps.registers.latest(deps.pool, regionCode)
  return (drugCode) => snapshot.find('drug', drugCode, period.lastDay)?.genericName ?? ''
}
