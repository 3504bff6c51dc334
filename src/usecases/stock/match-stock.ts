import { inForce } from '../../domain/facts.ts'
import { addDays, type CivilDay, dayOf, daysBetween } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import { uploadDays } from '../../domain/rules/cited.ts'
import { checkBalance, type DrugBalance, type StockFinding } from '../../domain/stock/balance.ts'
import * as match from '../../storage/stock-match.ts'
import * as uploads from '../../storage/stock-upload.ts'
import type { Caller, Deps } from '../deps.ts'

/** Findings of a page when the caller names no limit. */
const PAGE = 200
const MAX_DAYS = 92

/** The books of a pharmacy against the hub's dispenses. */
export interface StockMatch {
  readonly institutionId: string
  readonly from: CivilDay
  readonly to: CivilDay
  readonly balances: readonly DrugBalance[]
  readonly findings: readonly StockFinding[]
  /** Where the next page begins; absent on the last. */
  readonly next?: string
}

/**
 * Matches a pharmacy's uploaded lines with themselves and with the hub's dispenses.
 *
 * Sale prices are compared with purchase prices only where the policy forbids a mark-up. The balances stand on the
 * first page; findings come page after page, none left out.
 *
 * @param after where the page before ended
 * @throws Problem malformed for a period that is backwards or longer than 92 days, or a mark that none gave out
 * @see MZ-9.4a, FS-3.4
 */
export async function matchStock(
  deps: Pick<Deps, 'pool' | 'policies'>,
  caller: Caller,
  institutionId: string,
  from: CivilDay,
  to: CivilDay,
  after?: string,
  limit = PAGE,
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
  const parts = deps.policies.inForce(caller.regionCode, to)?.settlement?.parts ?? []
  const forbidsMarkUp = parts.some(({ part }) => part === 'zero-mark-up')
  const mark = markOf(after)
  const balances = mark.source === 0 ? await match.balances(pool, scope) : []
  const sources: Source[] = [
    async (seen) =>
      balances
        .flatMap(checkBalance)
        .filter((finding) => keyOf(finding) > seen)
        .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    (seen, most) => match.salesWithoutDispense(pool, scope, seen, most),
    (seen, most) => match.dispensesAgainstSales(pool, scope, seen, most),
    ...(forbidsMarkUp
      ? [(seen: string, most: number) => match.pricesAbovePurchase(pool, scope, seen, most)]
      : []),
  ]
  const findings: StockFinding[] = []
  for (let source = mark.source; source < sources.length; source += 1) {
    const seen = source === mark.source ? mark.seen : ''
    const room = limit - findings.length
    // One more than there is room for says whether anything is left.
    const found = await sources[source]!(seen, room + 1)
    findings.push(...found.slice(0, room))
    if (found.length > room) {
      const last = room === 0 ? seen : keyOf(found[room - 1]!)
      const shown = after === undefined ? balances : []
      return { institutionId, from, to, balances: shown, findings, next: textOf({ source, seen: last }) }
    }
  }
  return { institutionId, from, to, balances: after === undefined ? balances : [], findings }
}

/** Findings of one kind after the last one seen, in the order of their keys. */
type Source = (seen: string, most: number) => Promise<StockFinding[]>

function keyOf({ kind, reference, drugCode }: StockFinding): string {
  if (kind === 'dispense-without-sale' || kind === 'quantity-differs') return `${reference}:${drugCode}`
  return reference ?? drugCode
}

/** Which source a page begins in, and the last key seen there. */
interface Mark {
  readonly source: number
  readonly seen: string
}

function textOf({ source, seen }: Mark): string {
  return `${source}.${Buffer.from(seen).toString('base64url')}`
}

function markOf(text: string | undefined): Mark {
  if (text === undefined) return { source: 0, seen: '' }
  const [, source, seen] = /^([0-3])\.([A-Za-z0-9_-]*)$/.exec(text) ?? []
  if (source === undefined) {
    const message = { zh: '翻页标记无效。', en: 'Not a mark of a page before.' }
    throw new Problem('malformed', { fields: [{ path: '/querystring/after', keyword: 'pattern', message }] })
  }
  return { source: Number(source), seen: Buffer.from(seen ?? '', 'base64url').toString() }
}

/** A pharmacy that has not sent its books in time. */
export interface OverdueUpload {
  readonly institutionId: string
  readonly lastUploadOn?: CivilDay
  /** The first day on which it was late; absent when it never sent anything. */
  readonly overdueSince?: CivilDay
}

/**
 * Designated pharmacies whose newest upload is older than the policy's interval; none where the policy asks for no uploads.
 *
 * @throws Problem policy-missing, policy-not-cited
 * @see MZ-9.4a
 */
export async function listOverdue(
  deps: Deps,
  caller: Caller,
): Promise<{ today: CivilDay; uploadDays?: number; overdue: OverdueUpload[] }> {
  const today = dayOf(deps.clock())
  const version = deps.policies.inForce(caller.regionCode, today)
  if (version === undefined)
    throw new Problem('policy-missing', { details: { regionCode: caller.regionCode } })
  const days = uploadDays(version, deps.mode)
  if (days === undefined) return { today, overdue: [] }
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
