import { inTransaction } from '../storage/database.ts'
import * as states from '../storage/prescription/state.ts'
import type { Deps } from './deps.ts'
import { give, lapse, systemCaller } from './lifecycle.ts'

/** Prescriptions handled in one transaction. */
const BATCH = 100

/**
 * Ends holds that have run out. Nobody depends on it: every command ends an overdue hold itself.
 *
 * @returns how many ended
 */
export async function sweepHolds(deps: Pick<Deps, 'pool' | 'clock'>): Promise<number> {
  return await inTransaction(deps.pool, async (tx) => {
    const now = deps.clock()
    const due = await states.lockDue(tx, 'hold', now, BATCH)
    for (const row of due) await lapse(tx, row, now)
    return due.length
  })
}

/**
 * Marks prescriptions whose validity has ended. The rule compares with the stored end; the sweep only marks.
 *
 * @returns how many were marked
 * @see MZ-6.3
 */
export async function sweepExpired(deps: Pick<Deps, 'pool' | 'clock'>): Promise<number> {
  return await inTransaction(deps.pool, async (tx) => {
    const now = deps.clock()
    const due = await states.lockDue(tx, 'validity', now, BATCH)
    for (const row of due) {
      await give(tx, row, { command: 'expire', by: 'system', caller: systemCaller(row.regionCode), now })
    }
    return due.length
  })
}
