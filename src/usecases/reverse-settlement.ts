import { v7 as uuid } from 'uuid'
import { dayOf } from '../domain/primitives/civil-day.ts'
import { Problem } from '../domain/problems.ts'
import { holdMinutes } from '../domain/rules/cited.ts'
import { reversalOf } from '../domain/settlement/postings.ts'
import type { Transaction } from '../storage/database.ts'
import * as dispenses from '../storage/dispense.ts'
import * as ledger from '../storage/ledger.ts'
import * as settlements from '../storage/settlement.ts'
import type { Caller, Deps } from './deps.ts'
import { give, lockPrescription } from './lifecycle.ts'
import { leavePayerCancel } from './payer/cancel-at-payer.ts'
import { type Answer, type WriteRequest, write } from './write.ts'

export interface Reversed {
  readonly prescriptionNo: string
  readonly settlementId: string
  readonly state: 'reviewed' | 'returned'
}

/**
 * Reverses a settlement before the hand-over: opposite entries, and the pharmacy holds the prescription as reviewed.
 *
 * @throws Problem wrong-state, hold-lost
 */
export async function reverseSettlement(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  prescriptionNo: string,
  reasonCode: string,
): Promise<Answer<Reversed>> {
  return await write<Reversed>(deps, request, async (tx, now) => {
    const before = await lockPrescription(tx, caller.regionCode, prescriptionNo, now)
    const version = deps.policies.inForce(before.regionCode, dayOf(now))
    if (version === undefined)
      throw new Problem('policy-missing', { details: { regionCode: before.regionCode } })
    const row = await give(tx, before, {
      command: 'reverse',
      by: caller.kind === 'agency' ? 'agency' : 'pharmacy',
      caller,
      now,
      patch: {
        settlementRequestedAt: undefined,
        holdUntil: new Date(now.getTime() + holdMinutes(version, deps.mode) * 60_000),
      },
      data: { reason: reasonCode },
    })
    const settlementId = await takeBack(tx, row.regionCode, before.dispenseId!, caller, now)
    return { status: 200, body: { prescriptionNo, settlementId, state: 'reviewed' } }
  })
}

/**
 * Takes goods back (退药) after the hand-over: the settlement is reversed and the packs may be sold again.
 *
 * @throws Problem wrong-state; also while a file for reimbursement by hand is examined, approved or paid
 */
export async function returnGoods(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  prescriptionNo: string,
  reasonCode: string,
): Promise<Answer<Reversed>> {
  return await write<Reversed>(deps, request, async (tx, now) => {
    const before = await lockPrescription(tx, caller.regionCode, prescriptionNo, now)
    const row = await give(tx, before, {
      command: 'return',
      by: caller.kind === 'agency' ? 'agency' : 'pharmacy',
      caller,
      now,
      data: { reason: reasonCode },
    })
    await dispenses.giveBack(tx, row.regionCode, before.dispenseId!, now)
    const settlementId = await takeBack(tx, row.regionCode, before.dispenseId!, caller, now)
    return { status: 200, body: { prescriptionNo, settlementId, state: 'returned' } }
  })
}

/**
 * Reverses whatever the settlement did: opposite postings today, balances of its own year, the manual file.
 *
 * Later settlements of the year stay as they were told and paid. The next one finds the balances without this one: a
 * deductible that is given back here is charged there, a maximum that was used up is open again.
 */
async function takeBack(
  tx: Transaction,
  regionCode: string,
  dispenseId: string,
  caller: Caller,
  now: Date,
): Promise<string> {
  const settlement = await settlements.findOfDispense(tx, regionCode, dispenseId)
  if (settlement === undefined) throw new Error(`dispense ${dispenseId} has no settlement`)
  const { settlementId } = settlement
  if (
    settlement.status === 'deferred' &&
    !(await settlements.withdrawManualFile(tx, regionCode, settlementId, now, caller))
  ) {
    throw new Problem('wrong-state', { details: { manualReimbursement: 'submitted' } })
  }
  const posting = await ledger.findSettlementPosting(tx, regionCode, settlementId)
  if (posting !== undefined) {
    const { movements } = posting
    if (movements !== undefined) await ledger.lockYear(tx, regionCode, movements.personId, movements.year)
    await ledger.post(tx, {
      regionCode,
      postingId: uuid(),
      kind: 'reversal',
      settlementId,
      reversesId: posting.postingId,
      day: dayOf(now),
      at: now,
      lines: reversalOf(posting.lines),
      ...(movements === undefined
        ? {}
        : {
            movements: {
              ...movements,
              measures: new Map([...movements.measures].map(([measure, amount]) => [measure, -amount])),
            },
          }),
    })
  }
  if (!(await settlements.reverse(tx, regionCode, settlementId, now))) {
    throw new Problem('wrong-state', { details: { settlement: settlement.status } })
  }
  await leavePayerCancel(tx, regionCode, settlementId, 'reversed', now)
  return settlementId
}
