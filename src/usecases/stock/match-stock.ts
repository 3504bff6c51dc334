import { inForce } from '../../domain/facts.ts'
import { addDays, type CivilDay, dayOf, daysBetween } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import { uploadDays } from '../../domain/rules/cited.ts'
import { checkBalance, type DrugBalance, type StockFinding } from '../../domain/stock/balance.ts'
import * as match from '../../storage/stock-match.ts'
import * as uploads from '../../storage/stock-upload.ts'
import type { Caller, Deps } from '../deps.ts'

/** Findings of one kind that are listed at most. */
const LISTED = 1_000
const MAX_DAYS = 92

/** The books of a pharmacy against the hub's dispenses. */
export interface StockMatch {
  readonly institutionId: string
  readonly from: CivilDay
  readonly to: CivilDay
  readonly balances: readonly DrugBalance[]
  readonly findings: readonly StockFinding[]
}

/**
 * Matches a pharmacy's uploaded lines with themselves and with the hub's dispenses.
 *
 * Sale prices are compared with purchase prices only where the policy forbids a mark-up.
 *
 * @throws Problem malformed for a period that is backwards or longer than 92 days
 * @see MZ-9.4a, FS-3.4
 */
export async function matchStock(
  deps: Pick<Deps, 'pool' | 'policies'>,
  caller: Caller,
  institutionId: string,
  from: CivilDay,
  to: CivilDay,
): Promise<StockMatch> {
  if (from > to || daysBetween(from, to) >= MAX_DAYS) {
    const message = {
      zh: '起止日期应正序且不超过 92 天。',
      en: 'From one day to a later one, 92 days at most.',
    }
    throw new Problem('malformed', { fields: [{ path: '/querystring/to', keyword: 'range', message }] })
  }
  const scope = { regionCode: caller.regionCode, institutionId, from, to }
  const { pool } = deps
  const balances = await match.balances(pool, scope)
  const parts = deps.policies.inForce(caller.regionCode, to)?.settlement?.parts ?? []
  const forbidsMarkUp = parts.some(({ part }) => part === 'zero-mark-up')
  const findings = [
    ...balances.flatMap(checkBalance),
    ...(await match.salesWithoutDispense(pool, scope, LISTED)),
    ...(await match.dispensesAgainstSales(pool, scope, LISTED)),
    ...(forbidsMarkUp ? await match.pricesAbovePurchase(pool, scope, LISTED) : []),
  ]
  return { institutionId, from, to, balances, findings }
}

/** A pharmacy that has not sent its books in time. */
export interface OverdueUpload {
  readonly institutionId: string
  readonly lastUploadOn?: CivilDay
  /** The first day on which it was late; absent when it never sent anything. */
  readonly overdueSince?: CivilDay
}

/**
 * Designated pharmacies whose newest upload is older than the policy's interval.
 *
 * @throws Problem policy-missing, policy-not-cited
 * @see MZ-9.4a
 */
export async function listOverdue(
  deps: Deps,
  caller: Caller,
): Promise<{ today: CivilDay; uploadDays: number; overdue: OverdueUpload[] }> {
  const today = dayOf(deps.clock())
  const version = deps.policies.inForce(caller.regionCode, today)
  if (version === undefined)
    throw new Problem('policy-missing', { details: { regionCode: caller.regionCode } })
  const days = uploadDays(version, deps.mode)
  const snapshot = await deps.registers.latest(deps.pool, caller.regionCode)
  const last = await uploads.lastUploads(deps.pool, caller.regionCode)
  const overdue = snapshot
    .all('institution', today)
    .filter(({ kind }) => kind === 'pharmacy')
    .filter(({ institutionId }) => inForce(snapshot.about('designation', institutionId), today).length > 0)
    .map(({ institutionId }) => ({ institutionId, at: last.get(institutionId) }))
    .sort((a, b) => (a.institutionId < b.institutionId ? -1 : 1))
    .flatMap(({ institutionId, at }): OverdueUpload[] => {
      if (at === undefined) return [{ institutionId }]
      const lastUploadOn = dayOf(at)
      const overdueSince = addDays(lastUploadOn, days + 1)
      return overdueSince <= today ? [{ institutionId, lastUploadOn, overdueSince }] : []
    })
  return { today, uploadDays: days, overdue }
}

/** An institution's uploads, newest first. */
export async function listUploads(
  deps: Pick<Deps, 'pool'>,
  caller: Caller,
  institutionId: string,
  limit: number,
) {
  const rows = await uploads.list(deps.pool, caller.regionCode, institutionId, limit)
  return rows.map(({ uploadId, sha256, lines, receivedAt }) => ({
    uploadId,
    sha256: sha256.toString('hex'),
    lines,
    receivedAt: receivedAt.toISOString(),
  }))
}
