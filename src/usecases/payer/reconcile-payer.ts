import { canonicalJson, type Json } from '../../domain/primitives/canonical-json.ts'
import { addDays, type CivilDay, dayOf } from '../../domain/primitives/civil-day.ts'
import { compareBooks, type OurEntry } from '../../domain/settlement/compare-books.ts'
import type { PayerAnswer, PayerRecord, RemotePayer } from '../../domain/settlement/payer-gateway.ts'
import { inTransaction } from '../../storage/database.ts'
import * as differences from '../../storage/payer-difference.ts'
import * as requests from '../../storage/payer-request.ts'
import type { Caller, Deps } from '../deps.ts'
import { leavePayerCancel } from './cancel-at-payer.ts'
import { reverseWithdrawn } from './payer-withdrew.ts'

/**
 * Compares a day's settlements with the payer's own list and lists every difference. May run as often as one likes.
 *
 * What the payer holds as paid although it was refused or cancelled is taken back again. What was deferred without an
 * answer is not: a person decides. What the payer lists as cancelled although it had paid is reversed while the goods are
 * not handed over; each in a transaction of its own, and again by the next run when this one is cut off. See `compareBooks` for what is a difference.
 *
 * @returns how many differences the day has now
 * @throws PayerUnavailable, PayerUnreadable; nothing is changed then
 */
export async function reconcilePayer(
  deps: Pick<Deps, 'pool' | 'clock' | 'policies' | 'mode'>,
  payer: RemotePayer,
  regionCode: string,
  day: CivilDay,
): Promise<number> {
  const theirs = await listOf(payer, regionCode, day)
  const asked = await requests.ofDay(deps.pool, regionCode, day)
  const listed = new Set(theirs.map(({ settlementId }) => settlementId))
  const isMissing = asked.some(
    ({ status, settlementId }) => status === 'accepted' && !listed.has(settlementId),
  )
  const theirsBeside = isMissing
    ? [
        ...(await listOf(payer, regionCode, addDays(day, -1))),
        ...(await listOf(payer, regionCode, addDays(day, 1))),
      ]
    : []
  const found = await inTransaction(deps.pool, async (tx) => {
    const now = deps.clock()
    const ours = await requests.ofDay(tx, regionCode, day)
    const own = new Set(ours.map(({ settlementId }) => settlementId))
    const others = [...listed].filter((settlementId) => !own.has(settlementId))
    const beside = (await requests.findMany(tx, regionCode, others)).filter(
      (request) => request.day === addDays(day, -1) || request.day === addDays(day, 1),
    )
    const found = compareBooks({
      ours: ours.map(entryOf),
      theirs,
      theirsBeside,
      oursBeside: beside.map(entryOf),
    }).map(({ ours: our, theirs: their, ...difference }) => ({
      ...difference,
      day,
      ours: canonicalJson(our as Json),
      theirs: canonicalJson(their as Json),
    }))
    for (const difference of found) {
      await differences.flag(tx, regionCode, difference, now)
      const request = ours.find(({ settlementId }) => settlementId === difference.settlementId)
      if (difference.kind === 'paid-there-only' && request?.status !== 'unresolved')
        await leavePayerCancel(tx, regionCode, difference.settlementId, 'reconciled', now)
    }
    await differences.markGone(tx, regionCode, day, found, now)
    await differences.recordRun(
      tx,
      regionCode,
      day,
      { ours: ours.length, theirs: theirs.length, differences: found.length },
      now,
    )
    return found
  })
  for (const { settlementId, kind, theirs } of found) {
    if (kind === 'missing-there' && (JSON.parse(theirs) as { state: string | null }).state === 'cancelled')
      await reverseWithdrawn(deps, regionCode, settlementId)
  }
  return found.length
}

async function listOf(payer: RemotePayer, regionCode: string, day: CivilDay): Promise<PayerRecord[]> {
  const records = new Map<string, PayerRecord>()
  for await (const record of payer.list(regionCode, day)) records.set(record.settlementId, record)
  return [...records.values()]
}

function entryOf({ settlementId, status, answer }: requests.PayerRequestRow): OurEntry {
  const said = answer === undefined ? undefined : (JSON.parse(answer) as PayerAnswer)
  return { settlementId, status, ...(said?.outcome === 'accepted' ? { totals: said.totals } : {}) }
}

/**
 * Reconciles every day of a region that wants it, so that neither a payer nor a hub that was away leaves a day out.
 *
 * @returns how many differences these days have now
 * @throws PayerUnavailable; the days before stay reconciled
 */
export async function reconcileDaysDue(
  deps: Pick<Deps, 'pool' | 'clock' | 'policies' | 'mode'>,
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
