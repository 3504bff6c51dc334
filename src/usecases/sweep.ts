import { decideLapseSettlement } from '../domain/prescription/lapse-settlement.ts'
import { refundDays } from '../domain/rules/cited.ts'
import { inTransaction } from '../storage/database.ts'
import * as states from '../storage/prescription/state.ts'
import type { Deps } from './deps.ts'
import { letTimePass } from './lifecycle.ts'
import { policyInForce } from './policy-in-force.ts'
import { loadMoney } from './reverse-settlement.ts'
import { decideAndSave } from './run-command.ts'

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

/**
 * Takes back settlements that nobody collected in time, each in a transaction of its own: it locks a person's year.
 *
 * @returns how many were taken back
 */
export async function sweepUncollected(
  deps: Pick<Deps, 'pool' | 'clock' | 'policies' | 'mode'>,
): Promise<number> {
  for (let count = 0; count < BATCH; count += 1) {
    const isDone = await inTransaction(deps.pool, async (tx) => {
      const now = deps.clock()
      const [row] = await states.lockDue(tx, 'collection', now, 1)
      if (row === undefined) return true
      const loaded = {
        ...(await loadMoney(row)(tx)),
        refundDays: refundDays(policyInForce(deps, row.regionCode, now), deps.mode),
      }
      decideAndSave(tx, row, now, loaded, decideLapseSettlement)
      return false
    })
    if (isDone) return count
  }
  return BATCH
}

async function sweep(deps: Pick<Deps, 'pool' | 'clock'>, kind: 'hold' | 'validity'): Promise<number> {
  return await inTransaction(deps.pool, async (tx) => {
    const now = deps.clock()
    const due = await states.lockDue(tx, kind, now, BATCH)
    for (const row of due) letTimePass(tx, row, now)
    return due.length
  })
}
