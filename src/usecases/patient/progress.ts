import type { State } from '../../domain/lifecycle/transitions.ts'
import type { StateRow } from '../../storage/prescription/state.ts'

/**
 * How far the patient's medicine is. A vocabulary of its own: what the law calls a state is not what a person at home
 * needs to know, and what ran out by the clock is shown as ended before the sweep has marked it.
 */
export const PROGRESS = [
  'to-choose',
  'chosen',
  'accepted',
  'checked',
  'paying',
  'ready',
  'ready-full-price',
  'collected',
  'partly-collected',
  'returned',
  'refused',
  'cancelled',
  'expired',
] as const
export type Progress = (typeof PROGRESS)[number]

const OF_STATE: Readonly<Record<State, Progress>> = {
  open: 'to-choose',
  chosen: 'chosen',
  held: 'accepted',
  reviewed: 'checked',
  settling: 'paying',
  settled: 'ready',
  deferred: 'ready-full-price',
  dispensed: 'collected',
  returned: 'returned',
  refused: 'refused',
  cancelled: 'cancelled',
  expired: 'expired',
}

/**
 * The progress at an instant.
 *
 * @param hasDispensed true when part of the medicine has been handed over before
 * @see MZ-6.3
 */
export function progressOf(row: StateRow, now: Date, hasDispensed: boolean): Progress {
  const holdEnded =
    (row.state === 'held' || row.state === 'reviewed') && row.holdUntil !== undefined && now >= row.holdUntil
  if (holdEnded && row.cancelPendingAt !== undefined) return 'cancelled'
  const waiting = row.state === 'open' || row.state === 'chosen' || holdEnded
  if (waiting && now >= row.expiresAt) return 'expired'
  if (holdEnded) return 'chosen'
  if (row.state === 'open' && hasDispensed) return 'partly-collected'
  return OF_STATE[row.state]
}

/** True as long as the patient may choose, or choose another pharmacy. @see MZ-6.4 */
export function mayChoose(progress: Progress): boolean {
  return progress === 'to-choose' || progress === 'partly-collected' || progress === 'chosen'
}
