import { systemCaller } from '../domain/caller.ts'
import { type ChangeBy, changeBy, type Order, remarkOn } from '../domain/prescription/change.ts'
import { passTime } from '../domain/prescription/pass-time.ts'
import { Problem } from '../domain/problems.ts'
import type { Transaction } from '../storage/database.ts'
import { saveDecision } from '../storage/prescription/save.ts'
import * as states from '../storage/prescription/state.ts'

export { systemCaller }

/**
 * Locks a prescription and lets time pass for it, so nobody acts on a hold or a validity that is over; when the
 * caller's command is then refused, this is rolled back with it and changes nothing.
 *
 * @throws Problem prescription-unknown
 */
export async function lockPrescription(
  tx: Transaction,
  regionCode: string,
  prescriptionNo: string,
  now: Date,
): Promise<states.StateRow> {
  const row = await states.lock(tx, regionCode, prescriptionNo)
  if (row === undefined) throw new Problem('prescription-unknown')
  return letTimePass(tx, row, now)
}

/** Records what time alone has done to a locked prescription. @returns the row as it is now */
export function letTimePass(tx: Transaction, row: states.StateRow, now: Date): states.StateRow {
  const { changes, supplies } = passTime(row, now)
  return saveDecision(tx, row, { changes, supplies }, now)
}

/**
 * Applies a command of the transition table to a locked prescription.
 *
 * @returns the row as it is now
 * @throws Problem the refusal of the table
 */
export async function give(tx: Transaction, row: states.StateRow, order: Order): Promise<states.StateRow> {
  return saveDecision(tx, row, { changes: [changeBy(row, order)] }, order.now)
}

/** Records something that changes no state: a pending cancel, a renewed hold. */
export async function note(
  tx: Transaction,
  row: states.StateRow,
  event: string,
  by: ChangeBy,
): Promise<states.StateRow> {
  return saveDecision(tx, row, { changes: [remarkOn(row, event, by)] }, by.now)
}
