import type { Place } from './steps.ts'

/** Units in every pack that is split here. */
export const PACK = 28

/** A line that left a pharmacy, in whole units. */
export interface SuppliedLine {
  readonly lineNo: number
  readonly quantity: number
  returned: number
}

/** What was settled, and once it left the pharmacy: who has what of it. */
export interface Supply {
  readonly dispenseId: string
  readonly place: Place
  settlementId: string
  isDeferred: boolean
  /** Its packs were named with the request. */
  readonly isPromised: boolean
  /** What the patient paid at the till for what is not back, in fen. */
  paidFen: number
  readonly lines: SuppliedLine[]
}

/** A prescription as everybody should see it. */
export interface Prescription {
  readonly no: string
  readonly link: string
  readonly ending: string
  readonly prescribed: readonly number[]
  readonly expiresAt: Date
  state: string
  place?: Place | undefined
  dispenseId?: string | undefined
  holdUntil?: Date | undefined
  requestedAt?: Date | undefined
  isCancelPending: boolean
  isCancelled: boolean
  /** Settled or being settled, and not handed over. */
  underWay?: Supply | undefined
  /** Handed over, oldest first. */
  readonly supplies: Supply[]
}

/** Units of a pack that somebody has or is promised; without `units` the whole pack. */
export interface Part {
  readonly code: string
  readonly dispenseId: string
  readonly lineNo: number
  readonly units?: number
  isSold: boolean
  /** Came back, and may never be sold again. */
  isBarred: boolean
}

/** What happens to a prescription when nobody does anything: holds end, and what nobody holds expires. */
export function timePasses(prescription: Prescription, now: Date): void {
  if ((prescription.state === 'held' || prescription.state === 'reviewed') && now >= prescription.holdUntil!)
    setFree(prescription, now)
  if ((prescription.state === 'open' || prescription.state === 'chosen') && now >= prescription.expiresAt)
    prescription.state = 'expired'
}

/** Nobody has it any more: the pharmacy's time is over, or it gave it back. */
export function setFree(prescription: Prescription, now: Date): void {
  prescription.dispenseId = undefined
  prescription.holdUntil = undefined
  prescription.requestedAt = undefined
  prescription.underWay = undefined
  if (prescription.isCancelPending) endByCancel(prescription)
  else prescription.state = now < prescription.expiresAt ? 'chosen' : 'expired'
}

/** What was not handed over is cancelled for good. */
export function endByCancel(prescription: Prescription): void {
  prescription.state = 'cancelled'
  prescription.isCancelled = true
}

/** Units handed over of a line, whether or not they came back. */
export function dispensed(prescription: Prescription, lineNo: number): number {
  return sum(prescription.supplies, (supply) => lineOf(supply, lineNo)?.quantity)
}

/** Units of a line that came back. */
export function returned(prescription: Prescription, lineNo: number): number {
  return sum(prescription.supplies, (supply) => lineOf(supply, lineNo)?.returned)
}

/** Units of a line that nobody has handed over or cancelled. */
export function remaining(prescription: Prescription, lineNo: number): number {
  return prescription.isCancelled ? 0 : prescription.prescribed[lineNo - 1]! - dispensed(prescription, lineNo)
}

/** Whether the patient has something of a supply. */
export function isWithPatient({ lines }: Supply): boolean {
  return lines.some(({ quantity, returned }) => returned < quantity)
}

/** Whether a new prescription may take its place. */
export function isOver({ state }: Prescription): boolean {
  return ['dispensed', 'returned', 'refused', 'cancelled', 'expired'].includes(state)
}

/** Whether a pack holds what is wanted of it, and nobody else has it: all of it without `units`. */
export function packHolds(parts: readonly Part[], code: string, units?: number): boolean {
  const live = parts.filter((part) => part.code === code)
  if (units === undefined) return live.length === 0
  return live.every((part) => part.units !== undefined) && sum(live, (part) => part.units) + units <= PACK
}

function lineOf({ lines }: Supply, lineNo: number): SuppliedLine | undefined {
  return lines.find((line) => line.lineNo === lineNo)
}

export function sum<T>(of: readonly T[], value: (one: T) => number | undefined): number {
  return of.reduce((total, one) => total + (value(one) ?? 0), 0)
}
