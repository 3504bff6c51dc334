import { inTransaction } from '../storage/database.ts'
import * as states from '../storage/prescription/state.ts'
import type { Deps } from './deps.ts'
import { letTimePass } from './lifecycle.ts'

/** Prescriptions handled in one transaction. */
const BATCH = 100

/**
 * Ends holds that have run out. Nobody depends on it: every command lets time pass first.
 *
 * @returns how many ended
 */
export async function sweepHolds(deps: Pick<Deps, 'pool' | 'clock'>): Promise<number> {
  return await sweep(deps, 'hold')
}

/**
 * Marks prescriptions whose validity has ended. Reading and writing compare with the stored end; the sweep only marks.
 *
 * @returns how many were marked
 * @see MZ-6.3
 */
export async function sweepExpired(deps: Pick<Deps, 'pool' | 'clock'>): Promise<number> {
  return await sweep(deps, 'validity')
}

async function sweep(deps: Pick<Deps, 'pool' | 'clock'>, kind: 'hold' | 'validity'): Promise<number> {
  return await inTransaction(deps.pool, async (tx) => {
    const now = deps.clock()
    const due = await states.lockDue(tx, kind, now, BATCH)
    for (const row of due) letTimePass(tx, row, now)
    return due.length
  })
}
