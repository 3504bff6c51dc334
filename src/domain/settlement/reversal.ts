import type { Caller } from '../caller.ts'
import type { NewPosting } from '../ledger-entry.ts'
import type { SettlementChange } from '../prescription/decision.ts'
import { dayOf } from '../primitives/civil-day.ts'
import { Problem } from '../problems.ts'
import { reversalOf } from './postings.ts'
import type { SettlementRecord } from './settlement-record.ts'

/**
 * Reverses (冲正) whatever a settlement did: opposite entries today, balances of its own year, the file for manual
 * reimbursement, and what a payer outside paid.
 *
 * Later settlements of the year stay as they were told and paid. The next one finds the balances without this one: a
 * deductible that is given back here is charged there, a maximum that was used up is open again.
 * Before the hand-over only balances were taken: no institution's account moves.
 *
 * @throws Problem wrong-state: neither settled nor deferred, or its file for manual reimbursement is examined,
 *   approved or paid
 */
export function reversalFor(
  settlement: SettlementRecord,
  by: {
    readonly caller: Caller
    readonly regionCode: string
    readonly now: Date
    readonly newId: () => string
    /** Told to the payer: `reversed` when left out. */
    readonly reason?: 'reversed' | 'lapsed'
  },
): { readonly settlements: readonly SettlementChange[]; readonly postings: readonly NewPosting[] } {
  const { settlementId, status, manualFile, posted } = settlement
  const { caller, regionCode, now } = by
  if (status !== 'settled' && status !== 'deferred') {
    throw new Problem('wrong-state', { details: { settlement: status } })
  }
  const settlements: SettlementChange[] = [{ kind: 'reversed', settlementId }]
  if (status === 'deferred') {
    if (manualFile?.status !== 'open' && manualFile?.status !== 'declined') {
      throw new Problem('wrong-state', { details: { manualReimbursement: 'submitted' } })
    }
    settlements.push({ kind: 'file-withdrawn', settlementId, by: caller })
  }
  if (settlement.isAskedOfPayer) {
    settlements.push({ kind: 'cancelled-at-payer', settlementId, reason: by.reason ?? 'reversed' })
  }
  if (posted === undefined) return { settlements, postings: [] }
  const { movements } = posted
  const entry: NewPosting = {
    regionCode,
    postingId: by.newId(),
    kind: posted.lines.length === 0 ? 'release' : 'reversal',
    settlementId,
    reversesId: posted.postingId,
    day: dayOf(now),
    at: now,
    lines: reversalOf(posted.lines),
    ...(movements === undefined
      ? {}
      : {
          movements: {
            ...movements,
            measures: new Map([...movements.measures].map(([measure, amount]) => [measure, -amount])),
          },
        }),
  }
  return { settlements, postings: [entry] }
}
