import { canonicalJson, type Json } from '../../domain/primitives/canonical-json.ts'
import { type CivilDay, dayOf } from '../../domain/primitives/civil-day.ts'
import {
  differingBearers,
  type PayerAnswer,
  type PayerRecord,
  type RemotePayer,
} from '../../domain/settlement/payer-gateway.ts'
import { inTransaction } from '../../storage/database.ts'
import * as differences from '../../storage/payer-difference.ts'
import * as requests from '../../storage/payer-request.ts'
import type { Caller, Deps } from '../deps.ts'
import { leavePayerCancel } from './cancel-at-payer.ts'

/**
 * Compares a day's settlements with the payer's own list and lists every difference. May run as often as one likes.
 *
 * What the payer holds as paid and the hub does not is taken back again. Settlements still being asked, or being taken
 * back, are no difference yet.
 *
 * @returns how many differences the day has now
 * @throws PayerUnavailable; nothing is changed then
 */
export async function reconcilePayer(
  deps: Pick<Deps, 'pool' | 'clock'>,
  payer: RemotePayer,
  regionCode: string,
  day: CivilDay,
): Promise<number> {
  const theirs = new Map<string, PayerRecord>()
  for await (const record of payer.list(regionCode, day)) theirs.set(record.settlementId, record)
  const theirCount = theirs.size
  return await inTransaction(deps.pool, async (tx) => {
    const now = deps.clock()
    const ours = await requests.ofDay(tx, regionCode, day)
    const found: differences.PayerDifference[] = []
    const list = (kind: differences.DifferenceKind, settlementId: string, our: Json, their: Json) =>
      found.push({ day, settlementId, kind, ours: canonicalJson(our), theirs: canonicalJson(their) })
    for (const request of ours) {
      const record = theirs.get(request.settlementId)
      theirs.delete(request.settlementId)
      const { settlementId, status } = request
      if (status === 'accepted') {
        const answer = JSON.parse(request.answer!) as PayerAnswer & { outcome: 'accepted' }
        if (record?.state !== 'paid') {
          list('missing-there', settlementId, { status }, { state: record?.state ?? null })
        } else if (differingBearers(answer.totals, record.totals).length > 0) {
          list('amount-differs', settlementId, { ...answer.totals }, { ...record.totals })
        }
      } else if (record?.state === 'paid' && (status === 'refused' || status === 'cancelled')) {
        list('paid-there-only', settlementId, { status }, { state: record.state, ...record.totals })
        await leavePayerCancel(tx, regionCode, settlementId, 'reconciled', now)
      }
    }
    for (const record of theirs.values()) {
      if (record.state === 'paid') {
        list('unknown-here', record.settlementId, {}, { state: record.state, ...record.totals })
      }
    }
    for (const difference of found) await differences.flag(tx, regionCode, difference, now)
    await differences.markGone(tx, regionCode, day, found, now)
    await differences.recordRun(
      tx,
      regionCode,
      day,
      { ours: ours.length, theirs: theirCount, differences: found.length },
      now,
    )
    return found.length
  })
}

/**
 * Reconciles every day of a region that wants it, so that neither a payer nor a hub that was away leaves a day out.
 *
 * @returns how many differences these days have now
 * @throws PayerUnavailable; the days before stay reconciled
 */
export async function reconcileDaysDue(
  deps: Pick<Deps, 'pool' | 'clock'>,
  payer: RemotePayer,
  regionCode: string,
): Promise<number> {
  let found = 0
  for (const day of await differences.daysDue(deps.pool, regionCode, dayOf(deps.clock()))) {
    found += await reconcilePayer(deps, payer, regionCode, day)
  }
  return found
}

/** A day's differences, for the agency of the region. */
export async function readPayerDifferences(deps: Pick<Deps, 'pool'>, caller: Caller, day: CivilDay) {
  const { reconciledAt, differences: found } = await differences.ofDay(deps.pool, caller.regionCode, day)
  return {
    day,
    ...(reconciledAt === undefined ? {} : { reconciledAt: reconciledAt.toISOString() }),
    differences: found.map(({ day: _, foundAt, goneAt, ...difference }) => ({
      ...difference,
      foundAt: foundAt.toISOString(),
      ...(goneAt === undefined ? {} : { goneAt: goneAt.toISOString() }),
    })),
  }
}
