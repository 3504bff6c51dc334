import { v7 as uuid } from 'uuid'
import { adjustmentLines } from '../../domain/clearing/adjustment.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import type { Fen } from '../../domain/primitives/money.ts'
import { Problem } from '../../domain/problems.ts'
import * as disputes from '../../storage/clearing/disputes.ts'
import { entryLines, statementLine } from '../../storage/clearing/lines.ts'
import type { Statement } from '../../storage/clearing/statements.ts'
import { isUniqueViolation, type Transaction } from '../../storage/database.ts'
import * as ledger from '../../storage/ledger.ts'
import type { Deps } from '../deps.ts'
import type { Answer, WriteRequest } from '../write.ts'
import { order, type StatementMoved, type StatementOrder } from './statement.ts'

/** An objection as the institution raises it. */
export interface Objection {
  /** The line of the statement. */
  readonly postingId: string
  readonly reasonCode: disputes.DisputeReason
  readonly reason: string
}

/**
 * Disputes one line of a statement.
 *
 * @throws Problem statement-wrong-state, statement-line-unknown, line-disputed-already
 */
export async function disputeLine(
  deps: Deps,
  request: WriteRequest,
  where: StatementOrder,
  objection: Objection,
): Promise<Answer<StatementMoved & { disputeNo: number }>> {
  return await order(deps, request, where, 'dispute', async (tx, statement, now) => {
    const { regionCode, month, institutionId } = statement
    if ((await statementLine(tx, regionCode, month, institutionId, objection.postingId)) === undefined) {
      throw new Problem('statement-line-unknown', { details: { month } })
    }
    try {
      const disputeNo = await disputes.addDispute(
        tx,
        statement,
        { ...objection, raisedAt: now },
        where.caller.id,
      )
      return { extra: { disputeNo } }
    } catch (error) {
      if (isUniqueViolation(error, 'clearing_dispute_once')) throw new Problem('line-disputed-already')
      throw error
    }
  })
}

/** The agency's answer to a dispute. */
export interface Resolution {
  readonly resolution: 'upheld' | 'rejected'
  readonly answer: string
  /** Fen by which the institution is owed more; negative: less. Only with `upheld`. */
  readonly correctionFen?: number
}

/**
 * Answers a dispute. When the last one is answered, the statement goes back to the institution for confirmation.
 *
 * The statement itself stays as it is: a correction is an entry of the month that is open now.
 *
 * @throws Problem dispute-unknown; correction-impossible, correction-exceeds,
 *   statement-wrong-state
 */
export async function resolveDispute(
  deps: Deps,
  request: WriteRequest,
  where: StatementOrder,
  disputeNo: number,
  resolution: Resolution,
): Promise<Answer<StatementMoved & { adjustmentId?: string }>> {
  return await order(deps, request, where, 'resolve', async (tx, statement, now) => {
    const all = await disputes.listDisputes(tx, statement)
    const dispute = all.find((each) => each.disputeNo === disputeNo && each.resolution === undefined)
    if (dispute === undefined) throw new Problem('dispute-unknown')
    const { correctionFen = 0 } = resolution
    if (resolution.resolution === 'rejected' && correctionFen !== 0)
      throw new Problem('correction-impossible')
    const adjustmentId =
      correctionFen === 0
        ? undefined
        : await adjust(tx, statement, dispute.postingId, all, BigInt(correctionFen), now)
    await disputes.resolveDispute(tx, statement, disputeNo, {
      resolution: resolution.resolution,
      answer: resolution.answer,
      at: now,
      by: where.caller.id,
      ...(adjustmentId === undefined ? {} : { adjustmentId }),
    })
    const open = all.filter((each) => each.resolution === undefined).length
    return { extra: adjustmentId === undefined ? {} : { adjustmentId }, disputesRemain: open > 1 }
  })
}

async function adjust(
  tx: Transaction,
  { regionCode, institutionId }: Statement,
  disputedId: string,
  all: readonly disputes.Dispute[],
  correction: Fen,
  now: Date,
): Promise<string> {
  const disputed = await entryLines(tx, regionCode, disputedId)
  let earlier = 0n
  for (const { postingId, adjustmentId } of all) {
    if (postingId !== disputedId || adjustmentId === undefined) continue
    const own = (await entryLines(tx, regionCode, adjustmentId)).filter(({ account }) =>
      account.startsWith(`institution:${institutionId}:`),
    )
    earlier = own.reduce((sum, { amount }) => sum + amount, earlier)
  }
  const lines = adjustmentLines(institutionId, disputed, earlier, correction)
  if (typeof lines === 'string') throw new Problem(lines, { details: { correctedFen: earlier.toString() } })
  const postingId = uuid()
  await ledger.post(tx, { regionCode, postingId, kind: 'adjustment', day: dayOf(now), at: now, lines })
  return postingId
}
