import { dayOf } from '../domain/primitives/civil-day.ts'
import { Problem } from '../domain/problems.ts'
import * as outbox from '../storage/outbox.ts'
import * as refunds from '../storage/refund.ts'
import type { Caller, Deps } from './deps.ts'
import { type Answer, type WriteRequest, write } from './write.ts'

/** A refund as it is answered. */
export type RefundView = Omit<refunds.RefundRow, 'openedAt' | 'closedAt'> & {
  readonly openedAt: string
  readonly closedAt?: string
}

export interface RefundPage {
  readonly items: readonly RefundView[]
  /** What is owed in all, in fen. */
  readonly owedFen: number
  readonly next?: string
}

/** How the supplier closes a refund. */
export type RefundClosing =
  | { readonly state: 'paid-back'; readonly reference: string }
  | { readonly state: 'nothing-taken' }

/**
 * A page of refunds, oldest first.
 *
 * @param filter `overdue`: only those owed and past their day
 */
export async function readRefunds(
  deps: Pick<Deps, 'pool' | 'clock'>,
  regionCode: string,
  filter: {
    readonly pharmacyId?: string
    readonly state?: refunds.RefundRow['state']
    readonly overdue?: boolean
  },
  after: string | undefined,
  limit: number,
): Promise<RefundPage> {
  const { overdue = false, ...only } = filter
  const wanted = { ...only, ...(overdue ? { overdueOn: dayOf(deps.clock()) } : {}) }
  const [rows, owedFen] = await Promise.all([
    refunds.listRefunds(deps.pool, regionCode, wanted, after, limit),
    refunds.owedToPatients(deps.pool, regionCode, filter.pharmacyId),
  ])
  const last = rows.length === limit ? rows.at(-1) : undefined
  return {
    items: rows.map(refundView),
    owedFen,
    ...(last === undefined ? {} : { next: last.refundId }),
  }
}

/** A refund with its instants as text. */
export function refundView({ openedAt, closedAt, ...refund }: refunds.RefundRow): RefundView {
  return {
    ...refund,
    openedAt: openedAt.toISOString(),
    ...(closedAt === undefined ? {} : { closedAt: closedAt.toISOString() }),
  }
}

/**
 * The supplier says that it paid back what it owed, or that nothing was taken at the till.
 *
 * @throws Problem refund-unknown for another's; refund-closed-already
 */
export async function closeRefund(
  deps: Deps,
  supplier: Caller & { readonly institutionId: string },
  request: WriteRequest,
  refundId: string,
  closing: RefundClosing,
): Promise<Answer<RefundView>> {
  const { regionCode, institutionId } = supplier
  return await write<RefundView>(deps, request, async (tx, now) => {
    const refund = await refunds.lockRefund(tx, regionCode, refundId)
    if (refund === undefined || refund.pharmacyId !== institutionId) throw new Problem('refund-unknown')
    if (refund.state !== 'owed') {
      throw new Problem('refund-closed-already', { details: { state: refund.state } })
    }
    await refunds.closeRefund(tx, regionCode, refundId, { ...closing, at: now, by: supplier.id })
    // Whoever paid is told, and may object to one who says that nothing was taken.
    const { prescriptionNo } = refund
    await outbox.add(tx, regionCode, 'notification', { kind: 'prescription-changed', prescriptionNo }, now)
    return { status: 200, body: refundView({ ...refund, ...closing, closedAt: now }) }
  })
}
